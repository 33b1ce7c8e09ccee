import { z } from 'zod';
import { ask, command, expectedRevision, overviewPlace, page, pageOf } from './ask.ts';
import { day, districtCode, fact, instant, period } from './fact.ts';
import { lines, oneLine, withoutTwins } from './fields.ts';

/**
 * proposed: drafted from a red indicator; ready: has owner and due date; in_progress: its owner reported progress;
 * completed and withdrawn are ends. Overdue is not a status: it says that the due day ended before completion.
 */
export const ACTION_STATUSES = ['proposed', 'ready', 'in_progress', 'completed', 'withdrawn'] as const;

/** A file of evidence has at most so many bytes, and is of one of these types by its content. */
export const EVIDENCE_LIMIT_MB = 5;
export const EVIDENCE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
/** Files that one report may show. */
export const EVIDENCE_PER_REPORT = 5;

/** A file that shows what was done. Its content goes over HTTP (`/files/evidence/...` of the gateway), never in a message. */
export const evidenceFile = z.object({
  fileId: z.uuid(),
  /** As its sender named it, without folders; ends in what its type is called. */
  name: z.string().min(1).max(200),
  /** Bytes. */
  size: z
    .int()
    .min(1)
    .max(EVIDENCE_LIMIT_MB * 1024 * 1024),
  type: z.enum(EVIDENCE_TYPES),
  /** Of the content, in hexadecimal. */
  sha256: z.string().regex(/^[\da-f]{64}$/),
});
export type EvidenceFile = z.infer<typeof evidenceFile>;

/** What a report or a completion names: files that were put for its action, each shown once. */
const evidenceIds = z
  .array(z.uuid())
  .max(EVIDENCE_PER_REPORT)
  .check(withoutTwins('file-twice', (file) => file.toLowerCase()))
  .default([]);
/** What the fact of a report or a completion shows. */
const shownEvidence = z.array(evidenceFile).max(EVIDENCE_PER_REPORT).default([]);

/** The whole state of one action; the highest revision wins. */
const actionState = {
  actionId: z.uuid(),
  revision: z.int().positive(),
  unitId: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  districtCode,
  indicatorCode: z.string(),
  indicatorName: z.string(),
  title: z.string(),
  status: z.enum(ACTION_STATUSES),
  /** A person, or a guest. */
  ownerId: z.uuid().nullable(),
  /** Of a guest with the office: `Name (office)`. */
  ownerName: z.string().nullable(),
  /** The owner is a guest: nobody who has an inbox. Left out: a person, or nobody. */
  ownerIsGuest: z.boolean().optional(),
  /** Last day for completion, in the unit's time zone. */
  dueDate: day.nullable(),
  /** Whole percent, 0-100. */
  progress: z.int().min(0).max(100),
  /** The end of the due day, once it has passed before completion. */
  overdueSince: instant.nullable(),
  /** The evaluation of the newest period that speaks for it; the last one that did while it is unsupported. */
  evaluationId: z.uuid(),
  period,
  /** True when what spoke for it was returned or revised and nothing does any more, though the action goes on. */
  unsupported: z.boolean(),
  /** When a meeting agreed on it; null before. Agreed while still a proposal: it needs completion (owner, due date). */
  agreedAt: instant.nullable().default(null),
  /** The meeting that agreed on it. */
  agreedIn: z.uuid().nullable().default(null),
  /** In how many later meetings it was carried over, not yet done. */
  carriedOver: z.int().nonnegative().default(0),
};

