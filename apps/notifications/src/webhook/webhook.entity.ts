import type { SENDING_STATUSES } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Another system that has facts of a district sent to it. */
@Entity('webhook')
@Index('webhook_of_district', ['districtCode'])
@Check('webhook_types', 'cardinality(types) > 0')
@Check('webhook_units', 'unit_ids IS NULL OR cardinality(unit_ids) > 0')
export class Webhook {
  @PrimaryColumn('uuid', { name: 'webhook_id', primaryKeyConstraintName: 'webhook_pkey' })
  webhookId: string;
  @Column('integer')
  revision: number;
  @Column('text', { name: 'district_code' })
  districtCode: string;
  @Column('text')
  name: string;
  @Column('text')
  url: string;
  /** Types of facts that are sent. */
  @Column('text', { array: true })
  types: string[];
  /** Puskesmas whose facts are sent; null: all of the district. */
  @Column('uuid', { name: 'unit_ids', array: true, nullable: true })
  unitIds: string[] | null;
  /** False: what is to be sent waits. */
  @Column('boolean')
  enabled: boolean;
  /** Facts from before are not sent. */
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
  /** Counts up with each rotation. The secret itself is made from it when it is needed and stands nowhere. */
  @Column('integer', { name: 'secret_number' })
  secretNumber: number;
  @Column('timestamptz', { name: 'former_secret_until', nullable: true })
  formerSecretUntil: Date | null;
  /** What somebody last asked of it without changing it: `test`, `resend <id>`, `resend failed`. For the audit trail. */
  @Column('text', { nullable: true })
  asked: string | null;
  @Column('timestamptz', { name: 'asked_at', nullable: true })
  askedAt: Date | null;
}

/** Whose turn it is: one request to a webhook at a time, none while its address rests after a failure. */
@Entity('webhook_turn')
export class WebhookTurn {
  @PrimaryColumn('uuid', { name: 'webhook_id', primaryKeyConstraintName: 'webhook_turn_pkey' })
  @ForeignKey(() => Webhook, 'webhookId', { name: 'webhook_turn_webhook', onDelete: 'CASCADE' })
  webhookId: string;
  /** Until when a process is at it; one that ended without a word is at it no longer then. */
  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;
  @Column('timestamptz', { name: 'rests_until', nullable: true })
  restsUntil: Date | null;
  /** Failed attempts since the last that succeeded. */
  @Column('integer')
  failures: number;
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince: Date | null;
  @Column('timestamptz', { name: 'last_delivered_at', nullable: true })
  lastDeliveredAt: Date | null;
}

/** A fact on its way to a webhook: queue and log in one. */
@Entity('webhook_sending')
@Index('webhook_sending_once', ['webhookId', 'factId'], { unique: true })
@Index('webhook_sending_due', ['webhookId', 'nextAttemptAt', 'sendingId'], { where: `status = 'queued'` })
@Index('webhook_sending_log', ['webhookId', 'queuedAt', 'sendingId'])
@Index('webhook_sending_settled', ['settledAt'], { where: 'settled_at IS NOT NULL' })
@Check('webhook_sending_status', `status IN ('queued', 'delivered', 'failed')`)
@Check('webhook_sending_is_settled', `(status = 'queued') = (settled_at IS NULL)`)
export class WebhookSending {
  @PrimaryColumn('uuid', { name: 'sending_id', primaryKeyConstraintName: 'webhook_sending_pkey' })
  sendingId: string;
  @Column('uuid', { name: 'webhook_id' })
  @ForeignKey(() => Webhook, 'webhookId', { name: 'webhook_sending_webhook', onDelete: 'CASCADE' })
  webhookId: string;
  @Column('uuid', { name: 'fact_id' })
  factId: string;
  @Column('text')
  type: string;
  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId: string | null;
  /** What is sent, to the letter: its signature is made anew for each attempt. */
  @Column('text')
  body: string;
  @Column('text')
  status: (typeof SENDING_STATUSES)[number];
  @Column('integer')
  attempts: number;
  @Column('timestamptz', { name: 'queued_at' })
  queuedAt: Date;
  @Column('timestamptz', { name: 'next_attempt_at' })
  nextAttemptAt: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;
  @Column('integer', { name: 'last_status', nullable: true })
  lastStatus: number | null;
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;
}
