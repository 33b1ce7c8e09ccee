import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A file of values that was imported, so that the same file again is known for it. */
@Entity()
@Index('imported_file_by_content', ['sha256', 'importedAt'])
export class ImportedFile {
  @PrimaryGeneratedColumn('identity', {
    name: 'imported_file_id',
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
  })
  importedFileId: string;
  /** Of its bytes, hexadecimal. */
  @Column({ type: 'text' }) sha256: string;
  @Column({ type: 'text' }) name: string;
  @Column({ name: 'imported_by', type: 'uuid' }) importedBy: string;
  @Column({ name: 'imported_at', type: 'timestamptz' }) importedAt: Date;
  @Column({ type: 'integer' }) rows: number;
  /** How many values it changed. */
  @Column({ type: 'integer' }) changed: number;
}
