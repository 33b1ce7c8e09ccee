import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';

/**
 * The passwords `LOKMIN_<NAME>_<OF>_PASSWORD` of the environment, by name, as `.env` holds them.
 * @throws Error naming those that are missing
 */
export function passwordsOf<Name extends string>(
  names: readonly Name[],
  of: 'NATS' | 'DATABASE',
): Record<Name, string> {
  const variable = (name: Name) => `LOKMIN_${name.toUpperCase()}_${of}_PASSWORD`;
  const schema = z.object(Object.fromEntries(names.map((name) => [variable(name), z.string().min(1)])));
  const found = parseEnvironment(schema, process.env);
  return Object.fromEntries(names.map((name) => [name, found[variable(name)]!])) as Record<Name, string>;
}
