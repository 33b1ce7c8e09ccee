import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';
import './chart.css';

/** How wide a drawing is, in its own units: on a phone fewer, so that its words stay legible. */
export const useChartWidth = (): number => (useMediaQuery('(max-width: 48rem)') ? 380 : 900);

/** The figures of a chart as a table: always there for a screen reader and on paper, on the screen when it is asked for. */
export function ChartTable({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p className="no-print">
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'chart.table.hide' : 'chart.table.show')}
        </Button>
      </p>
      <div className={open ? 'chart-table' : 'chart-table folded'}>{children}</div>
    </>
  );
}

/** The horizontal lines of an axis with their figures, the first at the bottom. */
export function Marks({
  marks,
  from,
  to,
  y,
}: {
  marks: readonly number[];
  from: number;
  to: number;
  y: (figure: number) => number;
}) {
  const { decimal } = useTexts();
  return marks.map((mark) => (
    <g key={mark}>
      <line className="grid" x1={from} x2={to} y1={y(mark)} y2={y(mark)} />
      <text x={from - 6} y={y(mark) + 4} textAnchor="end">
        {decimal(String(mark))}
      </text>
    </g>
  ));
}
