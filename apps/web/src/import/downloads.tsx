import { Button, Group, TextInput } from '@mantine/core';
import { yearOf } from '@lokmin/calendar';
import { useState } from 'react';
import { fetchFile, saveFile } from '../api/file.ts';
import type { Failure } from '../api/failure.ts';
import { FailureNotice } from '../page/notices.tsx';
import { usePeriod } from '../page/period.ts';
import { PeriodChoice } from '../page/period-choice.tsx';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';

/** A workbook to fill in, and what is stored, for one puskesmas. */
export function Downloads() {
  const { t } = useTexts();
  const own = [...new Set(useViewer().posts.flatMap(({ puskesmas }) => (puskesmas ? [puskesmas.code] : [])))];
  const [unit, setUnit] = useState(own[0] ?? '');
  const { period, choose } = usePeriod();
  const [fetching, setFetching] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const year = yearOf(period);
  const months = `${year}-01-${year}-12`;
  const files = [
    {
      key: 'template',
      path: `values/template?unit=${unit}&period=${period}`,
      name: `isian-${unit}-${period}.xlsx`,
    },
    ...(['xlsx', 'csv'] as const).map((format) => ({
      key: format,
      path: `values?unit=${unit}&from=${year}-01&to=${year}-12&format=${format}`,
      name: `nilai-${unit}-${months}.${format}`,
    })),
  ] as const;

  async function save({ key, path, name }: (typeof files)[number]) {
    setFetching(key);
    setFailure(null);
    const file = await fetchFile(`/files/${path}`);
    setFetching(null);
    if ('failure' in file) return setFailure(file.failure);
    saveFile(file, name);
  }
  return (
    <section className="card" aria-labelledby="downloads">
      <h2 id="downloads">{t('import.downloads')}</h2>
      <p className="small">{t('import.downloads.intro')}</p>
      <div className="table-tools">
        {own.length !== 1 && (
          <TextInput
            label={t('import.unit')}
            placeholder="1012406"
            inputMode="numeric"
            maxLength={7}
            value={unit}
            onChange={({ currentTarget: { value } }) => setUnit(value.replace(/\D/g, ''))}
          />
        )}
        <PeriodChoice period={period} onChange={choose} />
      </div>
      <Group>
        {files.map((file) => (
          <Button
            key={file.key}
            variant="default"
            loading={fetching === file.key}
            disabled={!/^\d{7}$/.test(unit)}
            onClick={() => void save(file)}
          >
            {t(`import.download.${file.key}`, { year })}
          </Button>
        ))}
      </Group>
      <FailureNotice failure={failure} />
    </section>
  );
}
