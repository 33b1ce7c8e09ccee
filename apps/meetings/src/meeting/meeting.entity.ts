import type { AGENDA_DECISIONS, AGENDA_KINDS, MEETING_STATUSES, PRESENCES } from '@lokmin/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** The one meeting of a unit and month, from its schedule to its signed minutes. Its row is the lock of all that belongs to it. */
@Entity('meeting')
@Index('meeting_one_per_month', ['unitId', 'month'], { unique: true })
@Index('meeting_by_district', ['districtCode', 'dataPeriod'])
@Check('meeting_revision', 'revision > 0')
@Check(
  'meeting_months',
  `month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' AND data_period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' AND data_period < month`,
)
@Check('meeting_status', `status IN ('scheduled', 'opened', 'concluded', 'cancelled', 'missed')`)
@Check('meeting_start', `starts_at IS NOT NULL OR status = 'missed'`)
@Check('meeting_duration', 'duration_minutes BETWEEN 5 AND 720')
@Check('meeting_opened', `(opened_at IS NOT NULL) = (status IN ('opened', 'concluded'))`)
@Check('meeting_concluded', `(concluded_at IS NOT NULL) = (status = 'concluded')`)
@Check('meeting_missed', `status <> 'missed' OR missed_at IS NOT NULL`)
@Check(
  'meeting_signed',
  `(signed_at IS NULL) = (signed_by IS NULL) AND (signed_at IS NULL OR status = 'concluded')`,
)
export class Meeting {
  @PrimaryColumn('uuid', { name: 'meeting_id', primaryKeyConstraintName: 'meeting_pkey' })
  meetingId: string;

  /** From 1; one more with each change of the meeting, its agenda, attendance or notes. */
  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text', { name: 'district_code' })
  districtCode: string;

  @Column('text')
  month: string;

  @Column('text', { name: 'data_period' })
  dataPeriod: string;

  @Column('text')
  status: MeetingStatus;

  @Column('timestamptz', { name: 'starts_at', nullable: true })
  startsAt: Date | null;

  @Column('integer', { name: 'duration_minutes' })
  durationMinutes: number;

  @Column('text')
  place: string;

  @Column('uuid', { name: 'scheduled_by', nullable: true })
  scheduledBy: string | null;

  @Column('text', { name: 'cancelled_reason', nullable: true })
  cancelledReason: string | null;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt: Date | null;

  @Column('timestamptz', { name: 'concluded_at', nullable: true })
  concludedAt: Date | null;

  /** The end of its month, once that passed without a conclusion; kept when the meeting is held late. */
  @Column('timestamptz', { name: 'missed_at', nullable: true })
  missedAt: Date | null;

  @Column('timestamptz', { name: 'signed_at', nullable: true })
  signedAt: Date | null;

  @Column('uuid', { name: 'signed_by', nullable: true })
  signedBy: string | null;

  @Column('text')
  notes: string;

  /** Who wrote attendance, decisions or notes since it was opened. */
  @Column('uuid', { name: 'recorded_by', array: true, default: [] })
  recordedBy: string[];
}

/** What is known of an action at one moment, as the agenda and the minutes show it. */
export interface ActionState {
  readonly status: string;
  readonly ownerName: string | null;
  /** `YYYY-MM-DD` */
  readonly dueDate: string | null;
  readonly overdue: boolean;
  /** Whole percent. */
  readonly progress: number;
  readonly carriedOver: number;
}

/** One item of an opened meeting's agenda; before that only the topics are rows. */
@Entity('agenda_item')
@Index('agenda_item_by_position', ['meetingId', 'position'], { unique: true })
@Index('agenda_item_one_per_action', ['meetingId', 'actionId'], { unique: true })
@Check('agenda_item_kind', `kind IN ('review', 'result', 'proposal', 'topic')`)
@Check(
  'agenda_item_action',
  `(kind IN ('review', 'proposal')) = (action_id IS NOT NULL) AND (action_id IS NULL) = (action_state IS NULL)`,
)
@Check(
  'agenda_item_decision',
  `decision IS NULL
          OR kind = 'review' AND decision IN ('continue', 'noted')
          OR kind = 'proposal' AND decision IN ('agree', 'put_off')
          OR kind IN ('result', 'topic') AND decision = 'noted'`,
)
export class AgendaItem {
  @PrimaryColumn('uuid', { name: 'item_id', primaryKeyConstraintName: 'agenda_item_pkey' })
  itemId: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId: string;

