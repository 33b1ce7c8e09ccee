/** What a post is, as far as access is concerned. */
export interface PostOfToday {
  readonly unitId: string;
  readonly districtCode: string;
  readonly role: Role;
  /** The programme it is responsible for; null: all. */
  readonly program: string | null;
}
/** A post with the local days on which it begins and ends. */
export interface HeldPost extends PostOfToday {
  readonly validFrom: string;
  readonly validTo: string | null;
}
export type Role =
  'kepala_puskesmas' | 'ktu' | 'pemegang_program' | 'pelaksana' | 'petugas_dinas' | 'administrator';

/** How far a grant reaches, seen from the unit where the post is held. */
type Scope = 'own unit' | 'own programme in own unit' | 'own district';
type Grants = Partial<Record<Role, Scope>>;

const everybodyInTheUnit: Grants = {
  kepala_puskesmas: 'own unit',
  ktu: 'own unit',
  pemegang_program: 'own unit',
  pelaksana: 'own unit',
  petugas_dinas: 'own district',
  administrator: 'own district',
};

/** Who may do what, how far. What is not named here is refused. */
export const MATRIX = {
  'district.view': { petugas_dinas: 'own district', administrator: 'own district' },
  'unit.view': everybodyInTheUnit,
  'people.view': everybodyInTheUnit,
  'values.record': {
    kepala_puskesmas: 'own unit',
    pemegang_program: 'own programme in own unit',
    administrator: 'own district',
  },
  'evaluation.submit': { kepala_puskesmas: 'own unit' },
  'evaluation.return': { petugas_dinas: 'own district' },
  'meeting.arrange': { kepala_puskesmas: 'own unit', ktu: 'own unit' },
  'minutes.sign': { kepala_puskesmas: 'own unit' },
  'action.ready': { kepala_puskesmas: 'own unit', ktu: 'own unit' },
  'bundle.publish': { administrator: 'own district' },
  'directory.import': { administrator: 'own district' },
  'system.operate': { administrator: 'own district' },
} as const satisfies Record<string, Grants>;
export type Operation = keyof typeof MATRIX;

/** What an operation is done to. Leave `unitId` out for a whole district; leave `program` out where no programme is meant. */
export interface Target {
  readonly districtCode: string;
  readonly unitId?: string;
  readonly program?: string;
}

/** True when one of the posts, held on `today` (local day), allows the operation on the target. */
export function mayDo(
  posts: readonly HeldPost[],
  operation: Operation,
  target: Target,
  today: string,
): boolean {
  const held = posts.filter(
    ({ validFrom, validTo }) => validFrom <= today && (validTo === null || validTo >= today),
  );
  return mayDoToday(held, operation, target);
}

/** The same for posts that are known to be held today. */
export function mayDoToday(posts: readonly PostOfToday[], operation: Operation, target: Target): boolean {
  const grants: Grants = MATRIX[operation];
  return posts.some((post) => {
    const scope = grants[post.role];
    if (!scope) return false;
    if (post.districtCode !== target.districtCode) return false;
    if (scope === 'own district') return true;
    if (target.unitId !== post.unitId) return false;
    return scope === 'own unit' || post.program === null || post.program === target.program;
  });
}
