import type { MESSAGE_SUBJECTS, Text } from '@lokmin/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a person is told about one thing. News about it renews the message: a person has one for each thing. */
@Entity('message')
@Index('message_one_per_subject', ['personId', 'about', 'aboutId'], { unique: true })
@Index('message_by_person', ['personId', 'deliveredAt', 'messageId'])
@Index('message_unread', ['personId'], { where: 'read_at IS NULL' })
@Index('message_open_news_of_owners', ['unitId'], { where: 'as_owner AND read_at IS NULL' })
@Check('message_revision', 'revision > 0 AND news_revision > 0')
@Check('message_about', `about IN ('evaluation', 'action', 'meeting')`)
@Check('message_link', `link LIKE '/%'`)
export class Message {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'message_pkey' })
  messageId: string;

  /** Counts the renewals, from 1. */
  @Column('integer')
  revision: number;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  @Column('text')
  about: (typeof MESSAGE_SUBJECTS)[number];

  @Column('uuid', { name: 'about_id' })
  aboutId: string;

  /** Revision of the thing that the text tells of; only a higher one renews the message. */
  @Column('integer', { name: 'news_revision' })
  newsRevision: number;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @Column('text', { name: 'unit_code' })
  unitCode: string;

  @Column('text', { name: 'unit_name' })
  unitName: string;

  @Column('text')
  kind: string;

  @Column('jsonb')
  title: Text;

  @Column('jsonb')
  body: Text;

  @Column('text')
  link: string;

  /** Addressed to the owner of the action that it is about. */
  @Column('boolean', { name: 'as_owner' })
  asOwner: boolean;

  @Column('timestamptz', { name: 'delivered_at' })
  deliveredAt: Date;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt: Date | null;
}
