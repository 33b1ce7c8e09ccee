import { formatDecimal } from '@lokmin/calendar';
import type { Finding } from './quality.ts';

/**
 * A finding in words: what, how much, and what it may mean. It is said of figures; nobody is accused by it.
 * @param names of indicators by code, and of units by id
 */
export function findingText(
  { rule, indicatorCodes, otherUnitIds, figures }: Finding,
  names: { indicator: (code: string) => string; unit: (unitId: string) => string },
): { id: string; en: string } {
  const in_ = (language: 'id' | 'en') => {
    const of = (name: string) => formatDecimal(figures[name] ?? '', language);
    const indicator = (i: number) => names.indicator(indicatorCodes[i]!);
    const all = indicatorCodes
      .map((code) => names.indicator(code))
      .join(language === 'id' ? ' dan ' : ' and ');
    const others = otherUnitIds.map((unitId) => names.unit(unitId)).join(', ');
    return { of, indicator, all, others };
  };
  const [id, en] = [in_('id'), in_('en')];
  switch (rule) {
    case 'numerator_above_denominator':
      return {
        id: `${id.indicator(0)}: pembilang ${id.of('numerator')} melebihi penyebut ${id.of('denominator')} (${id.of('percent')}%). Periksa sasarannya, atau apakah ada warga luar wilayah yang terhitung.`,
        en: `${en.indicator(0)}: the numerator ${en.of('numerator')} is above the denominator ${en.of('denominator')} (${en.of('percent')}%). Check the target group, or whether people from elsewhere were counted.`,
      };
    case 'later_above_earlier':
      return {
        id: `${id.indicator(1)} (${id.of('later')}) lebih tinggi daripada ${id.indicator(0)} (${id.of('earlier')}), padahal layanan itu mendahuluinya. Mungkin benar bila sebagian tercatat pada tahun lalu.`,
        en: `${en.indicator(1)} (${en.of('later')}) is above ${en.indicator(0)} (${en.of('earlier')}), which comes before it. It can be right where some were counted last year.`,
      };
    case 'published_unexplained':
      return {
        id: `${id.indicator(0)}: angka terbitan ${id.of('published')} tidak sesuai dengan hitungannya sendiri, ${id.of('numerator')} / ${id.of('denominator')} = ${id.of('recomputed')}.`,
        en: `${en.indicator(0)}: the published ${en.of('published')} does not follow from its own counts, ${en.of('numerator')} / ${en.of('denominator')} = ${en.of('recomputed')}.`,
      };
    case 'published_column_copied':
      return {
        id: `${id.indicator(0)}: angka terbitan di semua ${id.of('units')} puskesmas bertentangan dengan pembilang dan penyebutnya. Kolom persennya tampaknya disalin dari kolom lain.`,
        en: `${en.indicator(0)}: what is published contradicts the counts in all ${en.of('units')} puskesmas. The column of percentages seems to be copied from another one.`,
      };
    case 'same_everywhere':
      return {
        id: `${id.all} sama persis di ${id.of('units')} puskesmas. Satu tampaknya disalin dari yang lain.`,
        en: `${en.all} are the same in ${en.of('units')} puskesmas. One seems to be copied from the other.`,
      };
    case 'same_target_group':
      return {
        id: `${id.indicator(0)}: sasarannya ${id.of('denominator')}, sama dengan ${id.others}.`,
        en: `${en.indicator(0)}: its target group is ${en.of('denominator')}, the same as in ${en.others}.`,
      };
    case 'target_group_jump':
      return {
        id: `${id.indicator(0)}: sasaran berubah dari ${id.of('before')} menjadi ${id.of('denominator')} (${id.of('percent')}%) dalam setahun.`,
        en: `${en.indicator(0)}: the target group went from ${en.of('before')} to ${en.of('denominator')} (${en.of('percent')}%) within a year.`,
      };
    case 'target_groups_exchanged':
      return {
        id: `${id.all} bertukar sasaran dibanding tahun lalu di ${id.of('units')} puskesmas.`,
        en: `${en.all} exchanged their target groups since last year in ${en.of('units')} puskesmas.`,
      };
    case 'same_as_last_year':
      return {
        id: `${id.indicator(0)}: angkanya sama persis dengan tahun lalu di ${id.of('units')} puskesmas. Mungkin templat lama belum dikosongkan.`,
        en: `${en.indicator(0)}: its counts are those of last year in ${en.of('units')} puskesmas. An old template may not have been emptied.`,
      };
    case 'same_as_last_month':
      return {
        id: `${id.indicator(0)}: angkanya sama persis dengan bulan lalu.`,
        en: `${en.indicator(0)}: its counts are those of last month.`,
      };
    case 'outlier':
      return {
        id: `${id.indicator(0)}: ${id.of('value')} (${figures['element']}) jauh dari biasanya; median ${id.of('months')} bulan sebelumnya ${id.of('median')}.`,
        en: `${en.indicator(0)}: ${en.of('value')} (${figures['element']}) is far from what is usual; the median of the ${en.of('months')} months before is ${en.of('median')}.`,
      };
  }
}
