import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SERVICES } from '@lokmin/contracts';
import { NATS_USERS } from '@lokmin/messaging';

const checkout = join(import.meta.dirname, '../..');
const file = readFileSync(join(checkout, 'docker-compose.yml'), 'utf8');
const isBuilt = (app: string) => existsSync(join(checkout, 'apps', app, 'src/main.ts'));

/** The lines of one entry under `services:`. */
function entry(name: string): string {
  const found = new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)+)`, 'm').exec(file);
  if (!found) throw new Error(`docker-compose.yml has no service ${name}: add it, as its first lines say`);
  return found[1]!;
}

describe('docker-compose.yml', () => {
  it.each(SERVICES.filter(isBuilt))('runs %s, with its own credentials', (service) => {
    const name = service.toUpperCase();
    expect(entry(service)).toContain(`command: [apps/${service}/dist/main.js]`);
    expect(entry(service)).toContain(`\${LOKMIN_${name}_NATS_PASSWORD:?`);
    expect(entry(service)).toContain(`postgres://${service}:\${LOKMIN_${name}_DATABASE_PASSWORD:?`);
  });

  it.each(SERVICES)('hands the password of the database of %s to the migration', (service) => {
    expect(entry('migrate')).toContain(`LOKMIN_${service.toUpperCase()}_DATABASE_PASSWORD: `);
  });

  it.each(NATS_USERS)('hands the password of %s to the configuration of NATS', (user) => {
    expect(entry('configure')).toContain(`LOKMIN_${user.toUpperCase()}_NATS_PASSWORD: `);
  });

  it('publishes one port, has no default password and no fixed names', () => {
    expect(file.match(/^ +ports:/gm)).toHaveLength(1);
    expect(entry('gateway')).toContain('ports:');
    expect(file).not.toMatch(/(PASSWORD|KEY):-/);
    expect(file).not.toMatch(/container_name/);
  });

  it('uses nothing that only one of the two programs knows', () => {
    expect(file).not.toMatch(/^(name|version|include):/m);
    expect(file).not.toMatch(/start_interval|pull_policy|required:|develop:|!reset|!override/);
  });
});

describe('the first-run command', () => {
  const home = mkdtempSync(join(tmpdir(), 'lokmin-secrets-'));
  afterAll(() => rmSync(home, { recursive: true }));
  const script = join(home, 'tools/compose/secrets.sh');
  const run = () => execFileSync('sh', [script], { encoding: 'utf8' });
  const env = () => readFileSync(join(home, '.env'), 'utf8');
  beforeAll(() => {
    mkdirSync(dirname(script), { recursive: true });
    copyFileSync(join(checkout, 'tools/compose/secrets.sh'), script);
    copyFileSync(join(checkout, 'docker-compose.yml'), join(home, 'docker-compose.yml'));
  });

  it('makes a random password for every one that is named, for its owner alone', () => {
    run();
    const named = new Set(
      [...file.matchAll(/\$\{(LOKMIN_\w+_(?:PASSWORD|KEY)):\?/g)].map(([, name]) => name!),
    );
    const made = new Map(
      env()
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    expect([...made.keys()].sort()).toEqual([...named].sort());
    expect(new Set(made.values()).size).toBe(made.size);
    for (const password of made.values()) expect(password).toMatch(/^p[0-9a-f]{40}$/);
    expect(statSync(join(home, '.env')).mode & 0o777).toBe(0o600);
  });

  it('changes nothing the second time, and adds only what is missing', () => {
    const before = env();
    expect(run()).toMatch(/: 0 passwords made, \d+ kept/);
    expect(env()).toBe(before);

    const [first, ...others] = before.trim().split('\n');
    writeFileSync(join(home, '.env'), `LOKMIN_PORT=4100\n${others.join('\n')}`); // and no end of the last line
    chmodSync(join(home, '.env'), 0o644);
    expect(run()).toMatch(/: 1 passwords made/);
    const lines = env().trim().split('\n');
    expect(lines.slice(0, -1)).toEqual(['LOKMIN_PORT=4100', ...others]);
    expect(lines.at(-1)).toMatch(new RegExp(`^${first!.split('=')[0]}=p[0-9a-f]{40}$`));
    expect(statSync(join(home, '.env')).mode & 0o777).toBe(0o600);
  });
});
