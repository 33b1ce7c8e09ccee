import type { EvidenceFile } from '@lokmin/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Action, ActionEntry } from '../action/action.entity.ts';

/** That a content lies, or may lie, in the folder. The row comes before the file and goes after it. */
@Entity('evidence_content')
@Check('evidence_content_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class EvidenceContent {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'evidence_content_pkey' })
  sha256: string;

  /** When it was put, the last time. */
  @Column('timestamptz', { name: 'came_at' })
  cameAt: Date;
}

/** A file that shows what was done about an action. */
@Entity('evidence')
@Index('evidence_by_entry', ['actionId', 'revision'])
@Index('evidence_by_content', ['sha256'])
@Index('evidence_unused', ['putAt'], { where: 'revision IS NULL' })
@Check('evidence_name', String.raw`char_length(name) BETWEEN 1 AND 200 AND name !~ '[/\\[:cntrl:]]'`)
@Check('evidence_size', 'size BETWEEN 1 AND 5242880')
@Check('evidence_type', `type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')`)
export class Evidence {
  @PrimaryColumn('uuid', { name: 'file_id', primaryKeyConstraintName: 'evidence_pkey' })
  fileId: string;

  @Column('uuid', { name: 'action_id' })
  actionId: string;

  @ManyToOne(() => Action)
  @JoinColumn({ name: 'action_id', foreignKeyConstraintName: 'evidence_of_action' })
  action?: Relation<Action>;

  /** Of the entry in the history that shows it; null until a report does. */
  @Column('integer', { nullable: true })
  revision: number | null;

  @ManyToOne(() => ActionEntry)
  @JoinColumn([
    {
      name: 'action_id',
      referencedColumnName: 'actionId',
      foreignKeyConstraintName: 'evidence_in_entry',
    },
    {
      name: 'revision',
      referencedColumnName: 'revision',
      foreignKeyConstraintName: 'evidence_in_entry',
    },
  ])
  entry?: Relation<ActionEntry>;

  @Column('text')
  name: string;

  /** Bytes. */
  @Column('integer')
  size: number;

  @Column('text')
  type: EvidenceFile['type'];

  @Column('text')
  sha256: string;

  @ManyToOne(() => EvidenceContent)
  @JoinColumn({ name: 'sha256', foreignKeyConstraintName: 'evidence_has_content' })
  content?: Relation<EvidenceContent>;

  @Column('uuid', { name: 'put_by' })
  putBy: string;

  @Column('timestamptz', { name: 'put_at' })
  putAt: Date;
}
