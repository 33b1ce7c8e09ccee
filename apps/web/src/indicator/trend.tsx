import { monthOf, parsePeriod } from '@lokmin/calendar';
import type { DefinitionFieldsFragment, TrendFieldsFragment } from '../api/operations.generated.ts';
import { ChartTable, Marks, useChartWidth } from '../chart/chart.tsx';
import { axis, segments } from '../chart/scale.ts';
import { JudgementMark, markOf } from '../page/judgement.tsx';
import { PartNotice } from '../page/notices.tsx';
import { Counts, Figure } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';

type Point = NonNullable<TrendFieldsFragment['points']>[number];

/** One indicator over 24 months: chart, what is striking about it, and the figures as a table. */
export function Trend({
  part,
  definition,
}: {
  part: TrendFieldsFragment;
  definition: DefinitionFieldsFragment;
}) {
  const texts = useTexts();
  const { t, count, decimal, period } = texts;
  const { points, median, runs, observed, smallBelow } = part;
  const figures = points?.filter(({ coverage }) => coverage !== null).length ?? 0;
  return (
    <section className="card" aria-labelledby="trend">
      <h2 id="trend">{t('trend.title')}</h2>
      <PartNotice part={part} name="part.detail" />
      {points && runs && observed && smallBelow && (
        <>
          <p className="small">
            {t('trend.months', { figures: count(figures), months: count(points.length) })}{' '}
            {t(observed === 'OF_MONTH' ? 'trend.observed.OF_MONTH' : 'trend.observed.COVERAGE')}
          </p>
          {figures > 0 && (
            <Chart points={points} definition={definition} median={median} runs={runs} observed={observed} />
          )}
          {runs.map((run) => (
            <p key={run.from} data-testid="trend-run">
              <b>
                {t(`trend.run.${run.side}`, {
                  points: count(run.points),
                  from: period(run.from),
                  to: period(run.to),
                })}
              </b>{' '}
              {t('trend.run.meaning')}
            </p>
          ))}
          {median !== null && runs.length === 0 && <p>{t('trend.run.none', { median: decimal(median) })}</p>}
          {median === null && figures > 0 && <p>{t('trend.median.none')}</p>}
          {points.some(({ small }) => small) && (
            <p className="small">{t('trend.small', { below: count(smallBelow) })}</p>
          )}
          <ChartTable>
            <Table points={points} definition={definition} observed={observed} />
          </ChartTable>
        </>
      )}
    </section>
  );
}

const HEIGHT = 300;
const TOP = 14;
const FOOT = 44;
const LEFT = 52;

function Chart({
  points,
  definition,
  median,
  runs,
  observed,
}: {
  points: Point[];
  definition: DefinitionFieldsFragment;
  median: string | null;
  runs: NonNullable<TrendFieldsFragment['runs']>;
  observed: NonNullable<TrendFieldsFragment['observed']>;
}) {
  const texts = useTexts();
  const { t } = texts;
  const width = useChartWidth();
  const cumulative = definition.accumulation === 'CUMULATIVE';
  const drawn = points.flatMap(({ coverage, runningTarget, annualTarget, ofMonth }) =>
    [coverage, runningTarget, annualTarget, ofMonth].filter((figure) => figure !== null).map(Number),
  );
  const marks = axis(drawn);
  const top = marks.at(-1)!;
  const step = (width - LEFT - 10) / points.length;
  const x = (i: number) => LEFT + step * (i + 0.5);
  const y = (figure: number) =>
    HEIGHT - FOOT - ((HEIGHT - FOOT - TOP) * Math.min(Math.max(figure, 0), top)) / top;
  const at = (period: string) => points.findIndex((point) => point.period === period);
  const line = (of: (point: Point) => string | null, breaks: (point: Point) => boolean) =>
    segments(points, (point) => of(point) !== null, breaks).map((run) =>
      run.map((i) => `${x(i).toFixed(1)},${y(Number(of(points[i]!))).toFixed(1)}`).join(' '),
    );
  const yearBegins = ({ period }: Point) => cumulative && period.endsWith('-01');
  const every = width < 600 ? 6 : 3;
  return (
    <>
      <svg
        className="chart"
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={t('trend.chart', {
          from: texts.period(points[0]!.period),
          to: texts.period(points.at(-1)!.period),
        })}
        data-testid="trend-chart"
      >
        {runs.map((run) => (
          <rect
            key={run.from}
            className="run"
            x={LEFT + step * at(run.from) + 2}
            width={step * (at(run.to) - at(run.from) + 1) - 4}
            y={TOP}
            height={HEIGHT - FOOT - TOP}
          />
        ))}
        <Marks marks={marks} from={LEFT} to={width - 10} y={y} />
        {points.map(({ period }, i) =>
          i === 0 || (monthOf(parsePeriod(period)) - 1) % every === 0 ? (
            <g key={period}>
              <text x={x(i)} y={HEIGHT - FOOT + 18} textAnchor="middle">
                {texts.period(period).slice(0, 3)}
              </text>
              {(monthOf(parsePeriod(period)) === 1 || i === 0) && (
                <text className="strong" x={x(i)} y={HEIGHT - FOOT + 34} textAnchor="middle">
                  {period.slice(0, 4)}
                </text>
              )}
            </g>
          ) : null,
        )}
        {cumulative &&
          points.map(({ period, ofMonth }, i) =>
            ofMonth === null ? null : (
              <rect
                key={period}
                className="month"
                x={x(i) - step * 0.3}
                width={step * 0.6}
                y={y(Number(ofMonth))}
                height={HEIGHT - FOOT - y(Number(ofMonth))}
              />
            ),
          )}
        {line(
          ({ runningTarget }) => runningTarget,
          (point) => yearBegins(point) || point.redefined,
        ).map((path) => (
          <polyline key={path} className="target" points={path} />
        ))}
        {median !== null && (
          <line className="median" x1={LEFT} x2={width - 10} y1={y(Number(median))} y2={y(Number(median))} />
        )}
        {line(
          ({ coverage }) => coverage,
          (point) => yearBegins(point) || point.redefined,
        ).map((path) => (
          <polyline key={path} className="line" points={path} />
        ))}
        {points.map(({ period, coverage, judgement, small, carried }, i) =>
          coverage === null ? null : (
            <path
              key={period}
              className={`mark judged-${judgement}${small ? ' small' : ''}${carried ? ' carried' : ''}`}
              d={markOf(judgement)}
              transform={`translate(${x(i) - 5.6} ${y(Number(coverage)) - 5.6}) scale(0.7)`}
            >
              <title>{`${texts.period(period)}: ${texts.decimal(coverage)}`}</title>
            </path>
          ),
        )}
      </svg>
      <ul className="chart-legend small" aria-hidden="true">
        <Key className="line" word={t(cumulative ? 'trend.legend.cumulative' : 'result.coverage')} />
        <Key className="target" word={t(cumulative ? 'trend.legend.expected' : 'result.target')} />
        {cumulative && <Key className="month" word={t('trend.of-month')} bar />}
        {median !== null && (
          <Key
            className="median"
            word={t(
              observed === 'OF_MONTH' ? 'trend.legend.median.OF_MONTH' : 'trend.legend.median.COVERAGE',
            )}
          />
        )}
        {points.some(({ redefined }) => redefined) && (
          <li>
            {t('trend.redefined', {
              periods: points
                .filter(({ redefined }) => redefined)
                .map(({ period }) => texts.period(period))
                .join(', '),
            })}
          </li>
        )}
      </ul>
    </>
  );
}

