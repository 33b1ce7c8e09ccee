import type { DataElement, IndicatorDefinition, Rules } from '@lokmin/evaluation';
import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A district's published indicators of one year. Never changed: another year is another bundle. */
@Entity()
@Unique('one_bundle_per_district_and_year', ['districtCode', 'year'])
@Check('bundle_year_check', 'year BETWEEN 2000 AND 2100')
export class Bundle {
  @PrimaryColumn({ name: 'bundle_id', type: 'uuid' }) bundleId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @Column({ type: 'integer' }) year: number;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'jsonb' }) rules: Rules;
  @Column({ type: 'jsonb' }) indicators: IndicatorDefinition[];
  /** Empty: the indicators name their own elements, and none is a sum. */
  @Column({ type: 'jsonb', default: [] }) elements: DataElement[];
  @Column({ name: 'published_by', type: 'uuid' }) publishedBy: string;
  @Column({ name: 'published_at', type: 'timestamptz' }) publishedAt: Date;
}
