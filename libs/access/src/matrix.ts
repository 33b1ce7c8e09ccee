/** What a post is, as far as access is concerned. */
export interface PostOfToday {
  readonly unitId: string;
  readonly districtCode: string;
  readonly role: Role;
  /** The programme it is responsible for; null: all. */
  readonly program: string | null;
  /** Units of the coaching group that the post belongs to; left out: it belongs to none. */
  readonly coaches?: readonly string[];
}
/** A post with the local days on which it begins and ends. */
export interface HeldPost extends PostOfToday {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Every role with the kind of unit where its posts are held. */
export const ROLES = {
  kepala_puskesmas: 'puskesmas',
  ktu: 'puskesmas',
  pemegang_program: 'puskesmas',
  pelaksana: 'puskesmas',
  /** Takes the minutes of meetings. */
  notulis: 'puskesmas',
  petugas_dinas: 'district_office',
  /** Checks what puskesmas submit; with a programme, only that. */
  verifikator: 'district_office',
  /** Head of the district health office or of one of its divisions. */
  kepala_dinas: 'district_office',
  /** Reads everything of the district and changes nothing. */
  auditor: 'district_office',
  /** Member of a coaching team (TPCB): sees the puskesmas of its coaching group. */
  tpcb: 'district_office',
  /** A program that reads: held by service accounts, never by a person. */
  akun_layanan: 'district_office',
  administrator: 'district_office',
} as const;
export type Role = keyof typeof ROLES;
/** The roles that a service account may have: they only read. */
export const SERVICE_ACCOUNT_ROLES = ['akun_layanan', 'auditor'] as const satisfies readonly Role[];

/** How far a grant reaches, seen from the unit where the post is held. */
export type Scope =
  | 'own unit'
  | 'own programme in own unit'
  | 'own coaching group'
  | 'own district'
  | 'own programme in own district';
/** What a scope keeps to, beside the district. */
const REACH: Record<
  Scope,
  { readonly within: 'unit' | 'coaching group' | 'district'; readonly programme: boolean }
> = {
  'own unit': { within: 'unit', programme: false },
  'own programme in own unit': { within: 'unit', programme: true },
  'own coaching group': { within: 'coaching group', programme: false },
  'own district': { within: 'district', programme: false },
  'own programme in own district': { within: 'district', programme: true },
};
type Grants = Partial<Record<Role, Scope>>;

const everyOffice: Grants = {
  petugas_dinas: 'own district',
  verifikator: 'own district',
  kepala_dinas: 'own district',
  auditor: 'own district',
  administrator: 'own district',
};
const everybody: Grants = {
  kepala_puskesmas: 'own unit',
  ktu: 'own unit',
  pemegang_program: 'own unit',
  pelaksana: 'own unit',
  notulis: 'own unit',
  tpcb: 'own coaching group',
  ...everyOffice,
};

/** Who may do what, how far. What is not named here is refused. */
export const MATRIX = {
  'district.view': { ...everyOffice, akun_layanan: 'own district' },
  'unit.view': { ...everybody, akun_layanan: 'own district' },
  'people.view': everybody,
  'counts.small': everybody,
  'values.record': {
    kepala_puskesmas: 'own unit',
    pemegang_program: 'own programme in own unit',
    administrator: 'own district',
  },
  'evaluation.submit': { kepala_puskesmas: 'own unit' },
  'evaluation.return': { petugas_dinas: 'own district', verifikator: 'own programme in own district' },
  'evaluation.verify': { petugas_dinas: 'own district', verifikator: 'own programme in own district' },
  'evaluation.lock': { petugas_dinas: 'own district', kepala_dinas: 'own district' },
  'window.keep': { petugas_dinas: 'own district', administrator: 'own district' },
  'meeting.arrange': { kepala_puskesmas: 'own unit', ktu: 'own unit' },
  'meeting.record': { kepala_puskesmas: 'own unit', ktu: 'own unit', notulis: 'own unit' },
  'minutes.sign': { kepala_puskesmas: 'own unit' },
  'action.ready': { kepala_puskesmas: 'own unit', ktu: 'own unit' },
  'deviation.accept': { petugas_dinas: 'own district', kepala_dinas: 'own district' },
  'target.set': { petugas_dinas: 'own district', administrator: 'own district' },
  'mapping.keep': { administrator: 'own district' },
  'bundle.draft': { petugas_dinas: 'own district', administrator: 'own district' },
  'layout.keep': { petugas_dinas: 'own district', administrator: 'own district' },
  'bundle.publish': { administrator: 'own district' },
  'directory.import': { administrator: 'own district' },
  'second-factor.remove': { administrator: 'own district' },
  'code.issue': { kepala_puskesmas: 'own unit', ktu: 'own unit', administrator: 'own district' },
  'service-account.keep': { administrator: 'own district' },
  'guest.keep': { kepala_puskesmas: 'own unit', ktu: 'own unit' },
  'audit.view': { auditor: 'own district', administrator: 'own district', kepala_puskesmas: 'own unit' },
  'webhook.manage': { administrator: 'own district' },
  'system.operate': { administrator: 'own district' },
  'api.adhoc': { ...everyOffice, akun_layanan: 'own district' },
} as const satisfies Record<string, Grants>;
export type Operation = keyof typeof MATRIX;

/** What an operation is done to. Leave `unitId` out for a whole district; leave `program` out where no programme is meant. */
export interface Target {
  readonly districtCode: string;
  readonly unitId?: string;
  readonly program?: string;
}

const heldOn = (posts: readonly HeldPost[], today: string): readonly HeldPost[] =>
  posts.filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || validTo >= today));

