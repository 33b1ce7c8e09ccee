import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Covers } from '../value/value.entity.ts';

/** Under which name a data element of a district's year is known in DHIS2. */
@Entity('dhis2_element')
@Unique('one_element_for_each_of_dhis2', ['districtCode', 'year', 'dataElement', 'categoryOptionCombo'])
@Check('dhis2_element_year_check', 'year BETWEEN 2000 AND 2100')
@Check('dhis2_element_covers_check', `covers IN ('month', 'year_to_date')`)
export class Dhis2Element {
  @PrimaryColumn({ name: 'district_code', type: 'text' }) districtCode: string;
  @PrimaryColumn({ type: 'integer' }) year: number;
  @PrimaryColumn({ type: 'text' }) element: string;
  /** As files name it: a UID or a code, whichever scheme the district chose. */
  @Column({ name: 'data_element', type: 'text' }) dataElement: string;
  /** Empty: whichever stands beside it, and none when it goes out. */
  @Column({ name: 'category_option_combo', type: 'text' }) categoryOptionCombo: string;
  /** Whether DHIS2 keeps the month's own count or the running total. */
  @Column({ type: 'text' }) covers: Covers;
}