  @ManyToOne(() => Meeting)
  @JoinColumn({ name: 'meeting_id', foreignKeyConstraintName: 'agenda_item_of_meeting' })
  meeting?: Relation<Meeting>;

  /** Order on the agenda: topics from 1 on, what the opening took up before them, up to 0. */
  @Column('integer')
  position: number;

  @Column('text')
  kind: (typeof AGENDA_KINDS)[number];

  @Column('text')
  title: string;

  @Column('text', { name: 'indicator_code', nullable: true })
  indicatorCode: string | null;

  /** Percent of the running target, as the evaluation froze it. */
  @Column('numeric', { nullable: true })
  performance: string | null;

  @Column('uuid', { name: 'action_id', nullable: true })
  actionId: string | null;

  /** As it was when the meeting was opened, then when it was concluded. */
  @Column('jsonb', { name: 'action_state', nullable: true })
  actionState: ActionState | null;

  @Column('text')
  note: string;

  @Column('text', { nullable: true })
  decision: (typeof AGENDA_DECISIONS)[number] | null;
}

/** Somebody on the attendance list, from the opening on. */
@Entity('attendee')
@Index('attendee_once', ['meetingId', 'personId'], { unique: true })
@Check('attendee_presence', `presence IN ('expected', 'present', 'excused', 'absent')`)
export class Attendee {
  @PrimaryColumn('uuid', { name: 'attendee_id', primaryKeyConstraintName: 'attendee_pkey' })
  attendeeId: string;

  @Column('uuid', { name: 'meeting_id' })
  meetingId: string;

  @ManyToOne(() => Meeting)
  @JoinColumn({ name: 'meeting_id', foreignKeyConstraintName: 'attendee_of_meeting' })
  meeting?: Relation<Meeting>;

  /** Null: a guest. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  position: string;

  @Column('text')
  presence: (typeof PRESENCES)[number];
}

/** An indicator that an evaluation judged kurang. */
export interface Kurang {
  readonly code: string;
  readonly name: string;
  /** Percent of the running target, two decimals. */
  readonly performance: string | null;
}

/** The newest revision of an evaluation. */
@Entity('known_evaluation')
@Index('known_evaluation_by_unit', ['unitId', 'period'])
export class KnownEvaluation {
  @PrimaryColumn('uuid', { name: 'evaluation_id', primaryKeyConstraintName: 'known_evaluation_pkey' })
  evaluationId: string;

  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text')
  period: string;

  /** False while it is returned. */
  @Column('boolean')
  standing: boolean;

  @Column('jsonb')
  kurang: Kurang[];
}

/** The newest revision of an action. */
@Entity('known_action')
@Index('known_action_by_unit', ['unitId', 'status'])
export class KnownAction {
  @PrimaryColumn('uuid', { name: 'action_id', primaryKeyConstraintName: 'known_action_pkey' })
  actionId: string;

  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text', { name: 'indicator_code' })
  indicatorCode: string;

  @Column('text')
  title: string;

  @Column('text')
  status: string;

  @Column('text', { name: 'owner_name', nullable: true })
  ownerName: string | null;

  @Column('date', { name: 'due_date', nullable: true })
  dueDate: string | null;

  @Column('boolean')
  overdue: boolean;

  @Column('integer')
  progress: number;

  /** Whether a meeting agreed on it. */
  @Column('boolean')
  agreed: boolean;

  @Column('integer', { name: 'carried_over' })
  carriedOver: number;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}

/** Up to which month the meetings of a unit were looked for: when that month ends, its meeting is held or missed. */
@Entity('unit_calendar')
@Index('unit_calendar_by_end', ['endsAt'])
export class UnitCalendar {
  @PrimaryColumn('uuid', { name: 'unit_id', primaryKeyConstraintName: 'unit_calendar_pkey' })
  unitId: string;

  @Column('text')
  month: string;

  /** The end of that month in the unit's time zone. */
  @Column('timestamptz', { name: 'ends_at' })
  endsAt: Date;
}