/** True when one of the posts, held on `today` (local day), allows the operation on the target. */
export const mayDo = (
  posts: readonly HeldPost[],
  operation: Operation,
  target: Target,
  today: string,
): boolean => mayDoToday(heldOn(posts, today), operation, target);

/**
 * True when somebody with these posts, held on `today`, may know that the target is there: a unit that they may see, a
 * district in which they hold a post. What they may not know of is answered as what is not there (decision 0019).
 */
export const mayKnow = (posts: readonly HeldPost[], target: Target, today: string): boolean =>
  mayKnowToday(heldOn(posts, today), target);

/** The same for posts that are known to be held today. */
export const mayKnowToday = (posts: readonly PostOfToday[], target: Target): boolean =>
  target.unitId === undefined
    ? posts.some(({ districtCode }) => districtCode === target.districtCode)
    : mayDoToday(posts, 'unit.view', target);

/** The same for posts that are known to be held today. */
export function mayDoToday(posts: readonly PostOfToday[], operation: Operation, target: Target): boolean {
  const grants: Grants = MATRIX[operation];
  return posts.some((post) => {
    const scope = grants[post.role];
    if (!scope) return false;
    if (post.districtCode !== target.districtCode) return false;
    const { within, programme } = REACH[scope];
    if (within === 'unit' && target.unitId !== post.unitId) return false;
    if (within === 'coaching group' && !post.coaches?.some((unitId) => unitId === target.unitId))
      return false;
    return !programme || post.program === null || post.program === target.program;
  });
}

/** Operations on another person's way of signing in. */
export type Answering = 'second-factor.remove' | 'code.issue';

/**
 * Whether somebody with these posts, all held today, may act on the way of signing in of somebody with those: the
 * operation is granted where each of the others is held, and none of them reaches further. Otherwise whoever hands out
 * a way in could go in themselves, as somebody who may do more.
 * @param theirs every post that is not over, also one that begins later
 */
export function mayAnswerFor(
  posts: readonly PostOfToday[],
  operation: Answering,
  theirs: readonly PostOfToday[],
): 'allowed' | 'forbidden' | 'further reach' {
  const granted = ({ districtCode, unitId }: PostOfToday) =>
    mayDoToday(posts, operation, { districtCode, unitId });
  if (!theirs.some(granted)) return 'forbidden';
  return theirs.every((post) => granted(post) && coversPost(posts, post)) ? 'allowed' : 'further reach';
}

/** Whether these posts allow everything that the other one does; who gives out the posts of a district can have any of them. */
function coversPost(
  posts: readonly PostOfToday[],
  { districtCode, unitId, role, program }: PostOfToday,
): boolean {
  if (mayDoToday(posts, 'directory.import', { districtCode })) return true;
  return (Object.keys(MATRIX) as Operation[]).every((operation) => {
    const grants: Grants = MATRIX[operation];
    const scope = grants[role];
    if (!scope) return true;
    const reach = REACH[scope];
    return mayDoToday(posts, operation, {
      districtCode,
      ...(reach.within === 'unit' && { unitId }),
      ...(reach.programme && program !== null && { program }),
    });
  });
}
