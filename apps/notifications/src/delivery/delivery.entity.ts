import type { DELIVERY_STATUSES } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Message } from '../message/message.entity.ts';
import type { SkipReason, Timing } from './delivery.rules.ts';
import type { Letter } from './delivery.texts.ts';

/**
 * A mail, waiting or done: queue and log in one. It is about one revision of a message, or it is the digest of a person
 * and day; a message that goes with a digest points to it and shares its fate.
 */
@Entity('delivery')
@Index('delivery_once', ['messageId', 'messageRevision', 'channel'], { unique: true })
@Index('delivery_one_digest_a_day', ['personId', 'digestDay'], {
  unique: true,
  where: 'digest_day IS NOT NULL',
})
@Index('delivery_due', ['nextAttemptAt', 'deliveryId'], { where: `status = 'queued' AND digest_id IS NULL` })
@Index('delivery_sending', ['sendingSince'], { where: `status = 'sending'` })
@Index('delivery_of_digest', ['digestId'], { where: 'digest_id IS NOT NULL' })
@Index('delivery_refused', ['personId', 'address'], { where: 'refused' })
@Index('delivery_log', ['districtCode', 'queuedAt', 'deliveryId'], { where: 'digest_id IS NULL' })
@Check('delivery_status', `status IN ('queued', 'sending', 'sent', 'failed', 'uncertain', 'skipped')`)
@Check('delivery_channel', `channel = 'email'`)
@Check('delivery_skipped', `(status = 'skipped') = (skip_reason IS NOT NULL)`)
@Check(
  'delivery_sent',
  `status NOT IN ('sending', 'sent', 'uncertain') OR digest_id IS NOT NULL OR address IS NOT NULL`,
)
@Check(
  'delivery_is_message_or_digest',
  `(message_id IS NULL) = (digest_day IS NOT NULL) AND (message_id IS NULL) = (message_revision IS NULL)
   AND (message_id IS NULL) = (letter IS NULL) AND (message_id IS NULL) = (timing IS NULL)`,
)
export class Delivery {
  @PrimaryColumn('uuid', { name: 'delivery_id', primaryKeyConstraintName: 'delivery_pkey' })
  deliveryId: string;
  /** Counts up with each attempt and each press of "send again": an outcome is recorded for the attempt it belongs to. */
  @Column('integer')
  revision: number;
  @Column('text')
  channel: 'email';
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('uuid', { name: 'message_id', nullable: true })
  @ForeignKey(() => Message, 'messageId', { name: 'delivery_message' })
  messageId: string | null;
  @Column('integer', { name: 'message_revision', nullable: true })
  messageRevision: number | null;
  /** Local day of a digest. */
  @Column('date', { name: 'digest_day', nullable: true })
  digestDay: string | null;
  /** The digest that a message goes with, once that is made. */
  @Column('uuid', { name: 'digest_id', nullable: true })
  @ForeignKey(() => Delivery, 'deliveryId', { name: 'delivery_digest' })
  digestId: string | null;
  @Column('text', { nullable: true })
  timing: Timing | null;
  @Column('text', { name: 'district_code' })
  districtCode: string;
  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId: string | null;
  @Column('text')
  subject: string;
  @Column('jsonb', { nullable: true })
  letter: Letter | null;
  @Column('text')
  status: (typeof DELIVERY_STATUSES)[number];
  @Column('text', { name: 'skip_reason', nullable: true })
  skipReason: SkipReason | null;
  @Column('integer')
  attempts: number;
  @Column('timestamptz', { name: 'queued_at' })
  queuedAt: Date;
  @Column('timestamptz', { name: 'next_attempt_at' })
  nextAttemptAt: Date;
  /** Since when the attempt at hand talks to the server. */
  @Column('timestamptz', { name: 'sending_since', nullable: true })
  sendingSince: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;
  /** As it was used at the last attempt. */
  @Column('text', { nullable: true })
  address: string | null;
  /** The server refused this address, and nobody has tried it again since. */
  @Column('boolean')
  refused: boolean;
  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;
}
