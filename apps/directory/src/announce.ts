import {
  CoachingGroupState,
  DistrictState,
  GuestState,
  PersonState,
  PostState,
  TokenKeyState,
  UnitState,
  type FactType,
} from '@lokmin/contracts';
import type { About, Tx } from '@lokmin/messaging';
import type { KnownVillage, Roster } from '@lokmin/service';
import type { z } from 'zod';
import type { Guest, GuestLink } from './guest/guest.entity.ts';
import type { Person, Post } from './person/person.entity.ts';
import type { TokenKey } from './session/session.entity.ts';
import { Village, type CoachingGroup, type District, type Unit } from './unit/unit.entity.ts';

/**
 * Announces whole present states. The directory's own roster learns each in the same transaction, so that here, and
 * only here, a decision is never behind the tables: the first administrator may act at once.
 */
export class Announcer {
  constructor(
    private readonly tx: Tx,
    private readonly roster: Roster,
  ) {}

  district({ code, name, province, timeZone, revision }: District): Promise<void> {
    const about = { id: code, revision, districtCode: code, unitId: null };
    return this.#tell(DistrictState, about, { code, name, province, timeZone });
  }

  async unit(unit: Unit, district: District): Promise<void> {
    const about = {
      id: unit.unitId,
      revision: unit.revision,
      districtCode: unit.districtCode,
      unitId: unit.unitId,
    };
    const villages = await villagesOf(unit, this.tx);
    return this.#tell(UnitState, about, { ...unitState(unit, district), villages });
  }

  coachingGroup(group: CoachingGroup, unitIds: string[]): Promise<void> {
    const { coachingGroupId, districtCode, code, name, revision } = group;
    return this.#tell(
      CoachingGroupState,
      { id: coachingGroupId, revision, districtCode, unitId: null },
      { coachingGroupId, districtCode, code, name, unitIds },
    );
  }

  person({ personId, name, email, emailFailedAt, phone, active, revision }: Person): Promise<void> {
    const about = { id: personId, revision, districtCode: null, unitId: null };
    const failed = emailFailedAt?.toISOString() ?? null;
    return this.#tell(PersonState, about, { personId, name, email, emailFailedAt: failed, phone, active });
  }

  post(post: Post, { districtCode }: Unit): Promise<void> {
    const { postId, personId, unitId, role, program, title, validFrom, validTo, coachingGroupId, revision } =
      post;
    return this.#tell(
      PostState,
      { id: postId, revision, districtCode, unitId },
      { postId, personId, unitId, districtCode, role, program, title, validFrom, validTo, coachingGroupId },
    );
  }

  /** @param links those that open */
  guest(
    { guestId, unitId, districtCode, name, office, endedAt, revision }: Guest,
    links: readonly GuestLink[],
  ): Promise<void> {
    return this.#tell(
      GuestState,
      { id: guestId, revision, districtCode, unitId },
      {
        guestId,
        unitId,
        districtCode,
        name,
        office,
        active: endedAt === null,
        links: links.map(({ linkId, purpose, aboutId, expiresAt }) => ({
          linkId,
          purpose,
          aboutId,
          expiresAt: expiresAt.toISOString(),
        })),
      },
    );
  }

  key({ kid, publicJwk, notAfter, revision }: TokenKey): Promise<void> {
    const about = { id: kid, revision, districtCode: null, unitId: null };
    return this.#tell(TokenKeyState, about, { kid, publicJwk, notAfter: notAfter.toISOString() });
  }

  async #tell<F extends FactType>(fact: F, about: About, data: z.infer<F['data']>): Promise<void> {
    this.tx.announce(fact, about, data);
    await this.roster.learn({ type: fact.type, revision: about.revision, data } as never, this.tx);
  }
}

/** The villages of a unit as others see them, in order of code, then name; those without code last. */
export async function villagesOf({ unitId }: Unit, { manager }: Tx): Promise<KnownVillage[]> {
  const villages = await manager.find(Village, {
    where: { unitId },
    order: { code: { direction: 'ASC', nulls: 'LAST' }, name: 'ASC' },
  });
  return villages.map(({ villageId, code, name }) => ({ villageId, code, name }));
}

/** A unit as others see it; its time zone is that of its district. */
export const unitState = (
  unit: Unit,
  { timeZone }: District,
): Omit<z.infer<typeof UnitState.data>, 'villages'> => ({
  unitId: unit.unitId,
  kind: unit.kind,
  districtCode: unit.districtCode,
  code: unit.code,
  name: unit.name,
  kecamatanCode: unit.kecamatanCode,
  kecamatanName: unit.kecamatanName,
  timeZone,
  validFrom: unit.validFrom,
  validTo: unit.validTo,
});
