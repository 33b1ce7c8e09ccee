import { formatDecimal } from '@lokmin/calendar';
import type { Text } from '@lokmin/contracts';
import type { Tx } from '@lokmin/messaging';
import type { KnownVillage } from '@lokmin/service';
import { CellProblem, type Cells } from '../value/import.rules.ts';
import { textOf, type Place } from '../value/files/row.ts';

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ');

/** What stands in the village column of the row of the puskesmas itself. */
const TOTAL = /^(sub ?total|total|jumlah)\b/;

/** Whether a row of this file may be that of a village. */
export const namesVillages = (cells: Cells): boolean => 'village_code' in cells || 'village' in cells;

/**
 * The village that a row is of, by its code or by its name in the puskesmas; null: the row is that of the puskesmas itself,
 * since it names none, or a total.
 * @throws CellProblem
 */
export function villageOf(cells: Cells, villages: readonly KnownVillage[]): KnownVillage | null {
  const [code, name] = [textOf(cells['village_code']), textOf(cells['village'])];
  const digits = code.replaceAll('.', '');
  if (code === '' && (name === '' || TOTAL.test(plain(name)))) return null;
  const village =
    code === ''
      ? villages.find((each) => plain(each.name) === plain(name))
      : villages.find((each) => each.code?.replaceAll('.', '') === digits);
  if (!village) {
    const known = villages.map((each) => (code === '' ? each.name : `${each.code ?? '-'} ${each.name}`));
    throw new CellProblem(code === '' ? 'village' : 'village_code', code === '' ? name : code, {
      id: `Bukan desa puskesmas ini. Desanya: ${known.join(', ') || 'belum didaftarkan'}.`,
      en: `Not a village of this puskesmas. Its villages: ${known.join(', ') || 'none are listed'}.`,
    });
  }
  if (code !== '' && name !== '' && plain(village.name) !== plain(name))
    throw new CellProblem('village', name, {
      id: `Kode ${code} adalah ${village.name}.`,
      en: `The code ${code} is that of ${village.name}.`,
    });
  return village;
}

/** Moves the rows of villages out of those of their puskesmas. */
export async function setVillagesApart(tx: Tx): Promise<void> {
  await tx.query(`
    CREATE TEMPORARY TABLE import_village (LIKE import_row) ON COMMIT DROP;
    WITH moved AS (DELETE FROM import_row WHERE village_id IS NOT NULL RETURNING *)
    INSERT INTO import_village SELECT * FROM moved;
    ANALYZE import_village`);
}

/**
 * Finds what differs from the values of villages at hand, and adds to the rows of the puskesmas the sums that follow from
 * it: where every village that has the service reported, and the puskesmas said nothing of its own or said the sum of
 * before. What the puskesmas said otherwise is kept, and a warning says how it differs; where villages are missing a
 * warning names them. Call it under the lock of the year books.
 * @param warn told at most `most` warnings of each kind
 * @source docs/decisions/0033
 */
