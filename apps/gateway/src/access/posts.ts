import { hash } from 'node:crypto';
import { localDate, dayEnds, ZONES, type Clock, type Zone } from '@lokmin/calendar';
import {
  CoachingGroupState,
  PersonState,
  PostState,
  Viewer,
  type AskReply,
  type Envelope,
} from '@lokmin/contracts';
import { askService, type Bus } from '@lokmin/messaging';
import type { Caller } from './tokens.ts';

export type HeldPost = AskReply<typeof Viewer>['posts'][number] & { readonly coaches: readonly string[] };

interface Known {
  readonly posts: readonly HeldPost[];
  readonly permissions: string;
  readonly until: number;
}

const REMEMBERED_PEOPLE = 20_000;

/** The posts of the people who ask, as the directory says; forgotten when it announces a change, and at midnight. */
export class Posts {
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<readonly HeldPost[]>>();
  #changes = 0;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly deadlineMs: number,
  ) {}

  /**
   * Part of the key of a kept answer. Services decide by posts alone, so people with the same posts may see the same;
   * while the posts are not known, a person shares answers with nobody.
   */
  permissionsOf(personId: string): string {
    const known = this.#known.get(personId);
    if (known && known.until > this.clock.now().getTime()) return known.permissions;
    return `person ${personId}`;
  }

  /** The posts of today, when they are known; costs one look-up. */
  recall(personId: string): readonly HeldPost[] | undefined {
    const known = this.#known.get(personId);
    return known && known.until > this.clock.now().getTime() ? known.posts : undefined;
  }

  /**
   * The caller's posts of today.
   * @throws Refusal, ServiceUnavailable as the directory answers
   */
  async of(caller: Caller): Promise<readonly HeldPost[]> {
    const known = this.recall(caller.personId);
    if (known) return known;
    let asking = this.#asking.get(caller.token);
    if (!asking) {
      asking = this.#ask(caller).finally(() => this.#asking.delete(caller.token));
      this.#asking.set(caller.token, asking);
    }
    return asking;
  }

  async #ask(caller: Caller): Promise<readonly HeldPost[]> {
    const changes = this.#changes;
    const viewer = await askService(
      this.bus,
      Viewer,
      {},
      { token: caller.token, deadlineMs: this.deadlineMs },
    );
    const posts = viewer.posts.map((post) => ({
      ...post,
      coaches: (post.coachingGroup?.units ?? []).map(({ unitId }) => unitId),
    }));
    if (changes === this.#changes) {
      if (this.#known.size >= REMEMBERED_PEOPLE) this.#known.clear();
      const now = this.clock.now();
      this.#known.set(caller.personId, {
        posts,
        permissions: permissionsOf(posts),
        until: nextMidnight(now),
      });
    }
    return posts;
  }

  heard({ type, data }: Pick<Envelope, 'type'> & { data: unknown }): void {
    if (type === CoachingGroupState.type) return this.gap(); // its members are among all the people
    if (type !== PostState.type && type !== PersonState.type) return;
    this.#changes += 1;
    this.#known.delete((data as { personId: string }).personId);
  }

  gap(): void {
    this.#changes += 1;
    this.#known.clear();
  }
}

const permissionsOf = (posts: readonly HeldPost[]): string =>
  hash(
    'sha256',
    posts
      .map(({ unitId, districtCode, role, program, coaches }) =>
        JSON.stringify([unitId, districtCode, role, program, coaches]),
      )
      .sort()
      .join(),
    'base64url',
  );

/** The next midnight in any of the three zones, in milliseconds since 1970: what depends on the day holds until then. */
export const nextMidnight = (now: Date): number =>
  Math.min(...(Object.keys(ZONES) as Zone[]).map((zone) => dayEnds(localDate(now, zone), zone).getTime()));
