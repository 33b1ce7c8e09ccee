import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNatsServer } from './find.ts';
import { freePort } from './port.ts';
import { lastLines, startProcess, stopLeftover, type RunningProcess } from './process.ts';

/** What the text of the server's configuration depends on. */
export interface NatsPlace {
  port: number;
  /** Folder for JetStream's files (`store_dir`). */
  storeFolder: string;
}

export interface RunningNats extends RunningProcess {
  readonly port: number;
  /** `nats://127.0.0.1:<port>` */
  readonly url: string;
}

/**
 * Starts a nats-server. A server that an earlier process left behind on the same folder is stopped first.
 * @param options.folder keeps the configuration (mode 600), the log and JetStream's files (`jetstream/`)
 * @param options.port a free port when left out; a given one must be free within the start's deadline
 * @param options.configuration the text of the configuration file for that port and folder
 * @throws MissingProgram when there is no nats-server and none can be fetched
 * @throws Error with the last lines of the server's log when it does not answer within 30 s
 */
export async function startNatsServer(options: {
  folder: string;
  configuration: (place: NatsPlace) => string;
  port?: number;
  logFile?: string;
}): Promise<RunningNats> {
  const folder = resolve(options.folder);
  const storeFolder = join(folder, 'jetstream');
  const recordFile = join(folder, 'process.json');
  const configurationFile = join(folder, 'nats.conf');
  const logFile = options.logFile ?? join(folder, 'server.log');
  const command = await findNatsServer();
  mkdirSync(storeFolder, { recursive: true, mode: 0o700 });
  await stopLeftover(recordFile, 'SIGINT');

  const startBy = Date.now() + 30_000;
  for (;;) {
    const port = options.port ?? (await freePort());
    writeFileSync(configurationFile, options.configuration({ port, storeFolder }), { mode: 0o600 });
    const serverName = `lokmin-${randomBytes(6).toString('hex')}`;
    const server = startProcess({
      name: 'nats',
      command,
      arguments: ['--config', configurationFile, '--name', serverName],
      logFile,
      recordFile,
      stopSignal: 'SIGINT',
    });
    let ready = false;
    while (!server.end && !ready && Date.now() < startBy) {
      ready = (await greeting(port)).includes(`"${serverName}"`);
      if (!ready) await delay(10);
    }
    if (ready && !server.end) {
      return Object.defineProperties(server, {
        port: { value: port, enumerable: true },
        url: { value: `nats://127.0.0.1:${port}`, enumerable: true },
      }) as RunningNats;
    }
    await server.kill();
    const passing = lastLines(logFile).includes('address already in use');
    if (!passing || Date.now() > startBy) {
      throw new Error(
        `nats-server does not start on ${folder}. The end of its log ${logFile}:\n${lastLines(logFile)}`,
      );
    }
    await delay(100);
  }
}

/** The INFO line with which a NATS server greets; empty when nobody answers within a second. */
function greeting(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const finish = () => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.includes('\n')) finish();
    });
    socket.on('timeout', finish);
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
