import { z } from 'zod';
import { ask, command, expectedRevision, page, pageOf } from './ask.ts';
import { day, districtCode, instant, reference } from './fact.ts';
import { oneLine } from './fields.ts';

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
  'akun_layanan',
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

/** A village or urban ward (*desa*, *kelurahan*) that a puskesmas serves. */
const village = z.object({
  villageId: z.uuid(),
  /** As Kemendagri writes it, `19.06.01.2001`; null: not known. */
  code: z.string().nullable(),
  name: z.string(),
});

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
  'Whole present state of a puskesmas or district office, with its villages',
  {
    ...unit,
    /** In order of code, then name; none for a district office. */
    villages: z.array(village).default([]),
  },
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
/** What the link of a guest is good for, one thing each: to report on the action `aboutId`. */
export const GUEST_PURPOSES = ['report-action'] as const;
/** A link is good for so many days at most. */
export const GUEST_LINK_DAYS = 90;
const guestLink = {
  linkId: z.uuid(),
  purpose: z.enum(GUEST_PURPOSES),
  aboutId: z.uuid(),
  expiresAt: instant,
};
/** Somebody of another sector, who has no account: of the subdistrict, a village, a school. */
const guest = {
  guestId: z.uuid(),
  /** The puskesmas that keeps the guest. */
  unitId: z.uuid(),
  districtCode,
  name: z.string(),
  /** Where the guest comes from. */
  office: z.string(),
};
export const GuestState = reference(
  'lokmin.ref.directory.guest',
  'Whole present state of a guest, without the telephone number, and the links that are neither revoked nor expired',
  { ...guest, active: z.boolean(), links: z.array(z.object(guestLink)) },
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
export type OpenedSession = z.infer<typeof session>;

/** The key of a second factor, for the person's application. */
const factorKey = z.object({
  /** In Base32, in groups of four characters, to type. */
  key: z.string(),
  /** `otpauth://...`, for a QR code. */
  address: z.string(),
});
const secondStep = z.object({
  /** Proves that the password was right, to `complete-sign-in` alone. */
  challenge: z.string(),
  challengeExpiresAt: instant,
  /** For somebody whose posts demand a second factor and who has none yet; null: they have one. */
  setUp: factorKey.nullable(),
});
export type SecondStep = z.infer<typeof secondStep>;

/** Limits how often one login, and one address, may try: where the request came from; null: not from outside. */
const address = z.string().min(1).max(100).nullable().default(null);
export const SignIn = ask(
  'directory',
  'sign-in',
  'A person signs in with login and password; who has a second factor, or must have one, gets no session yet',
  {
    login: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** What the browser calls itself, so that the person knows the session again. */
    device: z.string().max(300).default(''),
    address,
  },
  z.union([session, secondStep]),
  'public',
);
/** A code of an application, or a recovery code, as a person types it. */
const typedCode = z.string().min(1).max(100);
export const CompleteSignIn = ask(
  'directory',
  'complete-sign-in',
  'The second step of a sign-in: a code of the application, or a recovery code',
  {
    challenge: z.string().min(1).max(200),
    code: typedCode,
    device: z.string().max(300).default(''),
    address,
  },
  session.extend({
    /** Shown once, where the factor was set up by this sign-in. */
    recoveryCodes: z.array(z.string()).nullable(),
  }),
  'public',
);
export const UseCode = ask(
  'directory',
  'use-code',
  'A person sets a password with a one-time code and signs in; sessions that were open end',
  {
    login: z.string().min(1).max(200),
    code: typedCode,
    newPassword: z.string().min(1).max(1000),
    device: z.string().max(300).default(''),
    address,
  },
  z.union([session, secondStep]),
  'public',
);
export const SingleSignOn = ask(
  'directory',
  'single-sign-on',
  'Whether people may sign in with the account of another system',
  {},
  /** What people call that system; null: there is none. */
  z.object({ name: z.string().nullable() }),
  'public',
);
export const StartSingleSignOn = ask(
  'directory',
  'start-single-sign-on',
  'Begins a sign-in at the OpenID Connect provider',
  { address },
  z.object({
    /** Where the browser goes. */
    address: z.string(),
    /** Kept by the browser in a cookie that no script reads: what comes back is taken from this browser alone. */
    binding: z.string(),
    expiresAt: instant,
  }),
  'public',
);
export const FinishSingleSignOn = ask(
  'directory',
  'finish-single-sign-on',
  'Takes what the OpenID Connect provider sent back with the person, once, and signs in',
  {
    /** The query of the address to which the browser came back. */
    answer: z.string().max(8_000),
    binding: z.string().max(200),
    device: z.string().max(300).default(''),
    address,
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
export const SecondFactor = ask(
  'directory',
  'second-factor',
  'How the second factor of the signed-in person stands',
  {},
  z.object({
    /** When it was turned on; null: it is off. */
    since: instant.nullable(),
    /** A post of today demands it. */
    required: z.boolean(),
    recoveryCodesLeft: z.int(),
  }),
);
export const StartSecondFactor = ask(
  'directory',
  'start-second-factor',
  'Shows the signed-in person a new key for the second factor; it counts once confirmed',
  {
    ...command,
    password: z.string().min(1).max(1000),
    /** Needed while a factor is on. */
    code: typedCode.nullable(),
  },
  factorKey,
);
export const ConfirmSecondFactor = ask(
  'directory',
  'confirm-second-factor',
  'Turns the key that was shown on by its first code; every other session of the person ends',
  {
    ...command,
    code: typedCode,
    /** The refresh token of the session that goes on; null: none does. */
    refreshToken: z.string().min(1).max(500).nullable(),
  },
  z.object({ recoveryCodes: z.array(z.string()), ended: z.int() }),
);
export const TurnOffSecondFactor = ask(
  'directory',
  'turn-off-second-factor',
  'The signed-in person turns the second factor off',
  { ...command, password: z.string().min(1).max(1000), code: typedCode },
  z.object({ off: z.boolean() }),
);
export const RemoveSecondFactor = ask(
  'directory',
  'remove-second-factor',
  'Takes the second factor off somebody who lost it; their sessions end',
  { ...command, personId: z.uuid() },
  z.object({ removed: z.boolean(), ended: z.int() }),
);

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

export const ListAccounts = ask(
  'directory',
  'list-accounts',
  'How the people with a post of today in a unit sign in, for whoever issues one-time codes there',
  { unitId: z.uuid(), ...page },
  pageOf(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      title: z.string(),
      login: z.string(),
      /** False: nobody signed in with it yet, or could. */
      hasPassword: z.boolean(),
      hasSecondFactor: z.boolean(),
      /** Until when a code that was issued and not used is good. */
      codeExpiresAt: instant.nullable(),
      /** The caller may issue a code to this person. */
      mayIssue: z.boolean(),
    }),
  ),
);
/** Days for which a one-time code may be good. */
export const CODE_DAYS = { least: 1, most: 30 };
export const IssueCodes = ask(
  'directory',
  'issue-codes',
  'Issues a one-time code to each person, all or none; an older one of theirs is good no more',
  {
    ...command,
    personIds: z.array(z.uuid()).min(1).max(200),
    validDays: z.int().min(CODE_DAYS.least).max(CODE_DAYS.most),
  },
  z.object({
    slips: z.array(
      z.object({
        personId: z.uuid(),
        name: z.string(),
        title: z.string(),
        unitName: z.string(),
        login: z.string(),
        /** Shown only here. */
        code: z.string(),
        expiresAt: instant,
      }),
    ),
  }),
);

const serviceAccount = z.object({
  /** It is a person to every service: the one in whose name the program acts. */
  serviceAccountId: z.uuid(),
  districtCode,
  login: z.string(),
  name: z.string(),
  role: z.enum(['akun_layanan', 'auditor']),
  /** The last local day on which it may sign in and read. */
  expiresOn: day,
  madeAt: instant,
  /** When it last signed in, which it does every ten minutes while it works. */
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  revision: z.int(),
  /** Those by which it may sign in at present, the newest first; never the secrets themselves. */
  secrets: z.array(z.object({ madeAt: instant, endsAt: instant.nullable(), lastUsedAt: instant.nullable() })),
});
/** The secret is told once, with the first answer to the command, and kept nowhere: null when the command is sent again. */
const withSecret = z.object({ account: serviceAccount, secret: z.string().nullable() });
export const ListServiceAccounts = ask(
  'directory',
  'list-service-accounts',
  'Service accounts of a district, the newest first; at most 200',
  { districtCode },
  z.object({ items: z.array(serviceAccount) }),
);
export const MakeServiceAccount = ask(
  'directory',
  'make-service-account',
  'An account by which a program of the district reads',
  {
    ...command,
    districtCode,
    login: z.stringFormat('login', /^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/),
    name: oneLine(100),
    role: z.enum(['akun_layanan', 'auditor']),
    expiresOn: day,
  },
  withSecret,
);
export const RenewServiceSecret = ask(
  'directory',
  'renew-service-secret',
  'A new secret for a service account; the ones before hold for some hours more, so that the program can be changed over',
  { ...command, ...expectedRevision, serviceAccountId: z.uuid(), oldHoldsHours: z.int().min(0).max(168) },
  withSecret,
);
export const RevokeServiceAccount = ask(
  'directory',
  'revoke-service-account',
  'Ends a service account at once: what it was given already opens nothing any more',
  { ...command, ...expectedRevision, serviceAccountId: z.uuid() },
  serviceAccount,
);
export const SignInService = ask(
  'directory',
  'sign-in-service',
  'A program signs in with the login and a secret of a service account',
  { login: z.string().min(1).max(200), secret: z.string().min(1).max(200), address },
  z.object({ accessToken: z.string(), accessExpiresAt: instant, personId: z.uuid() }),
  'public',
);

const guestView = z.object({
  ...guest,
  /** Null where there is none, and for those who see guests and do not keep them. */
  phone: z.string().nullable(),
  endedAt: instant.nullable(),
  revision: z.int(),
  /** Those that are not revoked, the newest first; never their secrets. */
  links: z.array(z.object({ ...guestLink, madeAt: instant, lastOpenedAt: instant.nullable() })),
});
/** What a puskesmas writes down of a guest. */
const guestCard = { name: oneLine(100), office: oneLine(100), phone: oneLine(30).nullable() };
export const ListGuests = ask(
  'directory',
  'list-guests',
  'Guests of a puskesmas: by name, those who have ended last; at most 200',
  { unitId: z.uuid() },
  z.object({ items: z.array(guestView) }),
);
export const AddGuest = ask(
  'directory',
  'add-guest',
  'Writes down somebody of another sector, who needs no account',
  { ...command, unitId: z.uuid(), ...guestCard },
  guestView,
);
export const ChangeGuest = ask(
  'directory',
  'change-guest',
  'Corrects name, office or telephone number of a guest',
  { ...command, ...expectedRevision, guestId: z.uuid(), ...guestCard },
  guestView,
);
export const EndGuest = ask(
  'directory',
  'end-guest',
  'Ends a guest, who can be chosen no more; every link of theirs is revoked',
  { ...command, ...expectedRevision, guestId: z.uuid() },
  guestView,
);
export const IssueGuestLink = ask(
  'directory',
  'issue-guest-link',
  'Issues a link to a guest for one thing; one that was issued for the same before is revoked',
  {
    ...command,
    guestId: z.uuid(),
    purpose: z.enum(GUEST_PURPOSES),
    aboutId: z.uuid(),
    /** The last local day on which it opens. */
    expiresOn: day,
  },
  /** The secret is told once, with the first answer to the command, and kept nowhere: null when the command is sent again. */
  z.object({ guest: guestView, secret: z.string().nullable() }),
);
export const RevokeGuestLink = ask(
  'directory',
  'revoke-guest-link',
  'Ends a link of a guest; what it was exchanged for already opens nothing any more',
  { ...command, linkId: z.uuid() },
  guestView,
);
export const OpenGuestLink = ask(
  'directory',
  'open-guest-link',
  'Exchanges the secret of a link for an access token that is good for what the link is good for, for ten minutes',
  { secret: z.string().min(1).max(200), address },
  z.object({ accessToken: z.string(), accessExpiresAt: instant }),
  'public',
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
  'sign-in.step-ended': {
    id: 'Langkah kedua terlalu lama, atau sudah dipakai. Masuk lagi dengan kata sandi.',
    en: 'The second step took too long, or was taken already. Sign in again with your password.',
  },
  'second-factor.wrong': {
    id: 'Kode itu salah, sudah lewat, atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi. Pastikan jam telepon diatur otomatis.',
    en: 'The code is wrong, too old, or was used already. Wait for the next one in the application and try again. Let the telephone set its clock by itself.',
  },
  'second-factor.code-needed': {
    id: 'Verifikasi dua langkah sudah aktif. Untuk menggantinya isi juga kode yang sekarang.',
    en: 'Two-step verification is on. To change it, give a present code too.',
  },
  'second-factor.offer-ended': {
    id: 'Kunci itu sudah tidak berlaku. Mulai lagi untuk mendapatkan yang baru.',
    en: 'That key is no longer valid. Start again to get a new one.',
  },
  'second-factor.codes-shown': {
    id: 'Verifikasi dua langkah sudah aktif; kode pemulihannya hanya ditampilkan sekali. Bila kode itu tidak sempat disimpan, mulai lagi untuk mendapatkan yang baru.',
    en: 'Two-step verification is on; its recovery codes are shown only once. If you could not keep them, start again to get new ones.',
  },
  'second-factor.off': {
    id: 'Verifikasi dua langkah tidak aktif.',
    en: 'Two-step verification is not on.',
  },
  'second-factor.required': {
    id: 'Jabatan Anda mewajibkan verifikasi dua langkah. Telepon dapat diganti, tetapi verifikasi tidak dapat dimatikan.',
    en: 'Your posts demand two-step verification. The telephone can be changed, but it cannot be turned off.',
  },
  'second-factor.own': {
    id: 'Verifikasi dua langkah milik sendiri dimatikan di halaman akun, dengan kata sandi dan kode.',
    en: 'Your own two-step verification is turned off on the account page, with password and code.',
  },
  'sso.off': {
    id: 'Masuk dengan akun lain tidak disediakan di sini. Masuk dengan nama pengguna dan kata sandi.',
    en: 'Single sign-on is not set up here. Sign in with login and password.',
  },
  'sso.unreachable': {
    id: 'Layanan akun yang dipakai untuk masuk sedang tidak menjawab. Coba lagi, atau masuk dengan kata sandi.',
    en: 'The account service does not answer at present. Try again, or sign in with a password.',
  },
  'sso.attempt-ended': {
    id: 'Proses masuk itu terlalu lama, sudah dipakai, atau dimulai di peramban lain. Mulai lagi dari halaman masuk.',
    en: 'That sign-in took too long, was used already, or began in another browser. Begin again on the sign-in page.',
  },
  'sso.refused': {
    id: 'Layanan akun tidak memberikan identitas Anda. Mulai lagi; bila tetap gagal, hubungi administrator.',
    en: 'The account service did not give your identity. Begin again; if that fails too, ask an administrator.',
  },
  'sso.claim-missing': {
    id: 'Akun Anda di layanan itu tidak memuat keterangan "{claim}" yang diperlukan. Hubungi pengelola akun.',
    en: 'Your account there lacks the claim "{claim}" that is needed. Ask those who look after the accounts.',
  },
  'sso.no-post': {
    id: 'Akun Anda di layanan itu tidak memberikan jabatan apa pun di Lokmin. Hubungi administrator kabupaten.',
    en: 'Your account there gives no post in Lokmin. Ask an administrator of the district.',
  },
  'sso.no-account': {
    id: 'Akun Anda di layanan itu tidak dapat dipakai untuk masuk ke Lokmin. Masuk dengan kata sandi, atau hubungi administrator kabupaten.',
    en: 'Your account there cannot be used to sign in to Lokmin. Sign in with a password, or ask an administrator of the district.',
  },
  'sso.unknown-unit': {
    id: 'Pemetaan jabatan menyebut unit {code} yang tidak dikenal. Hubungi pengelola sistem.',
    en: 'The mapping of posts names the unit {code}, which is not known. Ask the operator of the system.',
  },
  'code.wrong': {
    id: 'Nama pengguna atau kode salah, atau kode sudah dipakai, diganti, atau lewat waktunya. Periksa slip, atau minta kode baru kepada kepala puskesmas atau administrator.',
    en: 'Login or code is wrong, or the code was used, replaced, or is too old. Check the slip, or ask the head of the puskesmas or an administrator for a new one.',
  },
  'code.shown-once': {
    id: 'Kode itu sudah dibuat dan hanya ditampilkan sekali. Bila slip belum tercetak, buat kode baru; yang lama tidak berlaku lagi.',
    en: 'Those codes were made and are shown only once. If the slips are not printed, make new codes; the old ones are good no more.',
  },
  'code.own': {
    id: 'Kode untuk diri sendiri tidak dapat dibuat. Ganti kata sandi di halaman akun.',
    en: 'A code for yourself cannot be made. Change your password on the account page.',
  },
  'access.further-reach': {
    id: 'Petugas ini memegang jabatan yang lebih luas daripada jabatan Anda. Mintalah administrator kabupaten.',
    en: 'This person holds a post that reaches further than yours. Ask an administrator of the district.',
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
  'service-account.wrong': {
    id: 'Nama akun layanan atau kuncinya salah, atau akun itu sudah berakhir. Periksa lalu coba lagi.',
    en: 'The service account or its secret is wrong, or the account has ended. Check them and try again.',
  },
  'service-account.taken': {
    id: 'Nama akun {login} sudah dipakai. Pilih yang lain.',
    en: 'The account name {login} is taken. Choose another.',
  },
  'service-account.expiry': {
    id: 'Tanggal akhir harus antara {from} dan {until}.',
    en: 'The last day must be between {from} and {until}.',
  },
  'service-account.ended': {
    id: 'Akun layanan ini sudah dicabut. Buat yang baru.',
    en: 'This service account was revoked. Make a new one.',
  },
  'guest.ended': {
    id: 'Tamu ini sudah diakhiri. Tambahkan sebagai tamu baru bila diperlukan lagi.',
    en: 'This guest was ended. Add them as a new guest if they are needed again.',
  },
  'guest-link.expiry': {
    id: 'Tautan dapat berlaku dari {from} sampai paling lambat {until}.',
    en: 'A link can be good from {from} to {until} at the latest.',
  },
  'guest-link.ended': {
    id: 'Tautan ini sudah dicabut atau diganti.',
    en: 'This link was revoked or replaced already.',
  },
  'guest-link.unknown': {
    id: 'Tautan ini tidak dikenal. Buka tautan persis seperti yang dikirim puskesmas, sampai huruf terakhir.',
    en: 'This link is not known. Open it exactly as the puskesmas sent it, to its last letter.',
  },
  'guest-link.expired': {
    id: 'Tautan ini sudah lewat masa berlakunya. Mintalah tautan baru kepada puskesmas.',
    en: 'This link has expired. Ask the puskesmas for a new one.',
  },
  'guest-link.revoked': {
    id: 'Tautan ini sudah dicabut atau diganti. Gunakan tautan terbaru, atau tanyakan kepada puskesmas.',
    en: 'This link was revoked or replaced. Use the newest one, or ask the puskesmas.',
  },
  'import.rows': {
    id: 'Berkas memuat {count} kesalahan; tidak ada yang disimpan. Perbaiki baris yang disebut lalu unggah kembali.',
    en: 'Errors in the file: {count}; nothing was saved. Mend the rows named and upload it again.',
  },
} as const;
