import { ROLES, type Role } from '@lokmin/access';
import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';

/** Roles whose posts reach further than one puskesmas. */
const FAR_REACHING = (Object.keys(ROLES) as Role[]).filter((role) => ROLES[role] === 'district_office');

const environment = z.object({
  /** Seals what is kept secret in the database beside hashes: keys of second factors. At least 32 characters of chance. */
  LOKMIN_DIRECTORY_KEY: z.string().min(32).optional(),
  /** Roles that must have a second factor, separated by commas; only those whose posts reach further than one puskesmas. */
  LOKMIN_SECOND_FACTOR_ROLES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.enum(FAR_REACHING))),
  /** Tries to sign in for one login per minute on average and at once; one address has ten times as many. */
  LOKMIN_SIGN_IN_RATE_PER_MINUTE: z.coerce.number().min(0.1).max(1e6).default(10),
  /** So many days after the last day of a person's last post their e-mail address and telephone number are removed. */
  LOKMIN_CONTACT_DAYS: z.coerce.number().int().min(1).max(3_650).default(365),
});
export type DirectoryConfig = z.infer<typeof environment>;

/** @throws Error naming every variable that is wrong */
export const directoryConfig = (env: Record<string, string | undefined>): DirectoryConfig =>
  parseEnvironment(environment, env);

/** The directory's own configuration, for injection. */
export const DIRECTORY_CONFIG = Symbol('directory config');
