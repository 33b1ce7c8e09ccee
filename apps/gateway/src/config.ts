import { logLevel, parseEnvironment } from '@lokmin/service';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const whole = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  LOKMIN_NATS_URL: z.string().min(1),
  LOKMIN_NATS_USER: z.string().min(1).default('gateway'),
  LOKMIN_NATS_PASSWORD: z.string().min(1),
  LOKMIN_HTTP_HOST: z.string().default('127.0.0.1'),
  LOKMIN_HTTP_PORT: whole(0, 65_535),
  LOKMIN_LOG_LEVEL: logLevel,
  /** Folder of the built browser application; left out: no pages are served. */
  LOKMIN_WEB_ROOT: z.string().optional(),
  /** Address of the indicators service's file door; left out: files are refused as unavailable. */
  LOKMIN_INDICATORS_URL: z.url().optional(),
  /** Address of the meetings service's door for minutes; left out: minutes are refused as unavailable. */
  LOKMIN_MEETINGS_URL: z.url().optional(),
  /** Address of the actions service's door for evidence; left out: evidence is refused as unavailable. */
  LOKMIN_ACTIONS_URL: z.url().optional(),
  /** How long a query waits for a service, and a command. */
  LOKMIN_QUERY_DEADLINE_MS: whole(10, 60_000).default(1_500),
  LOKMIN_COMMAND_DEADLINE_MS: whole(10, 120_000).default(10_000),
  /** How long a file may take, there and back. */
  LOKMIN_FILE_DEADLINE_MS: whole(100, 3_600_000).default(300_000),
  LOKMIN_FILE_LIMIT_MB: whole(1, 1_024).default(64),
  LOKMIN_BODY_LIMIT_KB: whole(16, 10_240).default(512),
  /** Requests of one person (signed out: of one address) per second on average, and at once. */
  LOKMIN_RATE_PER_SECOND: z.coerce.number().min(0.1).max(1e9).default(50),
  LOKMIN_RATE_BURST: whole(1, 1e9).default(200),
  /**
   * What one person may spend in a minute, by the cost of what is asked (the overview of 101 puskesmas, composed anew: about
   * 5,000); a service account; an address while signed out.
   */
  LOKMIN_COST_PER_MINUTE: whole(1, 1e12).default(1_000_000),
  LOKMIN_SERVICE_COST_PER_MINUTE: whole(1, 1e12).default(200_000),
  LOKMIN_ADDRESS_COST_PER_MINUTE: whole(1, 1e12).default(50_000),
  LOKMIN_STREAMS_PER_PERSON: whole(1, 1_000).default(10),
  /** How long a live stream waits for a client that takes nothing. */
  LOKMIN_SLOW_CLIENT_MS: whole(10, 600_000).default(10_000),
  /** Bound on kept answers. */
  LOKMIN_KEPT_MB: whole(0, 65_536).default(64),
  /** Who may ask in words of their own: those whose posts allow `api.adhoc`, or everybody who is signed in. */
  LOKMIN_ADHOC: z.enum(['by-post', 'everyone']).default('by-post'),
  /** Introspection is a request in words of one's own; `false` turns it off for those who may make them, too. */
  LOKMIN_INTROSPECTION: flag.default(true),
  /** `auto`: the refresh cookie is Secure when the request came by HTTPS. `always`: it is in any case. */
  LOKMIN_COOKIE_SECURE: z.enum(['auto', 'always']).default('auto'),
  /** True behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto. */
  LOKMIN_TRUST_PROXY: flag.default(false),
});
export type GatewayConfig = z.infer<typeof environment>;

export const gatewayConfig = (env: Record<string, string | undefined>): GatewayConfig =>
  parseEnvironment(environment, env);

/** The configuration, for injection. */
export const CONFIG = Symbol('config');
