import { ROLES, type Role } from '@lokmin/access';
import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';
import { claimMapping, type ClaimMapping } from './session/single-sign-on.rules.ts';

/** Roles whose posts reach further than one puskesmas. */
const FAR_REACHING = (Object.keys(ROLES) as Role[]).filter((role) => ROLES[role] === 'district_office');
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Left out, and empty as docker compose hands on what is not set. */
const unset = <S extends z.ZodType>(schema: S) =>
  z.preprocess((text) => text || undefined, schema.optional());

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
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
  /** So many days after the last day of a person's last post, or after a guest was ended, their contacts are removed. */
  LOKMIN_CONTACT_DAYS: z.coerce.number().int().min(1).max(3_650).default(365),
  /** Address of the system for people, to which the provider of single sign-on sends them back. */
  LOKMIN_PUBLIC_URL: unset(z.url()),
  /** The OpenID Connect provider; left out: there is no single sign-on. */
  LOKMIN_OIDC_ISSUER: unset(z.url()),
  LOKMIN_OIDC_CLIENT_ID: unset(z.string()),
  LOKMIN_OIDC_CLIENT_SECRET: unset(z.string()),
  /** What people call the provider, on the button. */
  LOKMIN_OIDC_NAME: z.preprocess((text) => text || undefined, z.string().default('SSO')),
  LOKMIN_OIDC_SCOPE: z.preprocess((text) => text || undefined, z.string().default('openid profile')),
  /** How claims become a person and posts, as JSON: docs/operations.md. */
  LOKMIN_OIDC_MAPPING: unset(
    z
      .string()
      .transform((text, context) => {
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          context.addIssue(`is not JSON: ${(error as Error).message}`);
          return z.NEVER;
        }
      })
      .pipe(claimMapping),
  ),
});

/** The provider that people sign in with. */
export interface SingleSignOnConfig {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly scope: string;
  readonly mapping: ClaimMapping;
  /** Where it sends people back. */
  readonly returnAddress: string;
}
export type DirectoryConfig = z.infer<typeof environment> & { singleSignOn: SingleSignOnConfig | null };

/** Where people come back from the provider; the gateway has a door there. */
const RETURN_PATH = '/masuk/oidc/kembali';

/** @throws Error naming every variable that is wrong */
export function directoryConfig(env: Record<string, string | undefined>): DirectoryConfig {
  const config = parseEnvironment(environment, env);
  return { ...config, singleSignOn: singleSignOnOf(config) };
}

function singleSignOnOf(config: z.infer<typeof environment>): SingleSignOnConfig | null {
  if (!config.LOKMIN_OIDC_ISSUER) return null;
  const needed = [
    'LOKMIN_PUBLIC_URL',
    'LOKMIN_OIDC_CLIENT_ID',
    'LOKMIN_OIDC_CLIENT_SECRET',
    'LOKMIN_OIDC_MAPPING',
  ] as const;
  const missing = needed.filter((name) => config[name] === undefined);
  if (missing.length > 0) throw new Error(`LOKMIN_OIDC_ISSUER is set; ${missing.join(', ')} is needed too`);
  const issuer = new URL(config.LOKMIN_OIDC_ISSUER);
  const near = issuer.protocol === 'http:' && LOOPBACK.test(issuer.hostname);
  if (issuer.protocol !== 'https:' && !(near && config.NODE_ENV !== 'production'))
    throw new Error('LOKMIN_OIDC_ISSUER has to be https');
  return {
    issuer,
    clientId: config.LOKMIN_OIDC_CLIENT_ID!,
    clientSecret: config.LOKMIN_OIDC_CLIENT_SECRET!,
    name: config.LOKMIN_OIDC_NAME,
    scope: config.LOKMIN_OIDC_SCOPE,
    mapping: config.LOKMIN_OIDC_MAPPING!,
    returnAddress: new URL(RETURN_PATH, config.LOKMIN_PUBLIC_URL).href,
  };
}

/** The directory's own configuration, for injection. */
export const DIRECTORY_CONFIG = Symbol('directory config');
