import { globalId, type Role as RoleName } from '@lokmin/contracts';
import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Node, PagePart } from '../graphql/text.ts';
import type { KnownUnit } from '../graphql/services.ts';

export enum Role {
  KEPALA_PUSKESMAS = 'kepala_puskesmas',
  KTU = 'ktu',
  PEMEGANG_PROGRAM = 'pemegang_program',
  PELAKSANA = 'pelaksana',
  NOTULIS = 'notulis',
  PETUGAS_DINAS = 'petugas_dinas',
  VERIFIKATOR = 'verifikator',
  KEPALA_DINAS = 'kepala_dinas',
  AUDITOR = 'auditor',
  TPCB = 'tpcb',
  AKUN_LAYANAN = 'akun_layanan',
  ADMINISTRATOR = 'administrator',
}
registerEnumType(Role, { name: 'Role' });
export const toRole = (role: RoleName): Role => Role[role.toUpperCase() as Uppercase<RoleName>];

@ObjectType({ implements: () => [Node] })
export class Puskesmas implements Node {
  readonly __typename = 'Puskesmas';
  @Field({ description: 'Registration number, seven digits.' }) code: string;
  @Field() name: string;
  readonly unitId: string;
  /** Null where the reply that named the puskesmas did not say. */
  readonly knownZone: string | null;

  constructor({ unitId, code, name, timeZone }: Omit<KnownUnit, 'districtCode'>) {
    this.unitId = unitId;
    this.code = code;
    this.name = name;
    this.knownZone = timeZone ?? null;
  }

  get id(): string {
    return globalId('Puskesmas', this.unitId);
  }
}

@ObjectType({ description: 'Somebody who can be made the owner of an action.' })
export class PersonChoice {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field() title: string;
  @Field(() => Role) role: Role;
  @Field(() => String, { nullable: true }) program: string | null;
}
@ObjectType()
export class PersonEdge {
  @Field() cursor: string;
  @Field(() => PersonChoice) node: PersonChoice;
}
@ObjectType()
export class PeoplePart extends PagePart {
  @Field(() => [PersonChoice], { nullable: true }) nodes?: PersonChoice[] | null;
  @Field(() => [PersonEdge], { nullable: true }) edges?: PersonEdge[] | null;
}
