import { createServer } from 'node:http';
import { connectBus, provision } from '@lokmin/messaging';
import {
  createLog,
  endOnUnhandled,
  giveBackMemory,
  logLevel,
  parseEnvironment,
  stopOnSignal,
} from '@lokmin/service';
import { z } from 'zod';

const environment = z.object({
  LOKMIN_NATS_URL: z.string().min(1),
  LOKMIN_NATS_USER: z.string().default('provisioner'),
  LOKMIN_NATS_PASSWORD: z.string().min(1),
  LOKMIN_HTTP_HOST: z.string().default('127.0.0.1'),
  LOKMIN_HTTP_PORT: z.coerce.number().int().min(0).max(65_535),
  LOKMIN_LOG_LEVEL: logLevel,
});

/** How often it looks whether everything is still there; a lost stream is made again within this time. */
const LOOK_MS = 1_000;

const config = parseEnvironment(environment, process.env);
const log = createLog('provisioner', config.LOKMIN_LOG_LEVEL);
endOnUnhandled(log);
const bus = await connectBus({
  url: config.LOKMIN_NATS_URL,
  user: config.LOKMIN_NATS_USER,
  password: config.LOKMIN_NATS_PASSWORD,
  log,
});

let ready = false;
let looking: Promise<void> | undefined;
const look = async () => {
  try {
    const made = await provision(bus);
    if (made.length > 0) log.info({ made }, 'streams and consumers were made');
    ready = true;
  } catch (error) {
    ready = false;
    log.warn({ err: error }, 'NATS could not be provisioned; it is tried again');
  }
};
const timer = setInterval(() => {
  looking ??= look().finally(() => (looking = undefined));
}, LOOK_MS);

const server = createServer((request, response) => {
  const ok = request.url === '/health/live' || (request.url === '/health/ready' && ready && bus.connected);
  response
    .writeHead(ok ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify({ service: 'provisioner', ready }));
});
server.listen(config.LOKMIN_HTTP_PORT, config.LOKMIN_HTTP_HOST, () =>
  log.info({ address: server.address() }, 'started'),
);

giveBackMemory();
stopOnSignal(log, async () => {
  clearInterval(timer);
  server.close();
  await looking;
  await bus.close();
});
