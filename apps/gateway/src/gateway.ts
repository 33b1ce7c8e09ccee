import type { Socket } from 'node:net';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { clockFromEnvironment } from '@lokmin/calendar/clock';
import type { Clock } from '@lokmin/calendar';
import { connectBus } from '@lokmin/messaging';
import { createLog, nestLogger } from '@lokmin/service';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Budgets } from './access/budgets.ts';
import { HandOn, SignedInGuard } from './access/guard.ts';
import { Posts } from './access/posts.ts';
import { RateLimit } from './access/rate-limit.ts';
import { Tokens } from './access/tokens.ts';
import { CONFIG, type GatewayConfig } from './config.ts';
import { openAuditDoor } from './files/audit.door.ts';
import { openEvidenceDoor } from './files/evidence.door.ts';
import { openMinutesDoor } from './files/minutes.door.ts';
import { openValuesDoor } from './files/values.door.ts';
import { answersPlugin } from './graphql/answers.plugin.ts';
import { Adapter, contextOf, GRAPHQL_PATH, openGraphQLDoor, type DoorParts } from './graphql/door.ts';
import { formatErrors } from './graphql/errors.ts';
import { limitRules, MAX_TOKENS } from './graphql/limits.ts';
import { BUS, CLOCK, Services } from './graphql/services.ts';
import { openHealth } from './health.ts';
import { KeptAnswers } from './kept/kept-answers.ts';
import { Facts } from './live/facts.ts';
import { openLiveDoor } from './live/live.door.ts';
import { RESOLVERS } from './schema.ts';
import { openSingleSignOnDoor } from './viewer/single-sign-on.door.ts';
import { openPages } from './web/pages.ts';

export interface RunningGateway {
  readonly port: number;
  readonly kept: KeptAnswers;
  readonly facts: Facts;
  /** Live streams that are served at present. */
  readonly openStreams: number;
  stop(): Promise<void>;
}

/** What the process has one of. */
@Module({})
class Surroundings {}

@Module({})
class Gateway {}

/** Starts the gateway: bus, facts, GraphQL with its door, live updates, files, pages, health. */
export async function startGateway(
  config: GatewayConfig,
  log: Logger = createLog('gateway', config.LOKMIN_LOG_LEVEL),
  clock: Clock = clockFromEnvironment(process.env),
): Promise<RunningGateway> {
  const bus = await connectBus({
    url: config.LOKMIN_NATS_URL,
    user: config.LOKMIN_NATS_USER,
    password: config.LOKMIN_NATS_PASSWORD,
    log,
  });
  const tokens = new Tokens(clock);
  const posts = new Posts(bus, clock, config.LOKMIN_QUERY_DEADLINE_MS);
  const kept = new KeptAnswers(config.LOKMIN_KEPT_MB * 1024 * 1024, () => clock.now().getTime());
  const rate = new RateLimit(config.LOKMIN_RATE_PER_SECOND, config.LOKMIN_RATE_BURST);
  const budgets = new Budgets(config);
  const facts = new Facts(bus, log, (fact) => tokens.learn(fact));
  facts.listen({
    onFact: (fact) => {
      posts.heard(fact);
      kept.heard(fact);
    },
    onGap: () => {
      posts.gap();
      kept.gap();
    },
  });

  const shared: Provider[] = [
    { provide: CONFIG, useValue: config },
    { provide: BUS, useValue: bus },
    { provide: CLOCK, useValue: clock },
    { provide: Facts, useValue: facts },
    { provide: Posts, useValue: posts },
  ];
  const surroundings: DynamicModule = {
    module: Surroundings,
    global: true,
    providers: shared,
    exports: [CONFIG, BUS, CLOCK, Facts, Posts],
  };
  const root: DynamicModule = {
    module: Gateway,
    imports: [
      surroundings,
      GraphQLModule.forRoot<ApolloDriverConfig>({
        driver: ApolloDriver,
        path: GRAPHQL_PATH,
        autoSchemaFile: true,
        sortSchema: true,
        context: (request: FastifyRequest, reply: FastifyReply) => contextOf(request, reply, request.lokmin),
        formatError: formatErrors(log),
        autoTransformHttpErrors: false,
        preserveHttpStatusForExecutionErrors: false,
        graphiql: false,
        introspection: config.LOKMIN_INTROSPECTION,
        csrfPrevention: true,
        allowBatchedHttpRequests: false,
        persistedQueries: false,
        includeStacktraceInErrorResponses: false,
        hideSchemaDetailsFromClientErrors: true,
        stopOnTerminationSignals: false,
        parseOptions: { maxTokens: MAX_TOKENS },
        validationRules: limitRules(),
        plugins: [ApolloServerPluginCacheControlDisabled(), answersPlugin(budgets)],
      }),
    ],
    providers: [
      ...RESOLVERS,
      Services,
      { provide: APP_GUARD, useClass: SignedInGuard },
      { provide: APP_FILTER, useClass: HandOn },
    ],
  };

  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    new Adapter(
      {
        bodyLimit: config.LOKMIN_BODY_LIMIT_KB * 1024,
        trustProxy: config.LOKMIN_TRUST_PROXY,
        forceCloseConnections: 'idle',
        requestTimeout: config.LOKMIN_FILE_DEADLINE_MS,
        skipMiddie: true, // no middleware: checks are hooks and guards
      },
      log,
    ),
    { logger: nestLogger(log), bodyParser: false, forceCloseConnections: false },
  );
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  // The body stays as it came until it is known whether a kept answer serves it.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  refuseUpgrades(server);
  openHealth(server, { bus, facts, tokens });
  const doors: DoorParts = {
    ...{ tokens, posts, rate, budgets, kept, facts, clock },
    schema: () => app.get(GraphQLSchemaHost).schema,
    open: config.LOKMIN_ADHOC,
  };
  openGraphQLDoor(server, doors);
  const live = openLiveDoor(server, doors, {
    slowMs: config.LOKMIN_SLOW_CLIENT_MS,
    streamsPerPerson: config.LOKMIN_STREAMS_PER_PERSON,
    log,
  });
  openAuditDoor(server, { tokens, rate }, bus, config, log);
  openEvidenceDoor(server, { tokens, rate }, config, log);
  openMinutesDoor(server, { tokens, rate }, config, log);
  openValuesDoor(server, { tokens, rate }, config, clock, log);
  openSingleSignOnDoor(server, { rate, clock }, bus, config, log);
  if (config.LOKMIN_WEB_ROOT) openPages(server, config.LOKMIN_WEB_ROOT, log);

  await app.listen(config.LOKMIN_HTTP_PORT, config.LOKMIN_HTTP_HOST);
  const { port } = server.server.address() as { port: number };
  log.info({ port }, 'started');

  let stopping: Promise<void> | undefined;
  return {
    port,
    kept,
    facts,
    get openStreams() {
      return live.open;
    },
    stop: () =>
      (stopping ??= (async () => {
        // Streams end, nothing new is taken, what is at hand is finished; then the bus goes.
        await live.close();
        const closing = app.close();
        // A connection that falls idle while others are still served would be held open by its client.
        const idle = setInterval(() => server.server.closeIdleConnections(), 100);
        await closing.finally(() => clearInterval(idle));
        await facts.stop();
        await bus.close();
      })()),
  };
}

/** There is no WebSocket door: a request to upgrade is closed on every path, and its socket's errors end with it. */
function refuseUpgrades(server: FastifyInstance): void {
  server.server.prependListener('upgrade', (_request: unknown, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
}
