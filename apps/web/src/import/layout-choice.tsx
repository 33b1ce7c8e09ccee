import { Group, NativeSelect } from '@mantine/core';
import { periodOf } from '@lokmin/calendar';
import { useAsked } from '../api/asked.ts';
import { FileLayoutsDocument, type FileLayoutsQuery } from '../api/operations.generated.ts';
import { PartNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';

type Layout = NonNullable<NonNullable<FileLayoutsQuery['district']>['fileLayouts']['layouts']>[number];

/** Which layout a file has, as its door takes it. */
export interface ChosenLayout {
  layout: string;
  district: string;
  year: string;
  /** Left out: every month that is in the file. */
  period?: string;
}

/** Whether a file has the columns that everybody knows, or is a workbook of the district's own. Nothing where it has none. */
export function LayoutChoice({
  district,
  chosen,
  onChange,
}: {
  district: string;
  chosen: ChosenLayout | null;
  onChange: (chosen: ChosenLayout | null) => void;
}) {
  const { t, instant, period } = useTexts();
  const part = useAsked(FileLayoutsDocument, { code: district }).data?.district?.fileLayouts;
  const layouts = part?.layouts ?? [];
  const keyOf = ({ year, name }: Layout) => `${year} ${name}`;
  const shown = layouts.find((it) => chosen && it.name === chosen.layout && String(it.year) === chosen.year);
  const months = shown
    ? Array.from({ length: 12 }, (_, i) => periodOf(shown.year, i + 1)).map((value) => ({
        value,
        label: period(value),
      }))
    : [];
  if (part && part.status !== 'OK') return <PartNotice part={part} name="part.indicators" />;
  if (layouts.length === 0) return null;
  return (
    <>
      <Group align="end">
        <NativeSelect
          label={t('import.layout')}
          value={shown ? keyOf(shown) : ''}
          data={[
            { value: '', label: t('import.layout.none') },
            ...layouts.map((it) => ({ value: keyOf(it), label: `${it.name} (${it.year})` })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const next = layouts.find((it) => keyOf(it) === value);
            onChange(next ? { layout: next.name, district, year: String(next.year) } : null);
          }}
        />
        {shown && chosen && (
          <NativeSelect
            label={t('import.layout.month')}
            value={chosen.period ?? ''}
            data={[{ value: '', label: t('import.layout.every-month') }, ...months]}
            onChange={({ currentTarget: { value } }) => {
              const { period: _, ...rest } = chosen;
              onChange(value === '' ? rest : { ...rest, period: value });
            }}
          />
        )}
      </Group>
      {shown && (
        <details>
          <summary>{t('import.layout.kept', { name: shown.keptByName, at: instant(shown.keptAt) })}</summary>
          <p className="small">
            {shown.sheet === null
              ? t('import.layout.by-month')
              : t('import.layout.sheet', { sheet: shown.sheet })}
          </p>
          <table className="table cards" role="table" data-testid="layout">
            <thead role="rowgroup">
              <tr role="row">
                {(['column', 'header', 'element', 'covers'] as const).map((column) => (
                  <th key={column} scope="col" role="columnheader">
                    {t(`import.layout.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {shown.columns.map(({ column, header, element, covers }) => (
                <tr key={column} role="row">
                  <th scope="row" role="rowheader">
                    {column}
                  </th>
                  <td role="cell" data-label={t('import.layout.header')}>
                    {header ?? ''}
                  </td>
                  <td role="cell" data-label={t('import.layout.element')}>
                    {element}
                  </td>
                  <td role="cell" data-label={t('import.layout.covers')}>
                    {t(`covers.${covers}`)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
