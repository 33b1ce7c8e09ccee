import { ROLES, type Role } from '@lokmin/access';
import { Refusal } from '@lokmin/contracts';
import { z } from 'zod';

/** How long a person may take at the provider. */
export const SINGLE_SIGN_ON_MINUTES = 10;

/** A coaching group is no claim, and programs sign in otherwise. */
const roles = (Object.keys(ROLES) as Role[]).filter((role) => role !== 'tpcb' && role !== 'akun_layanan');
const grant = z
  .strictObject({
    /** The value of the claim, or one of its values. */
    value: z.string().min(1),
    role: z.enum(roles),
    /** Code of a puskesmas, or of the district for its office. */
    unit: z.string().regex(/^(\d{7}|\d{2}\.\d{2})$/, 'a code such as 1012406, or 19.06 for the office'),
    program: z.string().min(1).nullable().default(null),
    title: z.string().min(1).optional(),
  })
  .refine(
    ({ role, unit }) => (ROLES[role] === 'puskesmas') === /^\d{7}$/.test(unit),
    'the role is not one of that kind of unit',
  )
  .refine(
    ({ role, program }) => program === null || role === 'pemegang_program' || role === 'verifikator',
    'only pemegang_program and verifikator have a programme',
  );

/** How claims become a person and posts; nothing that is not named here is ever given. */
export const claimMapping = z.strictObject({
  /** The claim that names the login; it has to be one that people cannot change themselves. */
  login: z.string().min(1),
  /** The claim with the name that people read. */
  name: z.string().min(1).default('name'),
  /** The claim, a text or a list, whose values give posts. */
  posts: z.string().min(1),
  grants: z.array(grant).min(1),
  /** Whether somebody who is not known yet is made a person by the first sign-in. */
  createPeople: z.boolean().default(false),
});
export type ClaimMapping = z.infer<typeof claimMapping>;
export type Grant = ClaimMapping['grants'][number];

/** Who signs in, as the provider says. */
export interface Claimed {
  readonly login: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

const LOGIN = /^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/;

/**
 * What claims mean by the mapping.
 * @throws Refusal `sso.claim-missing` naming the claim; `sso.no-post` when no value of it is mapped
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, mapping: ClaimMapping): Claimed {
  const login = claims[mapping.login];
  if (typeof login !== 'string' || !LOGIN.test(login))
    throw new Refusal('sso.claim-missing', { claim: mapping.login });
  const given = claims[mapping.posts];
  const values = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(values)) throw new Refusal('sso.claim-missing', { claim: mapping.posts });
  const grants = mapping.grants.filter(({ value }) => values.includes(value));
  if (grants.length === 0) throw new Refusal('sso.no-post');
  const name = claims[mapping.name];
  return { login, name: typeof name === 'string' && name.trim() !== '' ? name.trim() : login, grants };
}
