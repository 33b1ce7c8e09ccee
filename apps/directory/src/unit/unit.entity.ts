import { TIME_ZONES } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('district')
@Check('district_code_shape', `code ~ '^[0-9]{2}[.][0-9]{2}$'`)
@Check('district_time_zone', `time_zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')`)
@Check('district_revision', 'revision > 0')
export class District {
  /** As Kemendagri writes it, `19.06`. */
  @PrimaryColumn('text')
  code: string;
  @Column('text')
  name: string;
  @Column('text')
  province: string;
  @Column('text', { name: 'time_zone' })
  timeZone: (typeof TIME_ZONES)[number];
  @Column('integer')
  revision: number;
}

/** Puskesmas that one team of the district office coaches (TPCB). */
@Entity('coaching_group')
@Unique('coaching_group_code_once', ['districtCode', 'code'])
@Check('coaching_group_revision', 'revision > 0')
export class CoachingGroup {
  @PrimaryColumn('uuid', { name: 'coaching_group_id' })
  coachingGroupId: string;
  @Column('text', { name: 'district_code' })
  @ForeignKey(() => District, 'code', { name: 'coaching_group_district' })
  districtCode: string;
  @Column('text')
  code: string;
  @Column('text')
  name: string;
  @Column('integer')
  revision: number;
}

export const UNIT_KINDS = ['puskesmas', 'district_office'] as const;

@Entity('unit')
@Unique('unit_code_once', ['code'])
@Check('unit_kind', `kind IN ('puskesmas', 'district_office')`)
@Check('unit_code_shape', `CASE kind WHEN 'puskesmas' THEN code ~ '^[0-9]{7}$' ELSE code = district_code END`)
@Check('unit_kecamatan', `(kind = 'puskesmas') = (kecamatan_code IS NOT NULL AND kecamatan_name IS NOT NULL)`)
@Check(
  'unit_kecamatan_in_district',
  `kecamatan_code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$' AND left(kecamatan_code, 5) = district_code`,
)
@Check('unit_coached', `coaching_group_id IS NULL OR kind = 'puskesmas'`)
@Check('unit_validity', 'valid_to >= valid_from')
@Check('unit_revision', 'revision > 0')
export class Unit {
  @PrimaryColumn('uuid', { name: 'unit_id' })
  unitId: string;
  @Column('text')
  kind: (typeof UNIT_KINDS)[number];
  @Column('text', { name: 'district_code' })
  @ForeignKey(() => District, 'code', { name: 'unit_district' })
  @Index('unit_by_district')
  districtCode: string;
  /** Seven-digit registration number of a puskesmas; the district code for the district office. */
  @Column('text')
  code: string;
  @Column('text')
  name: string;
  @Column('text', { name: 'kecamatan_code', nullable: true })
  kecamatanCode: string | null;
  @Column('text', { name: 'kecamatan_name', nullable: true })
  kecamatanName: string | null;
  /** A puskesmas is in one group at most. */
  @Column('uuid', { name: 'coaching_group_id', nullable: true })
  @ForeignKey(() => CoachingGroup, 'coachingGroupId', { name: 'unit_coaching_group' })
  @Index('unit_by_coaching_group')
  coachingGroupId: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom: string;
  @Column('date', { name: 'valid_to', nullable: true })
  validTo: string | null;
  @Column('integer')
  revision: number;
}

/** Other numbers by which a unit is known, each under its scheme. */
export const IDENTIFIER_SCHEMES = ['bps', 'old_code', 'bpjs', 'satusehat', 'dhis2'] as const;

@Entity('unit_identifier')
@Index('unit_identifier_one_present', ['unitId', 'scheme'], { unique: true, where: 'valid_to IS NULL' })
@Index('unit_identifier_not_shared', ['scheme', 'value'], { unique: true, where: 'valid_to IS NULL' })
@Check('unit_identifier_scheme', `scheme IN ('bps', 'old_code', 'bpjs', 'satusehat', 'dhis2')`)
@Check('unit_identifier_validity', 'valid_to >= valid_from')
export class UnitIdentifier {
  @PrimaryColumn('uuid', { name: 'unit_id' })
  @ForeignKey(() => Unit, 'unitId', { name: 'unit_identifier_unit' })
  unitId: string;
  @PrimaryColumn('text')
  scheme: (typeof IDENTIFIER_SCHEMES)[number];
  @PrimaryColumn('date', { name: 'valid_from' })
  validFrom: string;
  @Column('text')
  value: string;
  /** Last day on which it stood for the unit; null while it does. */
  @Column('date', { name: 'valid_to', nullable: true })
  validTo: string | null;
}

@Entity('village')
@Unique('village_name_once', ['unitId', 'name'])
@Unique('village_code_once', ['code'])
@Check('village_code_shape', `code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][0-9]{4}$'`)
export class Village {
  @PrimaryColumn('uuid', { name: 'village_id' })
  villageId: string;
  @Column('uuid', { name: 'unit_id' })
  @ForeignKey(() => Unit, 'unitId', { name: 'village_unit' })
  unitId: string;
  /** As Kemendagri writes it, `19.06.01.2001`; null: not known. */
  @Column('text', { nullable: true })
  code: string | null;
  @Column('text')
  name: string;
  /** Made up, because the published source gives only a count. Shown with the name. */
  @Column('boolean')
  synthetic: boolean;
}