export async function addSums(
  tx: Tx,
  warn: (place: Place, code: string, message: Text) => void,
  most: number,
): Promise<void> {
  await tx.query(`
    CREATE TEMPORARY TABLE import_village_change ON COMMIT DROP AS
    SELECT said.*, kept.state AS state_before, kept.value AS value_before
    FROM import_village AS said LEFT JOIN village_value AS kept USING (village_id, period, element, covers)
    WHERE kept.village_id IS NULL OR kept.state <> said.state OR kept.value IS DISTINCT FROM said.value;

    CREATE TEMPORARY TABLE import_sum ON COMMIT DROP AS
    WITH asked AS (
      SELECT unit_id, period, element, covers, min(ordinal) AS ordinal FROM import_village GROUP BY 1, 2, 3, 4
    ), village AS (
      SELECT unit_id, (it ->> 'villageId')::uuid AS village_id, it ->> 'name' AS name, place
      FROM known_unit, jsonb_array_elements(villages) WITH ORDINALITY AS listed (it, place)
      WHERE unit_id IN (SELECT unit_id FROM asked)
    ), said AS (
      SELECT asked.*, village.name, village.place, kept.state AS state_before, kept.value AS value_before,
        coalesce(said.state, kept.state) AS state, CASE WHEN said.state IS NULL THEN kept.value ELSE said.value END AS value
      FROM asked JOIN village USING (unit_id)
      LEFT JOIN import_village AS said USING (village_id, period, element, covers)
      LEFT JOIN village_value AS kept USING (village_id, period, element, covers)
    )
    SELECT unit_id, period, element, covers, min(ordinal) AS ordinal,
      sum(value) AS value, bool_or(state = 'estimated') AS estimated,
      array_agg(name ORDER BY place) FILTER (WHERE state IS NULL OR state = 'not_reported') AS missing,
      CASE WHEN bool_and(state_before IS NOT NULL AND state_before <> 'not_reported') THEN sum(value_before) END AS value_before
    FROM said GROUP BY unit_id, period, element, covers;

    INSERT INTO import_row (ordinal, sheet, row, unit_id, period, indicator, part, element, covers, state, value)
    SELECT total.ordinal, said.sheet, said.row, total.unit_id, total.period, said.indicator, said.part, total.element, total.covers,
      CASE WHEN total.estimated THEN 'estimated' ELSE 'reported' END, total.value
    FROM import_sum AS total
    JOIN import_village AS said USING (ordinal, unit_id, period, element, covers)
    LEFT JOIN value AS own USING (unit_id, period, element, covers)
    WHERE total.missing IS NULL AND total.value IS NOT NULL
      AND (own.unit_id IS NULL OR own.state = 'not_reported' OR own.value = total.value_before)
      AND (own.value IS DISTINCT FROM total.value OR (own.state = 'estimated') <> total.estimated)
      AND NOT EXISTS (SELECT FROM import_row AS file WHERE file.unit_id = total.unit_id AND file.period = total.period
        AND file.element = total.element AND file.covers = total.covers)`);
  const odd = await tx.query<
    Place & { indicator: string; missing: string[] | null; sum: string; state: string; own: string | null }
  >(
    `SELECT said.sheet, said.row, said.indicator, total.missing, trim_scale(total.value)::text AS sum,
       coalesce(file.state, own.state) AS state,
       trim_scale(CASE WHEN file.unit_id IS NULL THEN own.value ELSE file.value END)::text AS own
     FROM import_sum AS total
     JOIN import_village AS said USING (ordinal, unit_id, period, element, covers)
     LEFT JOIN import_row AS file USING (unit_id, period, element, covers)
     LEFT JOIN value AS own USING (unit_id, period, element, covers)
     WHERE total.missing IS NOT NULL OR total.value IS NOT NULL
       AND CASE WHEN file.unit_id IS NULL THEN own.value ELSE file.value END IS DISTINCT FROM total.value
     ORDER BY total.ordinal, said.part DESC LIMIT $1`,
    [most],
  );
  for (const { sheet, row, indicator, missing, sum, state, own } of odd)
    if (missing) warn({ sheet, row }, 'villages_missing', villagesMissing(indicator, missing));
    else warn({ sheet, row }, 'villages_differ', villagesDiffer(indicator, sum, own ?? state));
}

/** Writes what `addSums` found. */
export async function keepVillages(tx: Tx, by: string): Promise<void> {
  await tx.query(
    `INSERT INTO village_value AS kept (village_id, unit_id, period, element, covers, state, value, entered_by, entered_at)
     SELECT village_id, unit_id, period, element, covers, state, value, $1, $2 FROM import_village_change
     ON CONFLICT (village_id, period, element, covers) DO UPDATE
       SET unit_id = excluded.unit_id, state = excluded.state, value = excluded.value,
           entered_by = excluded.entered_by, entered_at = excluded.entered_at`,
    [by, tx.now],
  );
}

/** Villages that have not reported yet, by name: their sum is not known, and the puskesmas keeps what it said. */
const villagesMissing = (indicator: string, names: readonly string[]): Text => ({
  id: `${indicator}: belum ada data dari ${names.join(', ')}; jumlah desa belum dipakai sebagai angka puskesmas.`,
  en: `${indicator}: no data from ${names.join(', ')}; the sum of the villages is not used for the puskesmas yet.`,
});

/** @param own what the puskesmas says: a count, or the state that stands in its place */
function villagesDiffer(indicator: string, sum: string, own: string): Text {
  const says: Text = /^\d/.test(own)
    ? { id: formatDecimal(own, 'id'), en: formatDecimal(own, 'en') }
    : own === 'not_applicable'
      ? { id: 'tidak berlaku', en: 'not applicable' }
      : { id: 'belum dilaporkan', en: 'not reported' };
  return {
    id: `${indicator}: jumlah desa ${formatDecimal(sum, 'id')}, angka puskesmas ${says.id}. Keduanya disimpan.`,
    en: `${indicator}: the villages add up to ${formatDecimal(sum, 'en')}, the puskesmas says ${says.en}. Both are kept.`,
  };
}
