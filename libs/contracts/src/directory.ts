import { z } from 'zod';
import { ask, command, page, pageOf } from './ask.ts';
import { day, districtCode, instant, reference } from './fact.ts';

export const TIME_ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;

/** What a post allows is decided by the matrix in `@lokmin/access`. */
export const ROLES = [
  'kepala_puskesmas',
  'ktu',
  'pemegang_program',
  'pelaksana',
  'notulis',
  'petugas_dinas',
  'verifikator',
  'kepala_dinas',
  'auditor',
  'tpcb',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

const district = {
  code: districtCode,
  name: z.string(),
  province: z.string(),
  timeZone: z.enum(TIME_ZONES),
};

const unit = {
  unitId: z.uuid(),
  kind: z.enum(['puskesmas', 'district_office']),
  districtCode,
  /** Seven-digit registration number of a puskesmas; the district code for the district office. Text: zeros count. */
  code: z.string(),
  name: z.string(),
  /** Seat of the puskesmas; null for the district office. */
  kecamatanCode: z.string().nullable(),
  kecamatanName: z.string().nullable(),
  timeZone: z.enum(TIME_ZONES),
  /** First day on which the unit works. */
  validFrom: day,
  /** Last day, or null while it exists. */
  validTo: day.nullable(),
};

const person = {
  personId: z.uuid(),
  /** With titles, as the person writes it; demonstration people are named by their posts. */
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  active: z.boolean(),
};

const post = {
  postId: z.uuid(),
  personId: z.uuid(),
  unitId: z.uuid(),
  districtCode,
  role: z.enum(ROLES),
  /** The programme that a holder is responsible for (`KIA`, `Gizi`, ...); null for all. */
  program: z.string().nullable(),
  title: z.string(),
  validFrom: day,
  validTo: day.nullable(),
};

/** Puskesmas of a district that one team of the district office coaches (TPCB); no klaster of services. */
const coachingGroup = {
  coachingGroupId: z.uuid(),
  districtCode,
  /** Given by the district, once in it. */
  code: z.string(),
  name: z.string(),
};

export const DistrictState = reference(
  'lokmin.ref.directory.district',
  'Whole present state of a district',
  district,
);
export const UnitState = reference(
  'lokmin.ref.directory.unit',
  'Whole present state of a puskesmas or district office',
  unit,
);
export const PersonState = reference(
  'lokmin.ref.directory.person',
  'Whole present state of a person, with addresses',
  {
    ...person,
    /** Since when mail servers refuse the e-mail address; a new address clears it. */
    emailFailedAt: instant.nullable().default(null),
  },
);
export const PostState = reference(
  'lokmin.ref.directory.post',
  'Whole present state of a post: who, where, as what, from when to when',
  {
    ...post,
    /** The group that a member of a coaching team coaches; null for every other role. */
    coachingGroupId: z.uuid().nullable().default(null),
  },
);
export const CoachingGroupState = reference(
  'lokmin.ref.directory.coaching-group',
  'Whole present state of a coaching group, with its puskesmas',
  { ...coachingGroup, unitIds: z.array(z.uuid()) },
);
export const TokenKeyState = reference(
  'lokmin.ref.directory.key',
  'A public key by which access tokens are verified',
  {
    kid: z.string(),
    /** Ed25519 public key as a JWK. */
    publicJwk: z.object({ kty: z.string(), crv: z.string(), x: z.string() }),
    /** Tokens signed by it are refused after this instant. */
    notAfter: instant,
  },
);

const session = z.object({
  /** Ed25519-signed JWT; proves the person, says nothing about posts. */
  accessToken: z.string(),
  accessExpiresAt: instant,
  /** Used once: each refresh gives a new one; use of an old one ends the whole session. */
  refreshToken: z.string(),
  refreshExpiresAt: instant,
  personId: z.uuid(),
});

export const SignIn = ask(
  'directory',
  'sign-in',
  'A person signs in with login and password',
  {
    login: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** What the browser calls itself, so that the person knows the session again. */
    device: z.string().max(300).default(''),
  },
  session,
  'public',
);
export const RefreshSession = ask(
  'directory',
  'refresh-session',
  'Exchanges a refresh token for a new pair',
  { refreshToken: z.string().min(1).max(500) },
  session,
  'public',
);
export const SignOut = ask(
  'directory',
  'sign-out',
  'Ends the session of a refresh token',
  { refreshToken: z.string().min(1).max(500) },
  z.object({ ended: z.boolean() }),
  'public',
);

export const ListSessions = ask(
  'directory',
  'list-sessions',
  'Where the signed-in person is signed in, last used first; at most 100',
  /** The refresh token of this session, where there is one; by it the present session is known. */
  { refreshToken: z.string().min(1).max(500).nullable() },
  z.object({
    items: z.array(
      z.object({
        sessionId: z.uuid(),
        device: z.string(),
        startedAt: instant,
        /** When it was last renewed: at most ten minutes before it was last used. */
        seenAt: instant,
        present: z.boolean(),
      }),
    ),
  }),
);
export const EndSessions = ask(
  'directory',
  'end-sessions',
  'Ends sessions of the signed-in person; access that was given out already lasts ten minutes at most',
  { ...command, sessionIds: z.array(z.uuid()).min(1).max(100) },
  z.object({ ended: z.int() }),
);
export const ChangePassword = ask(
  'directory',
  'change-password',
  'The signed-in person changes the own password; every other session of theirs ends',
  {
    ...command,
    password: z.string().min(1).max(1000),
    newPassword: z.string().min(1).max(1000),
    /** The refresh token of the session that goes on; null: none does. */
    refreshToken: z.string().min(1).max(500).nullable(),
  },
  /** Other sessions that ended. */
  z.object({ ended: z.int() }),
);

/** Puskesmas in order of code. */
const coachedUnits = z.array(z.object({ unitId: z.uuid(), code: z.string(), name: z.string() }));
const viewerPost = z.object({
  ...post,
  unitCode: z.string(),
  unitName: z.string(),
  /** Null for every role but that of a member of a coaching team. */
  coachingGroup: z
    .object({ ...coachingGroup, units: coachedUnits })
    .nullable()
    .default(null),
});
export const Viewer = ask(
  'directory',
  'viewer',
  'The signed-in person and their posts of today',
  {},
  z.object({ ...person, posts: z.array(viewerPost) }),
);

export const UnitView = z.object({ ...unit, revision: z.int() });
export const FindUnit = ask(
  'directory',
  'find-unit',
  'One unit by its id or code; null when unknown or not visible',
  { unitId: z.uuid().nullable(), code: z.string().nullable() },
  z.object({ unit: UnitView.nullable() }),
);
export const ListUnits = ask(
  'directory',
  'list-units',
  'Units of a district in order of code',
  { districtCode, ...page },
  pageOf(UnitView),
);
export const ListPeople = ask(
  'directory',
  'list-people',
  'People with a post of today in a unit, for choosing an owner',
  { unitId: z.uuid(), ...page },
  pageOf(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      title: z.string(),
      role: z.enum(ROLES),
      program: z.string().nullable(),
    }),
  ),
);

