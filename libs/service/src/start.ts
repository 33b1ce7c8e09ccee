import { clockFromEnvironment } from '@lokmin/calendar/clock';
import { asksOf, readersOf, type ServiceName } from '@lokmin/contracts';
import {
  AskServer,
  connectBus,
  Consumer,
  currentCause,
  forgetOldRows,
  react,
  registerReaders,
  Relay,
  type Reaction,
  type ReactionContext,
  withCause,
} from '@lokmin/messaging';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { auditApi } from './audit/audit.api.ts';
import { auditGaps, auditTables } from './audit/declaration.ts';
import { AuditSealer, witnessReaction } from './audit/seal.ts';
import { serviceConfig, type ServiceConfig } from './config.ts';
import { connectDatabase, createDatabase, type DatabaseOptions } from './database.ts';
import { createLog, nestLogger } from './logger.ts';
import { HealthApi } from './health.api.ts';
import { endOnUnhandled, giveBackMemory, stopOnSignal } from './process.ts';
import { operatingApi } from './operating.api.ts';
import { repeat } from './repeat.ts';
import { Roster } from './roster.ts';
import { CLOCK, LOG, SERVICE, type ServiceState } from './state.ts';

export interface ServiceOptions {
  readonly name: ServiceName;
  readonly module: Type;
  readonly database: DatabaseOptions;
  /** What the service does when facts arrive, beside keeping its roster. */
  readonly reactions?: (app: NestFastifyApplication) => readonly Reaction[];
  /** What the service does as time passes; called about every second by each replica, so it claims rows. */
  readonly tick?: (app: NestFastifyApplication) => Promise<void>;
  /** Doors for files; health is there already. */
  readonly http?: (server: FastifyInstance, app: NestFastifyApplication) => void;
  /** Commands for operators beside `migrate`: `node main.js <command> ...arguments`. */
  readonly commands?: Record<string, (app: NestFastifyApplication, args: string[]) => Promise<void>>;
  /** Runs once before the service is open, after the migrations. */
  readonly prepare?: (app: NestFastifyApplication) => Promise<void>;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly port: number;
  stop(): Promise<void>;
}

const TICK_MS = 1_000;
const FORGET_MS = 3_600_000;
/** So long an entry of the audit trail may stand unsealed. */
const SEAL_MS = 10_000;
/** So long a service that stops goes on with the requests at hand; what is not done by then is cut off, and rolled back. */
const LAST_REQUESTS_MS = 5_000;

/** Holds what every service can inject: its database, roster, clock and log. */
@Module({})
class Root {}

/** The entry of a service process: a command when one is named, else the service until SIGTERM or SIGINT. */
export async function main(options: ServiceOptions): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  const config = serviceConfig(process.env);
  const log = createLog(options.name, config.LOKMIN_LOG_LEVEL);
  endOnUnhandled(log);
  if (command === 'migrate') return migrate(options, config, log);
  const service = await startService(options, config, log, command ? { onlyCommand: true } : {});
  if (command) {
    const run = options.commands?.[command];
    if (!run)
      throw new Error(
        `${options.name} has no command ${command}; it knows: migrate ${Object.keys(options.commands ?? {}).join(' ')}`,
      );
    try {
      await withCause({ ...currentCause(), by: { operator: command! } }, () => run(service.app, args));
    } finally {
      await service.stop();
    }
    return;
  }
  giveBackMemory();
  stopOnSignal(log, () => service.stop());
}

/** Brings the database of a service up to date and registers its readers; safe to repeat. */
export async function migrate(options: ServiceOptions, config: ServiceConfig, log: Logger): Promise<void> {
  const database = createDatabase(options.name, config.LOKMIN_DATABASE_URL, 2, options.database);
  await connectDatabase(database, log, new AbortController().signal);
  try {
    const ran = await database.runMigrations();
    await auditTables(database, options.database.audit);
    await registerReaders(database, readersOf(options.name), clockFromEnvironment(process.env).now());
    log.info({ migrations: ran.map(({ name }) => name) }, 'the database is up to date');
  } finally {
    await database.destroy();
  }
}

/**
 * Starts a service the same way every time: database, bus, roster, requests, reactions, relay, clock, health.
 * For a command (`onlyCommand`) nothing is opened: no requests, no reactions, no relay.
 */
