import type { ACTION_STATUSES } from '@lokmin/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

export type ActionStatus = (typeof ACTION_STATUSES)[number];
/** What still can change: proposed or agreed, not ended. */
export const OPEN: readonly ActionStatus[] = ['proposed', 'ready', 'in_progress'];

/** One action (RTL), from proposal to its end. */
@Entity('action')
@Index('action_one_open_per_indicator', ['unitId', 'indicatorCode'], {
  unique: true,
  where: `status IN ('proposed', 'ready', 'in_progress')`,
})
@Index('action_by_unit', ['unitId', 'createdAt', 'actionId'])
@Index('action_by_owner', ['ownerId', 'createdAt', 'actionId'])
@Check('action_revision', 'revision > 0')
@Check('action_status', `status IN ('proposed', 'ready', 'in_progress', 'completed', 'withdrawn')`)
@Check('action_title', 'char_length(title) BETWEEN 1 AND 500')
@Check('action_period', `period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`)
@Check('action_progress', `progress BETWEEN 0 AND 100 AND (progress = 100) = (status = 'completed')`)
@Check('action_owner', `(status IN ('ready', 'in_progress', 'completed')) = (owner_id IS NOT NULL)`)
@Check('action_agreed', 'num_nulls(owner_id, owner_name, due_date, due_ends_at) IN (0, 4)')
@Check('action_overdue', 'overdue_since IS NULL OR overdue_since = due_ends_at')
@Check(
  'action_unsupported',
  `NOT unsupported OR agreed_at IS NOT NULL OR status IN ('ready', 'in_progress', 'completed')`,
)
@Check('action_guest', 'NOT owner_is_guest OR owner_id IS NOT NULL')
@Check('action_meeting', '(agreed_at IS NULL) = (agreed_in IS NULL) AND carried_over >= 0')
export class Action {
  @PrimaryColumn('uuid', { name: 'action_id', primaryKeyConstraintName: 'action_pkey' })
  actionId: string;

  /** From 1; one more with each change, which has its entry in the history. */
  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text', { name: 'district_code' })
  districtCode: string;

  @Column('text', { name: 'indicator_code' })
  indicatorCode: string;

  @Column('text', { name: 'indicator_name' })
  indicatorName: string;

  @Column('text')
  title: string;

  @Column('text')
  status: ActionStatus;

  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null;

  @Column('text', { name: 'owner_name', nullable: true })
  ownerName: string | null;

  /** The owner is a guest, whose id and name (office) the columns above have. */
  @Column('boolean', { name: 'owner_is_guest' })
  ownerIsGuest: boolean;

  /** Last day for completion, `YYYY-MM-DD` in the unit's time zone. */
  @Column('date', { name: 'due_date', nullable: true })
  dueDate: string | null;

  /** The instant at which that day is over there. */
  @Column('timestamptz', { name: 'due_ends_at', nullable: true })
  dueEndsAt: Date | null;

  /** Whole percent; 100 only when completed. */
  @Column('integer')
  progress: number;

  /** The end of the due day, set once it has passed; kept when the action is completed late. */
  @Column('timestamptz', { name: 'overdue_since', nullable: true })
  overdueSince: Date | null;

  @Column('boolean')
  unsupported: boolean;

  /** The evaluation of the newest period that speaks for it, or the last one that did. */
  @Column('uuid', { name: 'evaluation_id' })
  evaluationId: string;

  @Column('text')
  period: string;

  /** When a meeting agreed on it. While it still has no owner and due date, it needs completion. */
  @Column('timestamptz', { name: 'agreed_at', nullable: true })
  agreedAt: Date | null;

  @Column('uuid', { name: 'agreed_in', nullable: true })
  agreedIn: string | null;

  /** In how many later meetings it was found not yet done. */
  @Column('integer', { name: 'carried_over' })
  carriedOver: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}

/** What happened to an action, one row for each of its revisions. */
@Entity('action_entry')
export class ActionEntry {
  @PrimaryColumn('uuid', { name: 'action_id', primaryKeyConstraintName: 'action_entry_pkey' })
  actionId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'action_entry_pkey' })
  revision: number;

  @ManyToOne(() => Action)
  @JoinColumn({ name: 'action_id', foreignKeyConstraintName: 'action_entry_of_action' })
  action?: Relation<Action>;

  @Column('timestamptz')
  at: Date;

  /** Who did it, or who set off the fact behind it; null when time did. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId: string | null;

  @Column('text')
  kind: string;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('integer', { nullable: true })
  progress: number | null;
}

/** The newest that is known of an evaluation; older news that arrives late changes nothing. */
@Entity('followed_evaluation')
@Check('followed_evaluation_revision', 'revision > 0')
export class FollowedEvaluation {
  @PrimaryColumn('uuid', { name: 'evaluation_id', primaryKeyConstraintName: 'followed_evaluation_pkey' })
  evaluationId: string;

  /** The highest one seen. */
  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text')
  period: string;

  /** False while it is returned. */
  @Column('boolean')
  standing: boolean;
}

/** That an evaluation judged an indicator kurang, and which action answers it. */
@Entity('action_support')
@Index('action_support_by_action', ['actionId'])
export class Support {
  @PrimaryColumn('uuid', { name: 'evaluation_id', primaryKeyConstraintName: 'action_support_pkey' })
  evaluationId: string;

  @PrimaryColumn('text', { name: 'indicator_code', primaryKeyConstraintName: 'action_support_pkey' })
  indicatorCode: string;

  @ManyToOne(() => FollowedEvaluation)
  @JoinColumn({ name: 'evaluation_id', foreignKeyConstraintName: 'action_support_of_evaluation' })
  evaluation?: Relation<FollowedEvaluation>;

  @Column('uuid', { name: 'action_id' })
  actionId: string;

  @ManyToOne(() => Action)
  @JoinColumn({ name: 'action_id', foreignKeyConstraintName: 'action_support_of_action' })
  action?: Relation<Action>;

  @Column('text')
  period: string;

  /** As the evaluation's bundle names it. */
  @Column('text', { name: 'indicator_name' })
  indicatorName: string;

  /** False when the evaluation was returned, or revised so that the indicator is no longer kurang. */
  @Column('boolean')
  stands: boolean;
}

/** Counts of a unit's actions. Its row is the lock that every change of the unit's actions takes first. */
@Entity('unit_actions')
@Index('unit_actions_by_due', ['nextDueAt'], { where: 'next_due_at IS NOT NULL' })
@Check('unit_actions_completion', 'needs_completion >= 0')
@Check('unit_actions_counts', 'proposed >= 0 AND overdue >= 0 AND open >= overdue AND completed >= 0')
export class UnitActions {
  @PrimaryColumn('uuid', { name: 'unit_id', primaryKeyConstraintName: 'unit_actions_pkey' })
  unitId: string;

  @Column('integer', { default: 0 })
  proposed: number;

  /** Ready or in progress, overdue ones included. */
  @Column('integer', { default: 0 })
  open: number;

  @Column('integer', { default: 0 })
  overdue: number;

  @Column('integer', { default: 0 })
  completed: number;

  /** Proposals that a meeting agreed on: they lack an owner and a due date. */
  @Column('integer', { name: 'needs_completion', default: 0 })
  needsCompletion: number;

  /** When the next open action becomes overdue; null when none will. */
  @Column('timestamptz', { name: 'next_due_at', nullable: true })
  nextDueAt: Date | null;
}
