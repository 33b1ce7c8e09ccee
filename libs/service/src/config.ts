import { z } from 'zod';
import { logLevel } from './process.ts';

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  LOKMIN_NATS_URL: z.string().min(1),
  LOKMIN_NATS_USER: z.string().min(1),
  LOKMIN_NATS_PASSWORD: z.string().min(1),
  LOKMIN_DATABASE_URL: z.string().min(1),
  LOKMIN_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(8),
  LOKMIN_HTTP_HOST: z.string().default('127.0.0.1'),
  LOKMIN_HTTP_PORT: z.coerce.number().int().min(0).max(65_535),
  LOKMIN_LOG_LEVEL: logLevel,
});
export type ServiceConfig = z.infer<typeof environment>;

/**
 * Parses variables of the environment once, at start.
 * @throws Error naming every variable that is missing or wrong
 */
export function parseEnvironment<S extends z.ZodType>(
  schema: S,
  env: Record<string, string | undefined>,
): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment of this process is not complete:\n${problems.join('\n')}`);
}

export const serviceConfig = (env: Record<string, string | undefined>): ServiceConfig =>
  parseEnvironment(environment, env);
