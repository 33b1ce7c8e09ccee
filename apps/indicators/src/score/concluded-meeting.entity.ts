import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A lokakarya mini that was held: what its unit's management variables count. */
@Entity()
@Index('concluded_meeting_by_unit', ['unitId', 'month'])
export class ConcludedMeeting {
  @PrimaryColumn({ name: 'meeting_id', type: 'uuid' }) meetingId: string;
  @Column({ type: 'integer' }) revision: number;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  /** The month that it belongs to, not the one that it looks at. */
  @Column({ type: 'character', length: 7 }) month: string;
}
