import type { Role } from '@lokmin/contracts';

/** A post that may make its holder a recipient. */
export interface HeldPost {
  readonly personId: string;
  readonly role: Role;
  /** Null: all programmes. */
  readonly program: string | null;
}

/** In which capacity a person is told of an evaluation; it decides the wording. */
export type Concern =
  | { readonly as: 'leader' }
  | { readonly as: 'district' }
  /** `programs` is null for a holder of all. */
  | { readonly as: 'programme'; readonly programs: readonly string[] | null };

/**
 * Who is told of an evaluation, each once: head and head of administration of the puskesmas, officers and
 * verifiers of the district, and holders of a programme. Of a submission only those holders and verifiers of a
 * programme are told whose programme is in it; a return says
 * nothing of programmes and concerns all of them. A person with several posts is told as the first of these.
 * Who did it themselves needs no telling.
 * @param programs programmes of the indicators judged; null when the news does not say
 */
export function concernedByEvaluation(
  posts: readonly HeldPost[],
  actor: string | null,
  programs: ReadonlySet<string> | null,
): Map<string, Concern> {
  const isIn = (program: string) => programs?.has(program) ?? true;
  const isOfOffice = ({ role, program }: HeldPost) =>
    role === 'petugas_dinas' || (role === 'verifikator' && (program === null || isIn(program)));
  const concerned = new Map<string, Concern>();
  for (const personId of new Set(posts.map((post) => post.personId))) {
    if (personId === actor) continue;
    const own = posts.filter((post) => post.personId === personId);
    const roles = own.map(({ role }) => role);
    if (roles.includes('kepala_puskesmas') || roles.includes('ktu'))
      concerned.set(personId, { as: 'leader' });
    else if (own.some(isOfOffice)) concerned.set(personId, { as: 'district' });
    else {
      const held = own.filter(({ role }) => role === 'pemegang_program').map(({ program }) => program);
      const all = held.includes(null);
      const inIt = held.filter((program) => program !== null && isIn(program)) as string[];
      if (all || inIt.length > 0)
        concerned.set(personId, { as: 'programme', programs: all ? null : [...new Set(inIt)].sort() });
    }
  }
  return concerned;
}

/** In which capacity a person is told of an action. */
export type Part = 'owner' | 'former owner' | 'head';

/** What is told of an action. */
export type ActionNews = 'readied' | 'completed' | 'overdue';

/** Whether the heads of the puskesmas are told; otherwise nobody needs to know who they are. */
export const concernsHeads = (what: ActionNews): boolean => what !== 'readied';

/**
 * Who is told what happened to an action, each once. Who did it themselves needs no telling. Proposals and their
 * withdrawal are told by the messages about their evaluation.
 */
export function concernedByAction(
  what: ActionNews,
  people: { owner: string | null; formerOwner: string | null; heads: readonly string[] },
  actor: string | null,
): Map<string, Part> {
  const concerned = new Map<string, Part>();
  const tell = (part: Part, ...persons: (string | null)[]) => {
    for (const person of persons)
      if (person !== null && person !== actor && !concerned.has(person)) concerned.set(person, part);
  };
  if (what !== 'completed') tell('owner', people.owner);
  if (what === 'readied') tell('former owner', people.formerOwner);
  if (concernsHeads(what)) tell('head', ...people.heads);
  return concerned;
}

/** What is told of a meeting. */
export type MeetingNews = 'scheduled' | 'moved' | 'cancelled' | 'missed' | 'signed';

/** The roles whose holders are told: everybody in the unit is invited; what became of a month concerns its leaders and the district. */
export const concernedByMeeting = (what: MeetingNews): Role[] =>
  what === 'missed' || what === 'signed'
    ? ['kepala_puskesmas', 'ktu', 'petugas_dinas']
    : ['kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis'];
