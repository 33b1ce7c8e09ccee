import { useTexts } from '../texts/texts.ts';
import { useChartWidth } from './chart.tsx';

/** One axis: percent, at most 100; null: not known. */
export interface Spoke {
  readonly name: string;
  readonly score: string | null;
}

const RINGS = [20, 40, 60, 80, 100];

/**
 * The spider web of scores: an axis each, from 0 in the middle to 100. Between two that are known a line is drawn; one that
 * is not known leaves a gap, and its name says so. Its figures stand in a table beside it.
 */
export function Radar({ spokes, label }: { spokes: readonly Spoke[]; label: string }) {
  const { t, decimal } = useTexts();
  const narrow = useChartWidth() < 600;
  const [width, height, radius] = narrow ? [380, 300, 105] : [680, 440, 165];
  const [cx, cy] = [width / 2, height / 2];
  const angle = (i: number) => (2 * Math.PI * i) / spokes.length - Math.PI / 2;
  const at = (i: number, percent: number): [number, number] => {
    const turned = angle(i % spokes.length);
    return [
      cx + (radius * percent * Math.cos(turned)) / 100,
      cy + (radius * percent * Math.sin(turned)) / 100,
    ];
  };
  const point = (i: number, percent: number) =>
    at(i, percent)
      .map((each) => each.toFixed(1))
      .join(',');
  const known = spokes.map(({ score }) => (score === null ? null : Math.min(Number(score), 100)));
  const whole = known.every((score) => score !== null);
  return (
    <svg
      className="chart radar"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      data-testid="radar"
    >
      {RINGS.map((ring) => (
        <polygon
          key={ring}
          className="grid"
          fill="none"
          points={spokes.map((_, i) => point(i, ring)).join(' ')}
        />
      ))}
      {spokes.map(({ name }, i) => (
        <line key={name} className="grid" x1={cx} y1={cy} x2={at(i, 100)[0]} y2={at(i, 100)[1]} />
      ))}
      {whole && <polygon className="area" points={known.map((score, i) => point(i, score)).join(' ')} />}
      {known.map((score, i) => {
        const next = known[(i + 1) % known.length];
        if (score === null || next === null || next === undefined) return null;
        const [[x1, y1], [x2, y2]] = [at(i, score), at(i + 1, next)];
        return <line key={i} className="line" x1={x1} y1={y1} x2={x2} y2={y2} />;
      })}
      {RINGS.map((ring) => (
        <text key={ring} x={cx + 4} y={at(0, ring)[1] + 4} className="ring">
          {ring}
        </text>
      ))}
      {spokes.map(({ name, score }, i) => {
        const [x, y] = at(i, 100 + (narrow ? 10 : 7));
        const turned = Math.cos(angle(i));
        return (
          <g key={name}>
            {known[i] !== null && (
              <circle className="dot" cx={at(i, known[i]!)[0]} cy={at(i, known[i]!)[1]} r={narrow ? 3 : 4} />
            )}
            <text
              className="strong"
              x={x}
              y={y + (Math.sin(angle(i)) > 0.5 ? 10 : 0)}
              textAnchor={Math.abs(turned) < 0.1 ? 'middle' : turned > 0 ? 'start' : 'end'}
            >
              {name}
              {!narrow && (
                <tspan className="figure" dx="4">
                  {score === null ? t('score.unknown') : decimal(score)}
                </tspan>
              )}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