export const ActionProposed = fact(
  'lokmin.actions.action.proposed.v1',
  'An indicator was judged kurang and an action is proposed for it',
  actionState,
);
export const ActionSupported = fact(
  'lokmin.actions.action.supported.v1',
  'The evaluations that speak for an open action changed, and at least one does',
  actionState,
);
export const ActionUnsupported = fact(
  'lokmin.actions.action.unsupported.v1',
  'No evaluation speaks any more for an action that was made ready; it goes on, flagged',
  actionState,
);
export const ActionReadied = fact(
  'lokmin.actions.action.readied.v1',
  'A proposal got an owner and a due date (again, when either changes)',
  {
    ...actionState,
    /** The person who owned it before; null when it had no owner, a guest, or keeps its own. */
    formerOwnerId: z.uuid().nullable(),
  },
);
export const ActionAgreed = fact(
  'lokmin.actions.action.agreed.v1',
  'A meeting agreed on the action; while it has no owner and due date it needs completion',
  { ...actionState, month: period },
);
export const ActionCarriedOver = fact(
  'lokmin.actions.action.carried-over.v1',
  'A later meeting found the agreed action not yet done and carries it over to the next one',
  { ...actionState, month: period },
);
export const ActionProgressed = fact('lokmin.actions.action.progressed.v1', 'The owner reported progress', {
  ...actionState,
  note: z.string(),
  evidence: shownEvidence,
});
export const ActionCompleted = fact('lokmin.actions.action.completed.v1', 'The owner completed the action', {
  ...actionState,
  note: z.string(),
  evidence: shownEvidence,
});
export const ActionWithdrawn = fact(
  'lokmin.actions.action.withdrawn.v1',
  'A proposal that its returned or revised evaluation no longer supports was withdrawn',
  { ...actionState, reason: z.string() },
);
export const ActionOverdue = fact(
  'lokmin.actions.action.overdue.v1',
  'The due day ended before the action was completed',
  actionState,
);

export const actionView = z.object({
  ...actionState,
  overdue: z.boolean(),
  /** It is open, and its owner holds no post in the unit any more, or is a guest who was ended: it needs another one. */
  ownerLeft: z.boolean(),
  /** Periods of the standing evaluations that judged the indicator kurang and are linked to it, in order. */
  periods: z.array(period),
  createdAt: instant,
  updatedAt: instant,
});
export const actionEntry = z.object({
  at: instant,
  actorName: z.string().nullable(),
  /** The past tense of what happened, as in the facts: `proposed`, `supported`, `readied`, ... */
  kind: z.string(),
  note: z.string().nullable(),
  progress: z.int().nullable(),
  evidence: z.array(evidenceFile),
});

export const DistrictActions = ask(
  'actions',
  'district-summary',
  'Per puskesmas of a district or coaching group: counts of proposals, open and overdue actions',
  { ...overviewPlace },
  z.object({
    asOf: instant,
    /** Until when the counts hold if nothing happens: the next moment at which an action becomes overdue; null if none. */
    validUntil: instant.nullable(),
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        proposed: z.int(),
        /** Ready or in progress, overdue ones included. */
        open: z.int(),
        overdue: z.int(),
        completed: z.int(),
        /** Agreed in a meeting, but without owner and due date. */
        needsCompletion: z.int().nonnegative(),
      }),
    ),
  }),
);
export const ListActions = ask(
  'actions',
  'list-actions',
  'Actions of a unit, or of the caller when no unit is given, newest first',
  {
    unitId: z.uuid().nullable(),
    statuses: z.array(z.enum(ACTION_STATUSES)).max(5),
    indicatorCode: z.string().nullable().default(null),
    ...page,
  },
  pageOf(actionView),
);
export const FindAction = ask(
  'actions',
  'find-action',
  'One action with its history',
  { actionId: z.uuid() },
  z.object({ action: actionView, history: z.array(actionEntry) }),
);

