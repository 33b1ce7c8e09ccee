import { formatDecimal } from '@lokmin/calendar';
import type { Text, warning } from '@lokmin/contracts';
import type { PartName, Warning } from '@lokmin/evaluation';
import type { z } from 'zod';

const PARTS: Record<PartName, Text> = {
  numerator: { id: 'pembilang', en: 'numerator' },
  denominator: { id: 'penyebut', en: 'denominator' },
};

/** A warning in words. It never changes a figure. */
export function warningText(it: Warning): Text {
  switch (it.code) {
    case 'numerator_above_denominator':
      return {
        id: `Pembilang melebihi penyebut sebanyak ${formatDecimal(it.excess, 'id')}.`,
        en: `The numerator is ${formatDecimal(it.excess, 'en')} above the denominator.`,
      };
    case 'zero_denominator':
      return {
        id: 'Penyebut nol: persentase tidak dapat dihitung.',
        en: 'The denominator is zero: no percentage can be computed.',
      };
    case 'not_integer':
      return {
        id: `Nilai ${PARTS[it.part].id} ${formatDecimal(it.value, 'id')} bukan bilangan bulat.`,
        en: `The ${PARTS[it.part].en} ${formatDecimal(it.value, 'en')} is not a whole number.`,
      };
    case 'months_missing':
      return {
        id: `Bulan yang belum dilaporkan (${PARTS[it.part].id}): ${it.months.join(', ')}.`,
        en: `Months not reported (${PARTS[it.part].en}): ${it.months.join(', ')}.`,
      };
    case 'estimated':
      return {
        id: `Nilai ${PARTS[it.part].id} adalah perkiraan (${it.periods.join(', ')}).`,
        en: `The ${PARTS[it.part].en} is estimated (${it.periods.join(', ')}).`,
      };
    case 'year_to_date_differs_from_months':
      return {
        id: `Angka kumulatif ${formatDecimal(it.yearToDate, 'id')} berbeda ${formatDecimal(it.difference, 'id')} dari jumlah bulanan ${formatDecimal(it.sumOfMonths, 'id')} (${PARTS[it.part].id}, ${it.period}).`,
        en: `The year-to-date figure ${formatDecimal(it.yearToDate, 'en')} differs by ${formatDecimal(it.difference, 'en')} from the sum of the months ${formatDecimal(it.sumOfMonths, 'en')} (${PARTS[it.part].en}, ${it.period}).`,
      };
    case 'year_to_date_stands_in':
      return {
        id: 'Angka bulan ini tidak ada; dipakai angka kumulatif.',
        en: 'There is no figure of this month; the year-to-date figure stands in.',
      };
    case 'state_of_earlier_period':
      return { id: `Keadaan dari periode ${it.period}.`, en: `State of the earlier period ${it.period}.` };
    case 'denominator_only_by_month':
      return {
        id: 'Sasaran setahun belum diisi; angka bulanan tidak dapat menggantikannya.',
        en: 'The target group of the year is missing; monthly figures cannot stand for it.',
      };
    case 'no_round_yet':
      return {
        id: `Belum ada putaran layanan tahun ini (pertama bulan ${it.firstRound}).`,
        en: `No round of service has been due this year (the first is in month ${it.firstRound}).`,
      };
    case 'elements_missing':
      return {
        id: `Bagian ${PARTS[it.part].id} yang belum dilaporkan: ${it.elements.join(', ')}.`,
        en: `Elements of the ${PARTS[it.part].en} not reported: ${it.elements.join(', ')}.`,
      };
    case 'target_unusable':
      return {
        id: `Target ${formatDecimal(it.target, 'id')} tidak dapat dipakai.`,
        en: `The target ${formatDecimal(it.target, 'en')} cannot be used.`,
      };
  }
}

/** A published percentage that no denominator within half a unit of the printed one explains. */
export const publishedUnexplained = (published: string, coverage: string): Text => ({
  id: `Angka terbitan ${formatDecimal(published, 'id')} tidak sesuai dengan pembilang dan penyebutnya (dihitung ulang ${formatDecimal(coverage, 'id')}).`,
  en: `The published ${formatDecimal(published, 'en')} does not follow from its own counts (recomputed ${formatDecimal(coverage, 'en')}).`,
});

export type WarningView = z.infer<typeof warning>;
