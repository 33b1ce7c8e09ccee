import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that show what was done; their content lies in a folder. */
export class Evidence1764300000000 implements MigrationInterface {
  name = 'Evidence1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evidence_content (
        sha256 text CONSTRAINT evidence_content_pkey PRIMARY KEY,
        came_at timestamptz NOT NULL,
        CONSTRAINT evidence_content_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE TABLE evidence (
        file_id uuid CONSTRAINT evidence_pkey PRIMARY KEY,
        action_id uuid NOT NULL CONSTRAINT evidence_of_action REFERENCES action,
        revision integer,
        name text NOT NULL,
        size integer NOT NULL,
        type text NOT NULL,
        sha256 text NOT NULL CONSTRAINT evidence_has_content REFERENCES evidence_content,
        put_by uuid NOT NULL,
        put_at timestamptz NOT NULL,
        CONSTRAINT evidence_in_entry FOREIGN KEY (action_id, revision) REFERENCES action_entry (action_id, revision),
        CONSTRAINT evidence_name CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[/\\\\[:cntrl:]]'),
        CONSTRAINT evidence_size CHECK (size BETWEEN 1 AND 5242880),
        CONSTRAINT evidence_type CHECK (type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf'))
      );
      CREATE INDEX evidence_by_entry ON evidence (action_id, revision);
      CREATE INDEX evidence_by_content ON evidence (sha256);
      CREATE INDEX evidence_unused ON evidence (put_at) WHERE revision IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE evidence, evidence_content');
  }
}
