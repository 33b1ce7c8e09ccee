import { useChartWidth } from '../chart/chart.tsx';
import { axis } from '../chart/scale.ts';
import { unitOf } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';
import type { PwsVillage } from './pws-page.tsx';
import './pws.css';

type Status = NonNullable<PwsVillage['status']>;
type Direction = NonNullable<PwsVillage['arrow']>;

const STATUSES = ['BAIK', 'CUKUP', 'KURANG', 'JELEK'] as const satisfies Status[];

/** Each status has a hatching of its own beside its colour, so that it can be told apart in black and white. */
const HATCHED: Record<Status, string | null> = {
  BAIK: null,
  CUKUP: 'M0 4h8',
  KURANG: 'M-1 1l2-2M0 8l8-8M7 9l2-2',
  JELEK: 'M0 8l8-8M0 0l8 8',
};

const Hatching = ({ id }: { id: string }) =>
  STATUSES.map((status) => (
    <pattern key={status} id={`${id}-${status}`} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect className={`pws-${status}`} width="8" height="8" />
      {HATCHED[status] && <path className="pws-hatch" d={HATCHED[status]} />}
    </pattern>
  ));

const fillOf = (id: string, status: Status | null) => (status ? `url(#${id}-${status})` : 'none');

const ARROWS: Record<Direction, string> = {
  UP: 'M7 1l6 7H9v5H5V8H1z',
  LEVEL: 'M1 5h12v4H1z',
  DOWN: 'M7 13l6-7H9V1H5v5H1z',
};

/** Against the month before; its word stands beside it. */
export const Arrow = ({ arrow }: { arrow: Direction }) => (
  <svg className="shape pws-arrow" viewBox="0 0 14 14" aria-hidden="true">
    <path d={ARROWS[arrow]} />
  </svg>
);

/** Hatching, colour and word of a status. */
export function PwsMark({ status }: { status: Status }) {
  const { t } = useTexts();
  return (
    <span className="judgement">
      <svg className="shape" viewBox="0 0 16 16" aria-hidden="true">
        <defs>
          <Hatching id="pws-mark" />
        </defs>
        <rect className="pws-bar" x="1" y="1" width="14" height="14" fill={fillOf('pws-mark', status)} />
      </svg>{' '}
      {t(`pws.status.${status}`)}
    </span>
  );
}

/** What the hatchings mean, of those that are there. */
export function PwsKey({ villages }: { villages: readonly PwsVillage[] }) {
  const { t } = useTexts();
  return (
    <ul className="chart-legend small" data-testid="pws-key">
      {STATUSES.filter((status) => villages.some((village) => village.status === status)).map((status) => (
        <li key={status}>
          <PwsMark status={status} />: {t(`pws.meaning.${status}`)}
        </li>
      ))}
      {villages.some(({ status, coverage }) => status === null && coverage !== null) && (
        <li>{t('pws.meaning.none')}</li>
      )}
    </ul>
  );
}

const ROW = 30;
const TOP = 26;
const FOOT = 26;

/** A bar for each village, the highest on top, with the line of the running target and an arrow for the trend. */
export function PwsChart({
  villages,
  target,
  unit,
  period,
}: {
  villages: readonly PwsVillage[];
  target: string | null;
  unit: string;
  period: string;
}) {
  const texts = useTexts();
  const { t, decimal } = texts;
  const width = useChartWidth();
  const narrow = width < 600;
  const left = narrow ? 8 : 230;
  const right = width - (narrow ? 8 : 20);
  const row = narrow ? ROW + 18 : ROW;
  const figures = villages.map(({ coverage }) => Number(coverage));
  const marks = axis(target === null ? figures : [...figures, Number(target)]);
  const top = marks.at(-1)!;
  // Figures and arrows stand in a column of their own, clear of the target line.
  const end = right - (narrow ? 92 : 110);
  const x = (figure: number) => left + ((end - left) * Math.max(figure, 0)) / top;
  const height = TOP + row * villages.length + FOOT;
  return (
    <svg
      className="chart pws"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('pws.chart', { period: texts.period(period) })}
      data-testid="pws-chart"
    >
      <defs>
        <Hatching id="pws-chart" />
      </defs>
      {marks.map((mark, i) => (
        <g key={mark}>
          <line className="grid" x1={x(mark)} x2={x(mark)} y1={TOP} y2={height - FOOT} />
          {(!narrow || i % 2 === 0) && (
            <text x={x(mark)} y={height - FOOT + 16} textAnchor="middle">
              {decimal(String(mark))}
            </text>
          )}
        </g>
      ))}
      {villages.map(({ id, name, coverage, status, arrow }, i) => {
        const y = TOP + row * i + (narrow ? 19 : 5);
        return (
          <g key={id}>
            <text
              className="strong"
              x={narrow ? left : left - 8}
              y={narrow ? y - 5 : y + 14}
              textAnchor={narrow ? 'start' : 'end'}
            >
              {name}
            </text>
            <rect
              className="pws-bar"
              x={left}
              y={y}
              width={Math.max(x(Number(coverage)) - left, 1)}
              height="20"
              fill={fillOf('pws-chart', status)}
            />
            <text x={right - 24} y={y + 14} textAnchor="end">
              {decimal(coverage!)}
              {unitOf(texts, unit)}
            </text>
            {arrow && (
              <path className="pws-arrow" d={ARROWS[arrow]} transform={`translate(${right - 16} ${y + 3})`} />
            )}
          </g>
        );
      })}
      {target !== null && (
        <>
          <line
            className="pws-target"
            x1={x(Number(target))}
            x2={x(Number(target))}
            y1={TOP - 6}
            y2={height - FOOT}
          />
          <text
            className="strong"
            x={x(Number(target))}
            y={TOP - 11}
            textAnchor={x(Number(target)) > width * 0.6 ? 'end' : 'middle'}
          >
            {t('pws.target', { target: decimal(target) + unitOf(texts, unit) })}
          </text>
        </>
      )}
    </svg>
  );
}
