import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session may have several unused refresh tokens: each answer to the token before them. */
export class LostRefreshAnswers1763850000000 implements MigrationInterface {
  name = 'LostRefreshAnswers1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX refresh_token_one_unused');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE UNIQUE INDEX refresh_token_one_unused ON refresh_token (session_id) WHERE used_at IS NULL',
    );
  }
}