export async function startService(
  options: ServiceOptions,
  config: ServiceConfig,
  log: Logger = createLog(options.name, config.LOKMIN_LOG_LEVEL),
  { onlyCommand = false } = {},
): Promise<RunningService> {
  const clock = clockFromEnvironment(process.env);
  const now = () => clock.now();
  const database = createDatabase(
    options.name,
    config.LOKMIN_DATABASE_URL,
    config.LOKMIN_DATABASE_CONNECTIONS,
    options.database,
  );
  await connectDatabase(database, log, new AbortController().signal);
  if (await database.showMigrations())
    throw new Error(`The database of ${options.name} is not up to date: run its "migrate" command first`);
  const bus = await connectBus({
    url: config.LOKMIN_NATS_URL,
    user: config.LOKMIN_NATS_USER,
    password: config.LOKMIN_NATS_PASSWORD,
    log,
  });
  const roster = new Roster(database, clock);
  const context: ReactionContext = { database, now, log };
  const state: ServiceState = { name: options.name, context, reactions: [], consumers: [], bus };

  const surroundings: Provider[] = [
    { provide: DataSource, useValue: database },
    { provide: Roster, useValue: roster },
    { provide: CLOCK, useValue: clock },
    { provide: LOG, useValue: log },
    { provide: SERVICE, useValue: state },
  ];
  const root: DynamicModule = {
    module: Root,
    global: true,
    imports: [options.module],
    providers: surroundings,
    exports: surroundings,
    controllers: [HealthApi, operatingApi(options.name), auditApi(options.name, options.database.audit)],
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    new FastifyAdapter({ bodyLimit: 1024 * 1024 }),
    {
      logger: nestLogger(log),
      abortOnError: false,
    },
  );
  const relay = new Relay(config.LOKMIN_DATABASE_URL, bus, log);
  const repeated: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(repeated.map((end) => end()));
    await Promise.all(state.consumers.map((consumer) => consumer.stop()));
    const { server } = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    const cut = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
    await app.close().finally(() => clearTimeout(cut)); // takes no new requests, finishes those at hand
    if (!onlyCommand) await relay.stop(); // the facts of the last requests still go out
    await bus.close();
    await database.destroy();
    log.info({}, 'stopped');
  };
  if (onlyCommand) {
    await app.init();
    return { app, port: 0, stop };
  }

  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  options.http?.(server, app);
  app.connectMicroservice(
    {
      strategy: new AskServer({
        bus,
        service: options.name,
        asks: asksOf(options.name),
        identify: (token, as) => (as === 'guest' ? roster.identifyGuest(token) : roster.identify(token)),
        log,
      }),
    },
    { inheritAppConfig: true },
  );
  for (const gap of await auditGaps(database, options.database.audit))
    log.error({ gap }, 'changes are not noted in the audit trail; the command "migrate" mends triggers');
  await options.prepare?.(app);

  const rosterReader = readersOf(options.name).find((reader) => reader.durable === `${options.name}-roster`)!;
  state.reactions = [
    react(rosterReader, (fact, tx) => roster.learn(fact as never, tx)),
    witnessReaction(options.name),
    ...(options.reactions?.(app) ?? []),
  ];
  const unbound = readersOf(options.name).filter(
    (reader) => !state.reactions.some((reaction) => reaction.reader === reader),
  );
  if (unbound.length > 0)
    throw new Error(
      `${options.name} has no reaction for ${unbound.map((reader) => reader.durable).join(', ')}`,
    );
  state.consumers = state.reactions.map((reaction) => new Consumer(bus, context, reaction));
  for (const consumer of state.consumers) consumer.start();
  relay.start();

  if (options.tick) repeated.push(repeat(TICK_MS, 'the clock tick', () => options.tick!(app), log));
  const forget = () => forgetOldRows((sql, parameters) => database.query(sql, parameters));
  repeated.push(repeat(FORGET_MS, 'forgetting old rows', forget, log));

  const sealer = new AuditSealer(options.name, database, now);
  repeated.push(repeat(SEAL_MS, 'sealing the audit trail', () => sealer.seal(), log));

  await app.startAllMicroservices();
  await app.listen(config.LOKMIN_HTTP_PORT, config.LOKMIN_HTTP_HOST);
  const { port } = server.server.address() as { port: number };
  log.info({ port }, 'started');
  return { app, port, stop };
}
