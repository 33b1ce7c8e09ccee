import type { KeepFileLayout, AskInput } from '@lokmin/contracts';
import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** What stands where in a workbook: everything that is kept of it beside its name and year. */
export type LayoutContent = Omit<
  AskInput<typeof KeepFileLayout>,
  'commandId' | 'districtCode' | 'year' | 'name' | 'expectedRevision'
>;

/** What stands where in a workbook of the district's own. */
@Entity('file_layout')
@Unique('one_layout_of_a_name', ['districtCode', 'year', 'name'])
@Check('file_layout_revision_check', 'revision > 0')
export class FileLayout {
  @PrimaryColumn({ name: 'layout_id', type: 'uuid' }) layoutId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @Column({ type: 'integer' }) year: number;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'jsonb' }) content: LayoutContent;
  @Column({ name: 'kept_by', type: 'uuid' }) keptBy: string;
  @Column({ name: 'kept_at', type: 'timestamptz' }) keptAt: Date;
}
