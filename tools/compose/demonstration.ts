/** One-shot in docker-compose.yml (profile `demo`): loads the demonstration district into an empty system, once. */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';
import { loadDemonstration } from '../demo/load.ts';

const checkout = join(import.meta.dirname, '../..');
/** In a volume of its own: a load that was cut short is repeated, a whole one is not. */
const marker = '/data/demonstration-loaded';

const env = parseEnvironment(
  z.object({
    LOKMIN_NATS_URL: z.string().min(1),
    LOKMIN_NATS_PASSWORD: z.string().min(1),
    LOKMIN_INDICATORS_URL: z.url(),
    LOKMIN_DIRECTORY_DATABASE_URL: z.string().min(1),
    LOKMIN_DIRECTORY_NATS_PASSWORD: z.string().min(1),
    LOKMIN_DEMO_PASSWORD: z.string().min(12, 'has to have at least 12 characters'),
  }),
  process.env,
);

/** Runs a command of the directory's program. @throws Error with what it printed when it fails */
async function command(
  service: 'directory',
  parameters: string[],
  environment: Record<string, string> = {},
): Promise<void> {
  const child = spawn(process.execPath, [join(checkout, 'apps', service, 'dist/main.js'), ...parameters], {
    env: {
      ...process.env,
      LOKMIN_NATS_USER: service,
      LOKMIN_NATS_PASSWORD: env.LOKMIN_DIRECTORY_NATS_PASSWORD,
      LOKMIN_DATABASE_URL: env.LOKMIN_DIRECTORY_DATABASE_URL,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`The command ${parameters[0]} of ${service} failed:\n${said}`);
}

if (existsSync(marker)) console.log('The demonstration district was loaded already.');
else {
  await loadDemonstration(
    {
      natsUrl: env.LOKMIN_NATS_URL,
      secrets: { demoPassword: env.LOKMIN_DEMO_PASSWORD, nats: { cli: env.LOKMIN_NATS_PASSWORD } },
      command,
      addressOf: () => env.LOKMIN_INDICATORS_URL,
    },
    console.log,
  );
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  console.log(
    'The demonstration district is loaded. Its accounts have the password LOKMIN_DEMO_PASSWORD of .env.',
  );
}