const Key = ({ className, word, bar = false }: { className: string; word: string; bar?: boolean }) => (
  <li>
    <svg className="chart" viewBox="0 0 32 16" style={{ display: 'inline', margin: 0 }}>
      {bar ? (
        <rect className={className} x="10" y="2" width="12" height="14" />
      ) : (
        <polyline className={className} points="0,8 32,8" />
      )}
    </svg>{' '}
    {word}
  </li>
);

function Table({
  points,
  definition,
  observed,
}: {
  points: Point[];
  definition: DefinitionFieldsFragment;
  observed: NonNullable<TrendFieldsFragment['observed']>;
}) {
  const texts = useTexts();
  const { t } = texts;
  const ofMonth = observed === 'OF_MONTH';
  return (
    <table className="table cards" role="table" data-testid="trend-table">
      <caption className="visually-hidden">{t('trend.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {t('indicator.value.period')}
          </th>
          <th scope="col" role="columnheader" className="number">
            {t('result.counts')}
          </th>
          <th scope="col" role="columnheader" className="number">
            {t('result.coverage')}
          </th>
          <th scope="col" role="columnheader" className="number">
            {t('result.target')}
          </th>
          {ofMonth && (
            <th scope="col" role="columnheader" className="number">
              {t('trend.of-month')}
            </th>
          )}
          <th scope="col" role="columnheader">
            {t('result.judgement')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {points.toReversed().map((point) => (
          <tr key={point.period} role="row">
            <th scope="row" role="rowheader">
              {texts.period(point.period)}
            </th>
            <td role="cell" className="number" data-label={t('result.counts')}>
              <Counts numerator={point.numerator} denominator={point.denominator} />
              {point.small && <small>{t('trend.small.mark')}</small>}
            </td>
            <td role="cell" className="number" data-label={t('result.coverage')}>
              <Figure
                value={point.coverage}
                unit={definition.unit}
                otherwise={t(point.state === 'VALUE' ? 'result.none' : `result.state.${point.state}`)}
              />
              {point.carried && <small>{t('trend.carried')}</small>}
            </td>
            <td role="cell" className="number" data-label={t('result.target')}>
              <Figure value={point.runningTarget} unit={definition.unit} />
            </td>
            {ofMonth && (
              <td role="cell" className="number" data-label={t('trend.of-month')}>
                <Figure value={point.ofMonth} unit={definition.unit} />
              </td>
            )}
            <td role="cell" data-label={t('result.judgement')}>
              <JudgementMark
                judgement={
                  point.coverage === null && point.judgement !== 'DISEMBUNYIKAN'
                    ? 'TANPA_DATA'
                    : point.judgement
                }
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
