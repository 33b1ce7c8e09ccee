import { useState } from 'react';
import { saveFile } from '../api/file.ts';
import { Hindrance } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { writeCsv, writeXlsx, type Table } from './table.ts';

/**
 * Saves what the page shows, as CSV and as a workbook.
 * @param table makes it when it is asked for; null: it could not be read
 */
export function SaveButtons({ table }: { table: () => Table | Promise<Table | null> }) {
  const { t } = useTexts();
  const [failed, setFailed] = useState(false);
  const [saving, setSaving] = useState(false);
  async function save(as: 'csv' | 'xlsx') {
    setFailed(false);
    setSaving(true);
    try {
      const made = await table();
      if (made === null) return setFailed(true);
      const content =
        as === 'csv'
          ? new Blob([writeCsv(made)], { type: 'text/csv;charset=utf-8' })
          : await writeXlsx(made, t('export.definitions'));
      saveFile(content, `${made.name}.${as}`);
    } catch {
      setFailed(true);
    } finally {
      setSaving(false);
    }
  }
  return (
    <>
      {(['csv', 'xlsx'] as const).map((as) => (
        <button
          key={as}
          type="button"
          className="plain-button no-print"
          disabled={saving}
          onClick={() => void save(as)}
        >
          {t(`export.${as}`)}
        </button>
      ))}
      {failed && <Hindrance>{t('export.failed')}</Hindrance>}
    </>
  );
}