export const ListCoachingGroups = ask(
  'directory',
  'list-coaching-groups',
  'Coaching groups of a district, or the one with an id, of which the caller may see every puskesmas; in order of code',
  { districtCode: districtCode.nullable(), coachingGroupId: z.uuid().nullable() },
  z.object({ items: z.array(z.object({ ...coachingGroup, units: coachedUnits })) }),
);

/** Rows of a directory import; the same rows again change nothing. All or nothing. */
export const ImportDirectory = ask(
  'directory',
  'import-directory',
  'Districts, units, coaching groups, villages and people with posts, from CSV files; all or nothing',
  {
    ...command,
    files: z
      .array(
        z.object({
          kind: z.enum(['units', 'coaching-groups', 'villages', 'people']),
          name: z.string(),
          content: z.string(),
        }),
      )
      .min(1)
      .max(4),
    /** Set for new people without a password of their own (demonstration only); null: they get none and cannot sign in yet. */
    initialPassword: z.string().min(12).nullable(),
  },
  z.object({
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    errors: z.array(
      z.object({
        file: z.string(),
        row: z.int(),
        column: z.string().nullable(),
        message: z.object({ id: z.string(), en: z.string() }),
      }),
    ),
  }),
);

export const directoryRefusals = {
  'sign-in.wrong': {
    id: 'Nama pengguna atau kata sandi salah. Periksa lalu coba lagi.',
    en: 'Login or password is wrong. Check them and try again.',
  },
  'sign-in.locked': {
    id: 'Terlalu banyak percobaan. Coba lagi dalam {seconds} detik.',
    en: 'Too many attempts. Try again in {seconds} seconds.',
  },
  'session.ended': {
    id: 'Sesi telah berakhir. Silakan masuk kembali.',
    en: 'The session has ended. Please sign in again.',
  },
  'password.weak': {
    id: 'Kata sandi baru memerlukan sedikitnya {least} karakter, selain spasi di awal dan akhirnya, dan tidak memuat nama pengguna.',
    en: 'The new password needs at least {least} characters, spaces at its ends not counted, and does not contain the login.',
  },
  'password.unchanged': {
    id: 'Kata sandi baru sama dengan yang sekarang. Pilih yang lain.',
    en: 'The new password is the same as the present one. Choose another.',
  },
  'password.wrong': {
    id: 'Kata sandi sekarang salah. Periksa lalu coba lagi.',
    en: 'The present password is wrong. Check it and try again.',
  },
  'import.rows': {
    id: 'Berkas memuat {count} kesalahan; tidak ada yang disimpan. Perbaiki baris yang disebut lalu unggah kembali.',
    en: 'Errors in the file: {count}; nothing was saved. Mend the rows named and upload it again.',
  },
} as const;
