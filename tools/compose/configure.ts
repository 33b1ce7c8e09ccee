/** One-shot in docker-compose.yml: writes the configuration of nats-server into its volume, for its owner alone. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NATS_USERS, natsServerConfiguration } from '@lokmin/messaging';
import { passwordsOf } from './passwords.ts';

/** Where the volume of nats-server is mounted, here and there. */
const folder = '/data';

const file = join(folder, 'nats.conf');
const text = natsServerConfiguration({
  host: '0.0.0.0',
  port: 4222,
  healthPort: 8222,
  storeFolder: folder,
  passwords: passwordsOf(NATS_USERS, 'NATS'),
  syncAlways: true,
});
writeFileSync(`${file}.new`, text, { mode: 0o600 });
renameSync(`${file}.new`, file);
console.log(`${file} is written: ${NATS_USERS.length} users`);
