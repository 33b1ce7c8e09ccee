import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './folder.ts';

const place = mkdtempSync(join(tmpdir(), 'lokmin-folder-'));
const file = join(place, 'catatan.txt');
writeFileSync(file, 'milik orang');

/** `npm start` with this data folder; it has to end by itself. */
const start = (home: string) =>
  spawnSync(
    process.execPath,
    ['--import', join(import.meta.dirname, 'typescript.mjs'), join(import.meta.dirname, 'start.ts')],
    { env: { PATH: process.env['PATH'], LOKMIN_HOME: home }, encoding: 'utf8', timeout: 60_000 },
  );

describe('the data folder', () => {
  it('is made with the folders above it, and may be there already', () => {
    const folder = join(place, 'a/b/c');
    makeFolder(folder, 'LOKMIN_HOME');
    makeFolder(folder, 'LOKMIN_HOME');
    expect(existsSync(folder)).toBe(true);
  });

  it.each([
    ['cannot be made', '/proc/nope', /cannot be made/],
    ['holds no others', '/proc', /cannot be made/],
    ['is a file', file, /which is a file/],
    ['lies in a file', join(file, 'lokmin'), /which is a file|cannot be made/],
  ])(
    'that %s ends the start with a plain message, and nothing is to be deleted',
    (_what, home, message) => {
      const { status, stderr } = start(home);
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/delete|The logs/);
      expect(readFileSync(file, 'utf8')).toBe('milik orang');
    },
    90_000,
  );
});
