import type { judged, resultView, tally } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Bundle } from '../bundle/bundle.entity.ts';
import type { z } from 'zod';

export type Tally = z.infer<typeof tally>;
export type JudgedIndicator = z.infer<typeof judged>;
export type ResultView = z.infer<typeof resultView>;

/** All results of one unit and period, recomputed whole from its values by the write that changed them. */
@Entity()
@Check('rollup_revision_check', 'revision > 0')
export class Rollup {
  @PrimaryColumn({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @PrimaryColumn({ type: 'character', length: 7 }) period: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @ForeignKey(() => Bundle, { name: 'rollup_bundle_id_fkey' })
  @Column({ name: 'bundle_id', type: 'uuid' })
  bundleId: string;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'jsonb' }) tally: Tally;
  @Column({ type: 'integer' }) warnings: number;
  /** The lowest performances among those judged kurang, worst first, at most three. */
  @Column({ type: 'jsonb' }) worst: JudgedIndicator[];
  /** By indicator code. */
  @Column({ type: 'jsonb' }) results: Record<string, ResultView>;
  @Column({ name: 'computed_at', type: 'timestamptz' }) computedAt: Date;
}