export const ReadyAction = ask(
  'actions',
  'ready-action',
  'Gives a proposal (or an open action) its owner, due date and wording',
  {
    ...command,
    ...expectedRevision,
    actionId: z.uuid(),
    ownerId: z.uuid(),
    dueDate: day,
    title: oneLine(500).nullable(),
  },
  actionView,
);
export const ReportProgress = ask(
  'actions',
  'report-progress',
  'The owner reports how far the action is; for a guest who owns it, so may whoever may `action.ready`',
  {
    ...command,
    ...expectedRevision,
    actionId: z.uuid(),
    progress: z.int().min(0).max(99),
    note: lines(2000),
    evidence: evidenceIds,
  },
  actionView,
);
/** So many of the own reports a guest sees. */
export const GUEST_REPORTS = 20;
const guestActionView = z.object({
  revision: z.int(),
  /** `Name (office)` of the guest. */
  guestName: z.string(),
  /** Of the puskesmas. */
  unitName: z.string(),
  indicatorName: z.string(),
  title: z.string(),
  status: z.enum(ACTION_STATUSES),
  /** The last day, in the time zone of the puskesmas. */
  dueDate: day,
  /** Whole percent, 0-100. */
  progress: z.int(),
  overdue: z.boolean(),
  /** The guest's own, the newest first, at most `GUEST_REPORTS`; `progress` in whole percent, 0-99. */
  reports: z.array(z.object({ at: instant, progress: z.int(), note: z.string() })),
  linkExpiresAt: instant,
});
export const GuestAction = ask(
  'actions',
  'guest-action',
  'The one action that a link is good for, as its guest sees it',
  {},
  guestActionView,
  'guest',
);
export const ReportAsGuest = ask(
  'actions',
  'report-as-guest',
  'The guest who owns the action of the link reports how far it is',
  { ...command, ...expectedRevision, progress: z.int().min(0).max(99), note: lines(2000) },
  guestActionView,
  'guest',
);
export const CompleteAction = ask(
  'actions',
  'complete-action',
  'The owner completes the action, saying what was done; for a guest who owns it, whoever may `action.ready` does',
  {
    ...command,
    ...expectedRevision,
    actionId: z.uuid(),
    note: lines(2000),
    evidence: evidenceIds,
  },
  actionView,
);

export const actionRefusals = {
  'action.ended': {
    id: 'Kegiatan ini sudah berakhir (selesai atau ditarik) sehingga tidak dapat diubah lagi.',
    en: 'This action has ended (completed or withdrawn) and cannot be changed any more.',
  },
  'action.not-ready': {
    id: 'Kegiatan ini belum punya penanggung jawab dan tenggat. Lengkapi dahulu.',
    en: 'This action has no owner and due date yet. Complete them first.',
  },
  'action.due-too-far': {
    id: 'Tenggat {dueDate} terlalu jauh. Pilih paling lambat {last}.',
    en: 'The due date {dueDate} is too far away. Choose {last} at the latest.',
  },
  'action.due-in-past': {
    id: 'Tenggat {dueDate} sudah lewat. Pilih hari ini ({today}) atau sesudahnya.',
    en: 'The due date {dueDate} has passed. Choose today ({today}) or later.',
  },
  'action.owner-elsewhere': {
    id: 'Penanggung jawab harus punya jabatan di puskesmas ini, atau tamu yang dicatat di sini.',
    en: 'The owner must hold a post in this puskesmas, or be a guest of it.',
  },
  'action.not-owner': {
    id: 'Hanya penanggung jawab kegiatan ini yang dapat melaporkannya.',
    en: 'Only the owner of this action can report on it.',
  },
  'guest-link.other-owner': {
    id: 'Kegiatan ini bukan lagi tanggung jawab Anda. Hubungi puskesmas bila ada pertanyaan.',
    en: 'This action is no longer yours. Ask the puskesmas if you have questions.',
  },
  'evidence.empty': {
    id: 'Berkas {name} kosong. Pilih berkas lain.',
    en: 'The file {name} is empty. Choose another one.',
  },
  'evidence.too-large': {
    id: 'Berkas bukti paling besar {limit} MB. Perkecil lalu kirim lagi.',
    en: 'A file of evidence has at most {limit} MB. Make it smaller and send it again.',
  },
  'evidence.wrong-type': {
    id: 'Isi berkas {name} bukan foto JPEG, PNG atau WebP, dan bukan PDF. Simpan sebagai salah satunya lalu kirim lagi.',
    en: 'The content of {name} is no JPEG, PNG or WebP picture and no PDF. Save it as one of these and send it again.',
  },
  'evidence.broken': {
    id: 'Berkas {name} rusak atau terpotong. Buka berkasnya untuk memeriksa, lalu kirim yang utuh.',
    en: 'The file {name} is damaged or cut short. Open it to check, then send a whole one.',
  },
  'evidence.unusable': {
    id: 'Berkas bukti tidak ada lagi, sudah dipakai dalam laporan lain, atau bukan milik kegiatan ini. Pilih dan kirim lagi.',
    en: 'A file of evidence is gone, was used in another report, or is not of this action. Choose it and send it again.',
  },
} as const;
