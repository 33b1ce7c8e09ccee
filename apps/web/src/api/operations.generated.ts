// Generated from apps/web/src/**/*.graphql and the gateway's schema by `npm run generate`. Do not edit.
import { known } from './known.ts';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AcceptDeviationInput = {
  commandId: string;
  indicatorCode: string;
  /** First month of results that it is about. */
  period: string;
  puskesmas: string;
  reason: string;
  /** Today or later, at most a year ahead. */
  until: string;
};

/** How months add up within a year. */
export type Accumulation = 'CUMULATIVE' | 'MONTHLY' | 'SNAPSHOT';

/** PROPOSED: drafted from a red indicator; READY: has owner and due date. Overdue is not a status. */
export type ActionStatus = 'COMPLETED' | 'IN_PROGRESS' | 'PROPOSED' | 'READY' | 'WITHDRAWN';

export type AddGuestInput = {
  commandId: string;
  name: string;
  office: string;
  phone?: string | null | undefined;
  /** Registration number of the puskesmas. */
  puskesmas: string;
};

export type AddTopicInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
  title: string;
};

/** AGREE, PUT_OFF: of a proposal; CONTINUE, NOTED: of a review; NOTED: of a result or topic. */
export type AgendaDecision = 'AGREE' | 'CONTINUE' | 'NOTED' | 'PUT_OFF';

/** REVIEW: an agreed action that goes on, or one completed since; PROPOSAL: no meeting agreed on it yet; RESULT: judged kurang, without either; TOPIC: added by hand. */
export type AgendaKind = 'PROPOSAL' | 'RESULT' | 'REVIEW' | 'TOPIC';

export type AttendanceInput = {
  attendee: string;
  presence: Presence;
};

/** Who changed something. */
export type AuditActor =
  /** Nobody: time passed. */
  | 'CLOCK'
  /** A command of an operator on the server. */
  | 'OPERATOR'
  /** A person, by `operation`; null where nobody was signed in yet. */
  | 'PERSON'
  /** A reaction to the fact `factId`, which the person caused. */
  | 'REACTION'
  /** Somebody by hand in the database, past the application. */
  | 'ROLE';

/** What happened to a row. */
export type AuditChangeKind = 'ADDED' | 'CHANGED' | 'EMPTIED' | 'REMOVED';

/** A service of the system, as the one in whose trail an entry stands. */
export type AuditService = 'ACTIONS' | 'DIRECTORY' | 'INDICATORS' | 'MEETINGS' | 'NOTIFICATIONS';

export type BandsInput = {
  baikFrom: string;
  kurangAtMost: string;
};

export type CancelMeetingInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
  reason: string;
};

export type ChangeBundleDraftInput = {
  bands?: BandsInput | null | undefined;
  commandId: string;
  district: string;
  elements?: Array<DataElementInput> | null | undefined;
  expectedRevision: number;
  /** New ones, and those that take the place of the one with their code. */
  indicators?: Array<IndicatorDefinitionInput> | null | undefined;
  lowerIsBetter?: LowerIsBetter | null | undefined;
  /** Left out: as it is; likewise below. */
  name?: string | null | undefined;
  /** Codes; the order of services and the scores do without them. */
  retire?: Array<string> | null | undefined;
  retireElements?: Array<string> | null | undefined;
  year: number;
};

export type ChangeGuestInput = {
  commandId: string;
  expectedRevision: number;
  guest: string;
  name: string;
  office: string;
  /** Left out: none. */
  phone?: string | null | undefined;
};

export type ChangePasswordInput = {
  commandId: string;
  /** At least 12 characters, without the login. */
  newPassword: string;
  password: string;
};

export type ChangeWebhookInput = {
  commandId: string;
  enabled: boolean;
  expectedRevision: number;
  name: string;
  /** Registration numbers; left out: the whole district. */
  puskesmas?: Array<string> | null | undefined;
  types: Array<string>;
  url: string;
  webhook: string;
};

export type CompleteActionInput = {
  action: string;
  commandId: string;
  /** Ids of files that were put for this action (`POST /files/evidence/<its id>`), at most 5. */
  evidence?: Array<string>;
  expectedRevision: number;
  /** What was done. */
  note: string;
};

export type ConcludeMeetingInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
};

export type ConfirmFindingInput = {
  commandId: string;
  district: string;
  period: string;
  /** Left out: a finding about the district. */
  puskesmas?: string | null | undefined;
  /** Why the figures are right. */
  reason: string;
  subject: string;
};

export type ConfirmSecondFactorInput = {
  /** The first code of the new key. */
  code: string;
  commandId: string;
};

/** Meetings that were concluded here, or the count that was entered. */
export type CountSource = 'MEETINGS' | 'VALUE';

/** Why there is a coverage or none. */
export type CoverageState = 'MISSING' | 'NOT_APPLICABLE' | 'VALUE' | 'ZERO_DENOMINATOR';

/** What a value counts: one month, or the year through its month. */
export type Covers = 'MONTH' | 'YEAR_TO_DATE';

export type CreateWebhookInput = {
  commandId: string;
  district: string;
  name: string;
  /** Registration numbers; left out: the whole district. */
  puskesmas?: Array<string> | null | undefined;
  types: Array<string>;
  /** https, or http for hosts that the operator listed. */
  url: string;
};

export type DataElementInput = {
  code: string;
  nameEn: string;
  nameId: string;
  /** Elements that it is the sum of; null: it is entered. */
  sumOf?: Array<string> | null | undefined;
  /** What is counted; only like is added to like. */
  unit: string;
};

export type DecideItemInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  decision?: AgendaDecision | null | undefined;
  expectedRevision: number;
  item: string;
  meeting: string;
  /** What was said; at most 4,000 characters. */
  note: string;
};

export type DeleteWebhookInput = {
  commandId: string;
  expectedRevision: number;
  webhook: string;
};

/** What became of a mail. */
export type DeliveryStatus =
  | 'FAILED'
  | 'QUEUED'
  | 'SENDING'
  | 'SENT'
  /** None went out; `skipReason` says why. */
  | 'SKIPPED'
  /** The mail server may have taken it; it is not sent again by itself. */
  | 'UNCERTAIN';

/** Which way is better; INFO is never judged. */
export type Direction = 'HIGHER' | 'INFO' | 'LOWER';

export type DiscardBundleDraftInput = {
  commandId: string;
  district: string;
  expectedRevision: number;
  year: number;
};

export type EndGuestInput = {
  commandId: string;
  expectedRevision: number;
  guest: string;
};

export type EndSessionsInput = {
  commandId: string;
  /** Ids of `Viewer.sessions`, 1 to 100. */
  sessions: Array<string>;
};

/** All but RETURNED stand: their values are locked. */
export type EvaluationStatus =
  /** Verified, and never returned or changed again. */
  | 'LOCKED'
  | 'RETURNED'
  | 'SUBMITTED'
  /** The district agrees with every programme. */
  | 'VERIFIED';

export type ExtendWindowInput = {
  commandId: string;
  district: string;
  kind: WindowKind;
  period: string;
  /** Registration number; left out: all of the district. */
  puskesmas?: string | null | undefined;
  reason: string;
  /** The last day. */
  until: string;
};

export type FindingLevel =
  /** Nothing is submitted while it stands. */
  | 'BLOCK'
  | 'NOTE'
  /** Nothing is submitted before somebody confirmed it with a reason. */
  | 'REASON'
  | 'WARN';

export type GuestInput = {
  name: string;
  /** Where the guest comes from. */
  position: string;
};

export type IksCategory = 'PRA_SEHAT' | 'SEHAT' | 'TIDAK_SEHAT';

export type IndicatorDefinitionInput = {
  accumulation: Accumulation;
  /** Months of the rounds of service; null: every month. */
  activeMonths?: Array<number> | null | undefined;
  /** Null: no target. */
  annualTarget?: string | null | undefined;
  cluster: string;
  code: string;
  /** With CURVE: percent due by the end of each month. */
  curve?: Array<string> | null | undefined;
  denominator: string;
  denominatorElement?: string | null | undefined;
  direction: Direction;
  /** The first month in which it is expected; null: all of the year. */
  expectedFrom?: string | null | undefined;
  /** Null: a plain count without denominator. */
  multiplier?: string | null | undefined;
  nameEn: string;
  nameId: string;
  /** What is counted, in words. */
  numerator: string;
  numeratorElement: string;
  program: string;
  /** Of the registered target group. */
  registeredElement?: string | null | undefined;
  /** Null: as the accumulation says. */
  running?: Running | null | undefined;
  /** Counts from 1 to below this are hidden; null: none is. */
  smallCountsBelow?: number | null | undefined;
  source: string;
  /** `percent`, `per mil`, `count`, ... */
  unit: string;
  /** Families that use the same number. */
  uses?: Array<string> | null | undefined;
};

export type IssueCodesInput = {
  commandId: string;
  /** Of people, 1 to 200: all get a code, or none. */
  persons: Array<string>;
  /** 1 to 30. */
  validDays: number;
};

export type IssueGuestLinkInput = {
  /** An action that the guest owns. */
  action: string;
  commandId: string;
  /** The last day on which it opens, at most 90 days from now. */
  expiresOn: string;
  guest: string;
};

/** An indicator judged against its running target by uncapped performance. */
export type Judgement =
  | 'BAIK'
  | 'CUKUP'
  /** Hidden: there are figures and a judgement, and a count in them is so small that it can point to a person. */
  | 'DISEMBUNYIKAN'
  | 'KURANG'
  | 'TANPA_DATA'
  | 'TANPA_TARGET';

export type LockEvaluationsInput = {
  commandId: string;
  district: string;
  period: string;
  /** Registration number; left out: all of the district. */
  puskesmas?: string | null | undefined;
};

/** Performance where less is better: target / actual, or 2 - actual / target. */
export type LowerIsBetter = 'LINEAR' | 'RATIO';

/** When mails about a kind of thing go out. */
export type MailTiming =
  /** Each at once, outside quiet hours. */
  | 'AT_ONCE'
  /** All of them in one mail a day. */
  | 'DIGEST'
  /** None; the inbox has them all. */
  | 'OFF';

export type MakeServiceAccountInput = {
  commandId: string;
  /** Code of the district, `19.06`. */
  district: string;
  /** At most 366 days from now. */
  expiresOn: string;
  /** By which it signs in: 2 to 64 letters, digits, dots, underscores or hyphens. */
  login: string;
  /** What it is for; people read it in the audit trail. */
  name: string;
  role: ServiceAccountRole;
};

export type MarkMessagesReadInput = {
  commandId: string;
  /** An empty list means all. */
  messages: Array<string>;
};

/** OPENED: agenda and attendance list are frozen. CANCELLED and MISSED can be scheduled again. */
export type MeetingStatus = 'CANCELLED' | 'CONCLUDED' | 'MISSED' | 'OPENED' | 'SCHEDULED';

export type MoveMeetingInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  /** Minutes, 5-720. */
  durationMinutes: number;
  expectedRevision: number;
  meeting: string;
  place: string;
  startsAt: string;
};

export type ObjectionInput = {
  /** Of an indicator that was returned. */
  code: string;
  /** Why it is right as it is. */
  reason: string;
};

export type OpenMeetingInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
};

/** State of the service behind a part of an answer. */
export type PartStatus =
  /** The posts of the caller do not reach so far. */
  | 'FORBIDDEN'
  /** It answered. With a message: it has nothing to show, and the message says why. */
  | 'OK'
  /** It answered with what it knew some time ago (`asOf`). */
  | 'STALE'
  /** It did not answer in time; the other parts stand. */
  | 'UNAVAILABLE';

export type Presence = 'ABSENT' | 'EXCUSED' | 'EXPECTED' | 'PRESENT';

export type PublishBundleDraftInput = {
  commandId: string;
  district: string;
  expectedRevision: number;
  year: number;
};

/** This month's own coverage against last month's. */
export type PwsArrow = 'DOWN' | 'LEVEL' | 'UP';

/** Why a village has no status. */
export type PwsReason =
  /** The service happens in rounds: a month has no month before it. */
  | 'IN_ROUNDS'
  | 'LAST_MONTH_MISSING'
  /** Earlier months stand; what this month added is not known. */
  | 'MONTH_MISSING'
  | 'NOT_APPLICABLE'
  /** A count, only for information, or less is better. */
  | 'NOT_MEASURED'
  /** The village reported nothing in this year. */
  | 'NO_DATA'
  | 'NO_TARGET'
  | 'NO_TARGET_GROUP'
  | 'ZERO_TARGET_GROUP';

/** Of a village. Not the judgements of indicators: above the target but falling is KURANG. */
export type PwsStatus =
  /** The running target is reached, and the month did not fall behind the one before. */
  | 'BAIK'
  /** Below the running target, and the month did not fall behind the one before. */
  | 'CUKUP'
  /** Below the running target, and the month fell behind the one before. */
  | 'JELEK'
  /** The running target is reached, and the month fell behind the one before. */
  | 'KURANG';

export type ReadyActionInput = {
  action: string;
  commandId: string;
  /** Last day for completion, where the puskesmas is. */
  dueDate: string;
  expectedRevision: number;
  /** Id of a person of `Puskesmas.people`, or of a guest of `Puskesmas.guests`. */
  owner: string;
  /** Left out: the wording stays. */
  title?: string | null | undefined;
};

export type RecordAttendanceInput = {
  attendees?: Array<AttendanceInput> | null | undefined;
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  guests?: Array<GuestInput> | null | undefined;
  meeting: string;
};

export type RecordValuesInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  period: string;
  /** Registration number. */
  puskesmas: string;
  values: Array<ValueInput>;
};

export type RemoveSecondFactorInput = {
  commandId: string;
  /** Of a `Person`. */
  person: string;
};

export type RemoveTopicInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  item: string;
  meeting: string;
};

export type RenewServiceSecretInput = {
  commandId: string;
  expectedRevision: number;
  /** So many hours the secret before holds beside the new one; 0 to 168. */
  oldHoldsHours: number;
  serviceAccount: string;
};

export type ReplayDeadLetterInput = {
  commandId: string;
  deadLetter: string;
};

export type ReportAsGuestInput = {
  commandId: string;
  expectedRevision: number;
  note: string;
  /** Whole percent, 0-99. */
  progress: number;
};

export type ReportProgressInput = {
  action: string;
  commandId: string;
  /** Ids of files that were put for this action (`POST /files/evidence/<its id>`), at most 5. */
  evidence?: Array<string>;
  expectedRevision: number;
  note: string;
  /** Whole percent, 0-99. */
  progress: number;
};

export type ResendToWebhookInput = {
  commandId: string;
  /** Left out: everything that failed. */
  sending?: string | null | undefined;
  webhook: string;
};

export type ReturnEvaluationInput = {
  commandId: string;
  evaluation: string;
  expectedRevision: number;
  /** Left out or empty: all of it. */
  indicators?: Array<ReturnedIndicatorInput> | null | undefined;
  /** May be left out where indicators are named. */
  reason?: string | null | undefined;
};

export type ReturnEvaluationsInput = {
  commandId: string;
  /** At most 200. */
  evaluations: Array<ReturningInput>;
};

export type ReturnedIndicatorInput = {
  code: string;
  /** What has to be mended. */
  reason: string;
};

export type ReturningInput = {
  evaluation: string;
  expectedRevision: number;
  /** Left out or empty: all of it. */
  indicators?: Array<ReturnedIndicatorInput> | null | undefined;
  /** May be left out where indicators are named. */
  reason?: string | null | undefined;
};

export type RevokeGuestLinkInput = {
  commandId: string;
  link: string;
};

export type RevokeServiceAccountInput = {
  commandId: string;
  expectedRevision: number;
  serviceAccount: string;
};

export type Role =
  | 'ADMINISTRATOR'
  | 'AKUN_LAYANAN'
  | 'AUDITOR'
  | 'KEPALA_DINAS'
  | 'KEPALA_PUSKESMAS'
  | 'KTU'
  | 'NOTULIS'
  | 'PELAKSANA'
  | 'PEMEGANG_PROGRAM'
  | 'PETUGAS_DINAS'
  | 'TPCB'
  | 'VERIFIKATOR';

export type RotateWebhookSecretInput = {
  commandId: string;
  expectedRevision: number;
  webhook: string;
};

export type RunSide = 'ABOVE' | 'BELOW';

/** When how much of a target for the year is due: all of it, month / 12, or percent by month. */
export type Running = 'CURVE' | 'FLAT' | 'PRO_RATA';

export type SaveNotesInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
  /** At most 20,000 characters. */
  notes: string;
};

export type ScheduleMeetingInput = {
  commandId: string;
  /** Left out: the month before. */
  dataPeriod?: string | null | undefined;
  /** Minutes, 5-720. */
  durationMinutes: number;
  month: string;
  place: string;
  /** Registration number. */
  puskesmas: string;
  startsAt: string;
};

export type SeenEvaluationInput = {
  evaluation: string;
  expectedRevision: number;
};

export type SendAgainInput = {
  commandId: string;
  delivery: string;
};

/** What a service account may read. */
export type ServiceAccountRole =
  /** The figures, meetings and actions of the district. */
  | 'AKUN_LAYANAN'
  /** What an auditor reads: also people and the audit trail. */
  | 'AUDITOR';

export type SetPreferencesInput = {
  action: MailTiming;
  commandId: string;
  digestHour: number;
  evaluation: MailTiming;
  expectedRevision: number;
  meeting: MailTiming;
  quietFrom: number;
  quietUntil: number;
};

export type SetTargetsInput = {
  approvedBy: string;
  approvedOn: string;
  commandId: string;
  district: string;
  /** The document that says so. */
  source: string;
  targets: Array<TargetInput>;
  year: number;
};

export type SetWindowsInput = {
  commandId: string;
  district: string;
  /** Last day in the month after, 1 to 28; null: no end. */
  entryDay?: number | null | undefined;
  fromPeriod: string;
  /** At most 24 months. */
  toPeriod: string;
  verificationDay?: number | null | undefined;
};

export type SignMinutesInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
};

export type SpmCategory =
  'BELUM_TUNTAS' | 'TUNTAS_MADYA' | 'TUNTAS_MUDA' | 'TUNTAS_PARIPURNA' | 'TUNTAS_PRATAMA' | 'TUNTAS_UTAMA';

export type StartBundleDraftInput = {
  commandId: string;
  district: string;
  /** The year whose bundle it starts from; left out: the reference catalogue. */
  fromYear?: number | null | undefined;
  year: number;
};

export type StartSecondFactorInput = {
  /** A present code; needed while a factor is on. */
  code?: string | null | undefined;
  commandId: string;
  password: string;
};

export type SubmitEvaluationInput = {
  commandId: string;
  /** After a return: indicators of it that are right as they are. */
  objections?: Array<ObjectionInput> | null | undefined;
  period: string;
  puskesmas: string;
};

export type TargetInput = {
  /** Of its puskesmas of today. */
  coachingGroup?: string | null | undefined;
  /** With CURVE: twelve percentages, never falling, 100 last. */
  curve?: Array<string> | null | undefined;
  indicatorCode: string;
  /** 1-12; left out: for the year. */
  month?: number | null | undefined;
  /** Registration number; neither this nor a group: the district. */
  puskesmas?: string | null | undefined;
  /** Left out: as the bundle says. */
  running?: Running | null | undefined;
  /** Null withdraws the target. */
  value?: string | null | undefined;
};

/** Whom a target was set for. */
export type TargetScope = 'COACHING_GROUP' | 'DISTRICT' | 'UNIT';

export type TestWebhookInput = {
  commandId: string;
  webhook: string;
};

/** Of the first submission of a month. */
export type Timeliness =
  /** Submitted after its window had closed. */
  | 'LATE'
  /** Not submitted, and the time is over. */
  | 'MISSING'
  /** The puskesmas was not open, or nothing was expected yet. */
  | 'NOT_EXPECTED'
  /** Submitted before its window closed. */
  | 'ON_TIME'
  /** Not submitted; there is still time. */
  | 'RUNNING'
  /** Submitted; there was no window to be in time for. */
  | 'SUBMITTED';

/** Which figures the median and the runs are of. */
export type TrendFigure =
  /** The figure of the month. */
  | 'COVERAGE'
  /** What the month added to a cumulative figure, which rises by itself. */
  | 'OF_MONTH';

export type TurnOffSecondFactorInput = {
  /** A present code, or a recovery code. */
  code: string;
  commandId: string;
  password: string;
};

export type ValueInput = {
  covers: Covers;
  /** For example `KIA-K1.num`. */
  element: string;
  state: ValueState;
  value?: string | null | undefined;
};

/** Missing is not zero: 0 is REPORTED. */
export type ValueState = 'ESTIMATED' | 'NOT_APPLICABLE' | 'NOT_REPORTED' | 'REPORTED';

export type VerifyEvaluationsInput = {
  commandId: string;
  /** At most 200. */
  evaluations: Array<SeenEvaluationInput>;
  /** Left out: all that the caller may verify. */
  programs?: Array<string> | null | undefined;
};

/** What became of a fact on its way to a webhook. */
export type WebhookSendingStatus =
  /** Its receiver answered with a status of 200-299. */
  | 'DELIVERED'
  /** A day of trying is over; it is sent again when somebody says so. */
  | 'FAILED'
  /** It waits for its first or next attempt. */
  | 'QUEUED';

export type WindowKind =
  /** Entering and submitting values. */
  | 'ENTRY'
  /** Verifying, returning, and mending what was returned. */
  | 'VERIFICATION';

export type ActionFieldsFragment = {
  id: string;
  revision: number;
  indicatorCode: string;
  indicatorName: string;
  title: string;
  status: ActionStatus;
  ownerId: string | null;
  ownerName: string | null;
  ownerIsGuest: boolean;
  ownerLeft: boolean;
  dueDate: string | null;
  progress: number;
  overdue: boolean;
  unsupported: boolean;
  agreedAt: string | null;
  agreedInId: string | null;
  needsCompletion: boolean;
  carriedOver: number;
  periods: Array<string>;
  createdAt: string;
  updatedAt: string;
  puskesmas: { id: string; code: string; name: string };
};

export type ActionPageQueryVariables = Exact<{
  id: string;
}>;

export type ActionPageQuery = {
  action: {
    id: string;
    revision: number;
    indicatorCode: string;
    indicatorName: string;
    title: string;
    status: ActionStatus;
    ownerId: string | null;
    ownerName: string | null;
    ownerIsGuest: boolean;
    ownerLeft: boolean;
    dueDate: string | null;
    progress: number;
    overdue: boolean;
    unsupported: boolean;
    agreedAt: string | null;
    agreedInId: string | null;
    needsCompletion: boolean;
    carriedOver: number;
    periods: Array<string>;
    createdAt: string;
    updatedAt: string;
    history: Array<{
      at: string;
      actorName: string | null;
      kind: string;
      note: string | null;
      progress: number | null;
      evidence: Array<{ id: string; name: string; size: number; type: string; path: string }>;
    }> | null;
    puskesmas: { id: string; code: string; name: string };
  } | null;
};

export type MyActionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  statuses?: Array<ActionStatus> | ActionStatus | null | undefined;
}>;

export type MyActionsQuery = {
  viewer: {
    id: string;
    myActions: {
      status: PartStatus;
      totalCount: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        revision: number;
        indicatorCode: string;
        indicatorName: string;
        title: string;
        status: ActionStatus;
        ownerId: string | null;
        ownerName: string | null;
        ownerIsGuest: boolean;
        ownerLeft: boolean;
        dueDate: string | null;
        progress: number;
        overdue: boolean;
        unsupported: boolean;
        agreedAt: string | null;
        agreedInId: string | null;
        needsCompletion: boolean;
        carriedOver: number;
        periods: Array<string>;
        createdAt: string;
        updatedAt: string;
        puskesmas: { id: string; code: string; name: string };
      }> | null;
      pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
    };
  } | null;
};

export type ReadyActionMutationVariables = Exact<{
  input: ReadyActionInput;
}>;

export type ReadyActionMutation = {
  readyAction:
    | {
        __typename: 'ActionChanged';
        action: {
          id: string;
          revision: number;
          indicatorCode: string;
          indicatorName: string;
          title: string;
          status: ActionStatus;
          ownerId: string | null;
          ownerName: string | null;
          ownerIsGuest: boolean;
          ownerLeft: boolean;
          dueDate: string | null;
          progress: number;
          overdue: boolean;
          unsupported: boolean;
          agreedAt: string | null;
          agreedInId: string | null;
          needsCompletion: boolean;
          carriedOver: number;
          periods: Array<string>;
          createdAt: string;
          updatedAt: string;
          puskesmas: { id: string; code: string; name: string };
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ReportProgressMutationVariables = Exact<{
  input: ReportProgressInput;
}>;

export type ReportProgressMutation = {
  reportProgress:
    | {
        __typename: 'ActionChanged';
        action: {
          id: string;
          revision: number;
          indicatorCode: string;
          indicatorName: string;
          title: string;
          status: ActionStatus;
          ownerId: string | null;
          ownerName: string | null;
          ownerIsGuest: boolean;
          ownerLeft: boolean;
          dueDate: string | null;
          progress: number;
          overdue: boolean;
          unsupported: boolean;
          agreedAt: string | null;
          agreedInId: string | null;
          needsCompletion: boolean;
          carriedOver: number;
          periods: Array<string>;
          createdAt: string;
          updatedAt: string;
          puskesmas: { id: string; code: string; name: string };
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type CompleteActionMutationVariables = Exact<{
  input: CompleteActionInput;
}>;

export type CompleteActionMutation = {
  completeAction:
    | {
        __typename: 'ActionChanged';
        action: {
          id: string;
          revision: number;
          indicatorCode: string;
          indicatorName: string;
          title: string;
          status: ActionStatus;
          ownerId: string | null;
          ownerName: string | null;
          ownerIsGuest: boolean;
          ownerLeft: boolean;
          dueDate: string | null;
          progress: number;
          overdue: boolean;
          unsupported: boolean;
          agreedAt: string | null;
          agreedInId: string | null;
          needsCompletion: boolean;
          carriedOver: number;
          periods: Array<string>;
          createdAt: string;
          updatedAt: string;
          puskesmas: { id: string; code: string; name: string };
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type AuditEntryFieldsFragment = {
  id: string;
  at: string;
  timeZone: string | null;
  actor: AuditActor;
  person: string | null;
  personName: string | null;
  operation: string | null;
  recordKind: string;
  record: string;
  part: string;
  change: AuditChangeKind;
  service: AuditService;
  number: string;
  changes: Array<{ field: string; before: string | null; after: string | null }>;
};

export type AuditPageQueryVariables = Exact<{
  district: string;
  puskesmas?: string | null | undefined;
  from?: string | null | undefined;
  until?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;

export type AuditPageQuery = {
  audit: {
    status: PartStatus;
    missing: Array<AuditService> | null;
    totalCount: number | null;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      at: string;
      timeZone: string | null;
      actor: AuditActor;
      person: string | null;
      personName: string | null;
      operation: string | null;
      recordKind: string;
      record: string;
      part: string;
      change: AuditChangeKind;
      service: AuditService;
      number: string;
      changes: Array<{ field: string; before: string | null; after: string | null }>;
    }> | null;
    pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
  };
};

export type CatalogueQueryVariables = Exact<{
  code: string;
  year: number;
}>;

export type CatalogueQuery = {
  district: {
    code: string;
    catalogue: {
      status: PartStatus;
      asOf: string | null;
      maySet: boolean | null;
      message: { id: string; en: string } | null;
      bundle: { year: number; name: string; indicatorCount: number } | null;
      bands: { kurangAtMost: string; baikFrom: string } | null;
      elements: Array<{
        code: string;
        nameId: string;
        nameEn: string;
        unit: string;
        sumOf: Array<string> | null;
      }> | null;
      indicators: Array<{
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        registeredElement: string | null;
        running: Running | null;
        curve: Array<string> | null;
        activeMonths: Array<number> | null;
        uses: Array<string>;
        source: string;
        cluster: string;
        smallCountsBelow: number | null;
        expectedFrom: string | null;
      }> | null;
      targets: Array<{
        indicatorCode: string;
        scope: TargetScope;
        forName: string;
        month: number | null;
        value: string;
        running: Running | null;
        curve: Array<string> | null;
        source: string;
        approvedBy: string;
        approvedOn: string;
        setByName: string;
        setAt: string;
      }> | null;
    };
  } | null;
};

export type CatalogueIndicatorFieldsFragment = {
  code: string;
  nameId: string;
  nameEn: string;
  program: string;
  unit: string;
  direction: Direction;
  accumulation: Accumulation;
  annualTarget: string | null;
  multiplier: string | null;
  numerator: string;
  denominator: string;
  numeratorElement: string;
  denominatorElement: string | null;
  registeredElement: string | null;
  running: Running | null;
  curve: Array<string> | null;
  activeMonths: Array<number> | null;
  uses: Array<string>;
  source: string;
  cluster: string;
  smallCountsBelow: number | null;
  expectedFrom: string | null;
};

export type TargetFieldsFragment = {
  indicatorCode: string;
  scope: TargetScope;
  forName: string;
  month: number | null;
  value: string;
  running: Running | null;
  curve: Array<string> | null;
  source: string;
  approvedBy: string;
  approvedOn: string;
  setByName: string;
  setAt: string;
};

export type CataloguePlacesQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type CataloguePlacesQuery = {
  district: {
    code: string;
    coachingGroups: Array<{ id: string; name: string }>;
    overview: { rows: Array<{ puskesmas: { code: string; name: string } }> };
  } | null;
};

export type SetTargetsMutationVariables = Exact<{
  input: SetTargetsInput;
}>;

export type SetTargetsMutation = {
  setTargets:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'TargetsSet'; changed: number; units: number };
};

export type BundleDraftQueryVariables = Exact<{
  code: string;
  year: number;
}>;

export type BundleDraftQuery = {
  district: {
    code: string;
    bundleDraft: {
      status: PartStatus;
      asOf: string | null;
      published: boolean | null;
      mayPublish: boolean | null;
      publishedYears: Array<number> | null;
      referenceCount: number | null;
      message: { id: string; en: string } | null;
      draft: {
        revision: number;
        name: string;
        fromYear: number | null;
        lowerIsBetter: LowerIsBetter;
        changedByName: string;
        changedAt: string;
        bands: { kurangAtMost: string; baikFrom: string };
        elements: Array<{
          code: string;
          nameId: string;
          nameEn: string;
          unit: string;
          sumOf: Array<string> | null;
        }>;
        indicators: Array<{
          code: string;
          nameId: string;
          nameEn: string;
          program: string;
          unit: string;
          direction: Direction;
          accumulation: Accumulation;
          annualTarget: string | null;
          multiplier: string | null;
          numerator: string;
          denominator: string;
          numeratorElement: string;
          denominatorElement: string | null;
          registeredElement: string | null;
          running: Running | null;
          curve: Array<string> | null;
          activeMonths: Array<number> | null;
          uses: Array<string>;
          source: string;
          cluster: string;
          smallCountsBelow: number | null;
          expectedFrom: string | null;
        }>;
      } | null;
    };
  } | null;
};

export type StartBundleDraftMutationVariables = Exact<{
  input: StartBundleDraftInput;
}>;

export type StartBundleDraftMutation = {
  startBundleDraft:
    | { __typename: 'BundleDraftStarted'; revision: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ChangeBundleDraftMutationVariables = Exact<{
  input: ChangeBundleDraftInput;
}>;

export type ChangeBundleDraftMutation = {
  changeBundleDraft:
    | { __typename: 'BundleDraftChanged'; revision: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type DiscardBundleDraftMutationVariables = Exact<{
  input: DiscardBundleDraftInput;
}>;

export type DiscardBundleDraftMutation = {
  discardBundleDraft:
    | { __typename: 'BundleDraftDiscarded'; year: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type PublishBundleDraftMutationVariables = Exact<{
  input: PublishBundleDraftInput;
}>;

export type PublishBundleDraftMutation = {
  publishBundleDraft:
    | { __typename: 'BundlePublished'; year: number; indicatorCount: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type DistrictCompletenessQueryVariables = Exact<{
  code: string;
  year: number;
}>;

export type DistrictCompletenessQuery = {
  district: {
    id: string;
    code: string;
    completeness: {
      status: PartStatus;
      asOf: string | null;
      districtName: string | null;
      hasBundle: boolean | null;
      message: { id: string; en: string } | null;
      rows: Array<{
        puskesmas: { id: string; code: string; name: string };
        months: Array<{
          period: string;
          timeliness: Timeliness;
          expected: number;
          reported: number;
          submittedAt: string | null;
        }>;
      }> | null;
    };
  } | null;
};

export type TallyFieldsFragment = {
  baik: number;
  cukup: number;
  kurang: number;
  tanpaTarget: number;
  tanpaData: number;
  disembunyikan: number | null;
};

export type EvaluationFieldsFragment = {
  id: string;
  revision: number;
  status: EvaluationStatus;
  submittedByName: string;
  submittedAt: string;
  returnedReason: string | null;
  returnedAt: string | null;
};

export type OverviewFieldsFragment = {
  period: string;
  indicators: {
    status: PartStatus;
    asOf: string | null;
    districtName: string | null;
    submitted: number | null;
    expected: number | null;
    message: { id: string; en: string } | null;
    bundle: { year: number; name: string; indicatorCount: number } | null;
    tally: {
      baik: number;
      cukup: number;
      kurang: number;
      tanpaTarget: number;
      tanpaData: number;
      disembunyikan: number | null;
    } | null;
  };
  actions: {
    status: PartStatus;
    asOf: string | null;
    proposed: number | null;
    open: number | null;
    overdue: number | null;
    needsCompletion: number | null;
    message: { id: string; en: string } | null;
  };
  notifications: {
    status: PartStatus;
    asOf: string | null;
    unreachable: number | null;
    message: { id: string; en: string } | null;
  };
  meetings: {
    status: PartStatus;
    asOf: string | null;
    held: number | null;
    signed: number | null;
    missed: number | null;
    expected: number | null;
    message: { id: string; en: string } | null;
  };
  rows: Array<{
    warnings: number | null;
    proposedActions: number | null;
    openActions: number | null;
    overdueActions: number | null;
    actionsNeedingCompletion: number | null;
    unreachable: number | null;
    puskesmas: { id: string; code: string; name: string };
    evaluation: {
      id: string;
      revision: number;
      status: EvaluationStatus;
      submittedByName: string;
      submittedAt: string;
      returnedReason: string | null;
      returnedAt: string | null;
    } | null;
    tally: {
      baik: number;
      cukup: number;
      kurang: number;
      tanpaTarget: number;
      tanpaData: number;
      disembunyikan: number | null;
    } | null;
    worst: Array<{ code: string; name: string; performance: string | null }> | null;
    meeting: {
      id: string;
      month: string;
      status: MeetingStatus;
      startsAt: string | null;
      signedAt: string | null;
    } | null;
  }>;
};

export type DistrictOverviewQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type DistrictOverviewQuery = {
  district: {
    id: string;
    code: string;
    overview: {
      period: string;
      indicators: {
        status: PartStatus;
        asOf: string | null;
        districtName: string | null;
        submitted: number | null;
        expected: number | null;
        message: { id: string; en: string } | null;
        bundle: { year: number; name: string; indicatorCount: number } | null;
        tally: {
          baik: number;
          cukup: number;
          kurang: number;
          tanpaTarget: number;
          tanpaData: number;
          disembunyikan: number | null;
        } | null;
      };
      actions: {
        status: PartStatus;
        asOf: string | null;
        proposed: number | null;
        open: number | null;
        overdue: number | null;
        needsCompletion: number | null;
        message: { id: string; en: string } | null;
      };
      notifications: {
        status: PartStatus;
        asOf: string | null;
        unreachable: number | null;
        message: { id: string; en: string } | null;
      };
      meetings: {
        status: PartStatus;
        asOf: string | null;
        held: number | null;
        signed: number | null;
        missed: number | null;
        expected: number | null;
        message: { id: string; en: string } | null;
      };
      rows: Array<{
        warnings: number | null;
        proposedActions: number | null;
        openActions: number | null;
        overdueActions: number | null;
        actionsNeedingCompletion: number | null;
        unreachable: number | null;
        puskesmas: { id: string; code: string; name: string };
        evaluation: {
          id: string;
          revision: number;
          status: EvaluationStatus;
          submittedByName: string;
          submittedAt: string;
          returnedReason: string | null;
          returnedAt: string | null;
        } | null;
        tally: {
          baik: number;
          cukup: number;
          kurang: number;
          tanpaTarget: number;
          tanpaData: number;
          disembunyikan: number | null;
        } | null;
        worst: Array<{ code: string; name: string; performance: string | null }> | null;
        meeting: {
          id: string;
          month: string;
          status: MeetingStatus;
          startsAt: string | null;
          signedAt: string | null;
        } | null;
      }>;
    };
  } | null;
};

export type CoachingGroupOverviewQueryVariables = Exact<{
  district: string;
  code: string;
  period: string;
}>;

export type CoachingGroupOverviewQuery = {
  coachingGroup: {
    id: string;
    code: string;
    name: string;
    overview: {
      period: string;
      indicators: {
        status: PartStatus;
        asOf: string | null;
        districtName: string | null;
        submitted: number | null;
        expected: number | null;
        message: { id: string; en: string } | null;
        bundle: { year: number; name: string; indicatorCount: number } | null;
        tally: {
          baik: number;
          cukup: number;
          kurang: number;
          tanpaTarget: number;
          tanpaData: number;
          disembunyikan: number | null;
        } | null;
      };
      actions: {
        status: PartStatus;
        asOf: string | null;
        proposed: number | null;
        open: number | null;
        overdue: number | null;
        needsCompletion: number | null;
        message: { id: string; en: string } | null;
      };
      notifications: {
        status: PartStatus;
        asOf: string | null;
        unreachable: number | null;
        message: { id: string; en: string } | null;
      };
      meetings: {
        status: PartStatus;
        asOf: string | null;
        held: number | null;
        signed: number | null;
        missed: number | null;
        expected: number | null;
        message: { id: string; en: string } | null;
      };
      rows: Array<{
        warnings: number | null;
        proposedActions: number | null;
        openActions: number | null;
        overdueActions: number | null;
        actionsNeedingCompletion: number | null;
        unreachable: number | null;
        puskesmas: { id: string; code: string; name: string };
        evaluation: {
          id: string;
          revision: number;
          status: EvaluationStatus;
          submittedByName: string;
          submittedAt: string;
          returnedReason: string | null;
          returnedAt: string | null;
        } | null;
        tally: {
          baik: number;
          cukup: number;
          kurang: number;
          tanpaTarget: number;
          tanpaData: number;
          disembunyikan: number | null;
        } | null;
        worst: Array<{ code: string; name: string; performance: string | null }> | null;
        meeting: {
          id: string;
          month: string;
          status: MeetingStatus;
          startsAt: string | null;
          signedAt: string | null;
        } | null;
      }>;
    };
  } | null;
};

export type IndicatorAcrossFieldsFragment = {
  status: PartStatus;
  asOf: string | null;
  numerator: string | null;
  denominator: string | null;
  coverage: string | null;
  runningTarget: string | null;
  performance: string | null;
  judgement: Judgement | null;
  reporting: number | null;
  expected: number | null;
  ranked: number | null;
  message: { id: string; en: string } | null;
  definition: {
    code: string;
    nameId: string;
    nameEn: string;
    program: string;
    cluster: string;
    unit: string;
    direction: Direction;
    accumulation: Accumulation;
    annualTarget: string | null;
    multiplier: string | null;
    numerator: string;
    denominator: string;
    numeratorElement: string;
    denominatorElement: string | null;
    source: string;
  } | null;
  units: Array<{
    rank: number | null;
    puskesmas: { id: string; code: string; name: string };
    result: {
      code: string;
      name: string;
      nameEn: string;
      program: string;
      unit: string;
      direction: Direction;
      accumulation: Accumulation;
      annualTarget: string | null;
      judgement: Judgement;
      numerator: string | null;
      denominator: string | null;
      coverage: string | null;
      coverageState: CoverageState;
      runningTarget: string | null;
      performance: string | null;
      performanceCapped: string | null;
      monthsReported: number;
      monthsExpected: number;
      warnings: Array<{ code: string; indicatorCode: string | null; message: { id: string; en: string } }>;
    };
  }> | null;
};

export type DistrictIndicatorQueryVariables = Exact<{
  district: string;
  period: string;
  code: string;
}>;

export type DistrictIndicatorQuery = {
  district: {
    id: string;
    code: string;
    coachingGroups: Array<{ id: string; code: string; name: string }>;
    indicator: {
      status: PartStatus;
      asOf: string | null;
      numerator: string | null;
      denominator: string | null;
      coverage: string | null;
      runningTarget: string | null;
      performance: string | null;
      judgement: Judgement | null;
      reporting: number | null;
      expected: number | null;
      ranked: number | null;
      message: { id: string; en: string } | null;
      definition: {
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        cluster: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        source: string;
      } | null;
      units: Array<{
        rank: number | null;
        puskesmas: { id: string; code: string; name: string };
        result: {
          code: string;
          name: string;
          nameEn: string;
          program: string;
          unit: string;
          direction: Direction;
          accumulation: Accumulation;
          annualTarget: string | null;
          judgement: Judgement;
          numerator: string | null;
          denominator: string | null;
          coverage: string | null;
          coverageState: CoverageState;
          runningTarget: string | null;
          performance: string | null;
          performanceCapped: string | null;
          monthsReported: number;
          monthsExpected: number;
          warnings: Array<{
            code: string;
            indicatorCode: string | null;
            message: { id: string; en: string };
          }>;
        };
      }> | null;
    };
  } | null;
};

export type CoachingGroupIndicatorQueryVariables = Exact<{
  district: string;
  group: string;
  period: string;
  code: string;
}>;

export type CoachingGroupIndicatorQuery = {
  coachingGroup: {
    id: string;
    name: string;
    indicator: {
      status: PartStatus;
      asOf: string | null;
      numerator: string | null;
      denominator: string | null;
      coverage: string | null;
      runningTarget: string | null;
      performance: string | null;
      judgement: Judgement | null;
      reporting: number | null;
      expected: number | null;
      ranked: number | null;
      message: { id: string; en: string } | null;
      definition: {
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        cluster: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        source: string;
      } | null;
      units: Array<{
        rank: number | null;
        puskesmas: { id: string; code: string; name: string };
        result: {
          code: string;
          name: string;
          nameEn: string;
          program: string;
          unit: string;
          direction: Direction;
          accumulation: Accumulation;
          annualTarget: string | null;
          judgement: Judgement;
          numerator: string | null;
          denominator: string | null;
          coverage: string | null;
          coverageState: CoverageState;
          runningTarget: string | null;
          performance: string | null;
          performanceCapped: string | null;
          monthsReported: number;
          monthsExpected: number;
          warnings: Array<{
            code: string;
            indicatorCode: string | null;
            message: { id: string; en: string };
          }>;
        };
      }> | null;
    };
  } | null;
};

export type DistrictChangedSubscriptionVariables = Exact<{
  code: string;
}>;

export type DistrictChangedSubscription = {
  districtChanged: { puskesmasCode: string | null; period: string | null; kind: string; seen: string | null };
};

export type GuestFieldsFragment = {
  id: string;
  revision: number;
  name: string;
  office: string;
  phone: string | null;
  endedAt: string | null;
  links: Array<{
    id: string;
    action: string;
    madeAt: string;
    expiresAt: string;
    lastOpenedAt: string | null;
  }>;
};

export type PuskesmasGuestsQueryVariables = Exact<{
  code: string;
}>;

export type PuskesmasGuestsQuery = {
  puskesmas: {
    id: string;
    name: string;
    guests: {
      status: PartStatus;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        revision: number;
        name: string;
        office: string;
        phone: string | null;
        endedAt: string | null;
        links: Array<{
          id: string;
          action: string;
          madeAt: string;
          expiresAt: string;
          lastOpenedAt: string | null;
        }>;
      }> | null;
    };
  } | null;
};

export type AddGuestMutationVariables = Exact<{
  input: AddGuestInput;
}>;

export type AddGuestMutation = {
  addGuest:
    | {
        __typename: 'GuestChanged';
        guest: {
          id: string;
          revision: number;
          name: string;
          office: string;
          phone: string | null;
          endedAt: string | null;
          links: Array<{
            id: string;
            action: string;
            madeAt: string;
            expiresAt: string;
            lastOpenedAt: string | null;
          }>;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ChangeGuestMutationVariables = Exact<{
  input: ChangeGuestInput;
}>;

export type ChangeGuestMutation = {
  changeGuest:
    | {
        __typename: 'GuestChanged';
        guest: {
          id: string;
          revision: number;
          name: string;
          office: string;
          phone: string | null;
          endedAt: string | null;
          links: Array<{
            id: string;
            action: string;
            madeAt: string;
            expiresAt: string;
            lastOpenedAt: string | null;
          }>;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type EndGuestMutationVariables = Exact<{
  input: EndGuestInput;
}>;

export type EndGuestMutation = {
  endGuest:
    | {
        __typename: 'GuestChanged';
        guest: {
          id: string;
          revision: number;
          name: string;
          office: string;
          phone: string | null;
          endedAt: string | null;
          links: Array<{
            id: string;
            action: string;
            madeAt: string;
            expiresAt: string;
            lastOpenedAt: string | null;
          }>;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type IssueGuestLinkMutationVariables = Exact<{
  input: IssueGuestLinkInput;
}>;

export type IssueGuestLinkMutation = {
  issueGuestLink:
    | {
        __typename: 'GuestLinkIssued';
        secret: string | null;
        guest: {
          id: string;
          revision: number;
          name: string;
          office: string;
          phone: string | null;
          endedAt: string | null;
          links: Array<{
            id: string;
            action: string;
            madeAt: string;
            expiresAt: string;
            lastOpenedAt: string | null;
          }>;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type RevokeGuestLinkMutationVariables = Exact<{
  input: RevokeGuestLinkInput;
}>;

export type RevokeGuestLinkMutation = {
  revokeGuestLink:
    | {
        __typename: 'GuestChanged';
        guest: {
          id: string;
          revision: number;
          name: string;
          office: string;
          phone: string | null;
          endedAt: string | null;
          links: Array<{
            id: string;
            action: string;
            madeAt: string;
            expiresAt: string;
            lastOpenedAt: string | null;
          }>;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type GuestActionFieldsFragment = {
  revision: number;
  guestName: string;
  unitName: string;
  indicatorName: string;
  title: string;
  status: ActionStatus;
  dueDate: string;
  progress: number;
  overdue: boolean;
  linkExpiresAt: string;
  reports: Array<{ at: string; progress: number; note: string }>;
};

export type OpenGuestLinkMutationVariables = Exact<{
  secret: string;
}>;

export type OpenGuestLinkMutation = {
  openGuestLink:
    | { __typename: 'GuestSession'; accessToken: string; accessExpiresAt: string }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type GuestActionQueryVariables = Exact<{ [key: string]: never }>;

export type GuestActionQuery = {
  guestAction:
    | {
        __typename: 'GuestAction';
        revision: number;
        guestName: string;
        unitName: string;
        indicatorName: string;
        title: string;
        status: ActionStatus;
        dueDate: string;
        progress: number;
        overdue: boolean;
        linkExpiresAt: string;
        reports: Array<{ at: string; progress: number; note: string }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ReportAsGuestMutationVariables = Exact<{
  input: ReportAsGuestInput;
}>;

export type ReportAsGuestMutation = {
  reportAsGuest:
    | {
        __typename: 'GuestAction';
        revision: number;
        guestName: string;
        unitName: string;
        indicatorName: string;
        title: string;
        status: ActionStatus;
        dueDate: string;
        progress: number;
        overdue: boolean;
        linkExpiresAt: string;
        reports: Array<{ at: string; progress: number; note: string }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type FileLayoutsQueryVariables = Exact<{
  code: string;
}>;

export type FileLayoutsQuery = {
  district: {
    id: string;
    fileLayouts: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      layouts: Array<{
        year: number;
        name: string;
        sheet: string | null;
        keptByName: string;
        keptAt: string;
        columns: Array<{ column: string; header: string | null; element: string; covers: Covers }>;
      }> | null;
    };
  } | null;
};

export type InboxQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  unreadOnly: boolean;
}>;

export type InboxQuery = {
  viewer: {
    id: string;
    inbox: {
      status: PartStatus;
      unread: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        kind: string;
        about: string;
        link: string;
        unitName: string;
        deliveredAt: string;
        readAt: string | null;
        title: { id: string; en: string };
        body: { id: string; en: string };
      }> | null;
      pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
    };
  } | null;
};

export type InboxUnreadQueryVariables = Exact<{ [key: string]: never }>;

export type InboxUnreadQuery = {
  viewer: { id: string; inbox: { status: PartStatus; unread: number | null } } | null;
};

export type MarkMessagesReadMutationVariables = Exact<{
  input: MarkMessagesReadInput;
}>;

export type MarkMessagesReadMutation = {
  markMessagesRead:
    | { __typename: 'MessagesRead'; unread: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type InboxChangedSubscriptionVariables = Exact<{ [key: string]: never }>;

export type InboxChangedSubscription = { inboxChanged: { kind: string; at: string } };

export type DeviationFieldsFragment = {
  indicatorCode: string;
  fromPeriod: string;
  until: string;
  reason: string;
  acceptedByName: string;
  acceptedAt: string;
};

export type AcceptDeviationMutationVariables = Exact<{
  input: AcceptDeviationInput;
}>;

export type AcceptDeviationMutation = {
  acceptDeviation:
    | {
        __typename: 'DeviationAccepted';
        deviation: {
          indicatorCode: string;
          fromPeriod: string;
          until: string;
          reason: string;
          acceptedByName: string;
          acceptedAt: string;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type DefinitionFieldsFragment = {
  code: string;
  nameId: string;
  nameEn: string;
  program: string;
  cluster: string;
  unit: string;
  direction: Direction;
  accumulation: Accumulation;
  annualTarget: string | null;
  multiplier: string | null;
  numerator: string;
  denominator: string;
  numeratorElement: string;
  denominatorElement: string | null;
  source: string;
};

export type TrendFieldsFragment = {
  status: PartStatus;
  asOf: string | null;
  observed: TrendFigure | null;
  median: string | null;
  smallBelow: number | null;
  message: { id: string; en: string } | null;
  runs: Array<{ side: RunSide; from: string; to: string; points: number }> | null;
  points: Array<{
    period: string;
    coverage: string | null;
    state: CoverageState;
    numerator: string | null;
    denominator: string | null;
    judgement: Judgement;
    ofMonth: string | null;
    annualTarget: string | null;
    runningTarget: string | null;
    small: boolean;
    carried: boolean;
    redefined: boolean;
  }> | null;
};

export type PuskesmasIndicatorQueryVariables = Exact<{
  code: string;
  period: string;
  indicator: string;
}>;

export type PuskesmasIndicatorQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
    indicator: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      definition: {
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        cluster: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        source: string;
      } | null;
      result: {
        code: string;
        name: string;
        nameEn: string;
        program: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        judgement: Judgement;
        numerator: string | null;
        denominator: string | null;
        coverage: string | null;
        coverageState: CoverageState;
        runningTarget: string | null;
        performance: string | null;
        performanceCapped: string | null;
        monthsReported: number;
        monthsExpected: number;
        warnings: Array<{ code: string; indicatorCode: string | null; message: { id: string; en: string } }>;
      } | null;
      values: Array<{
        element: string;
        period: string;
        covers: Covers;
        state: ValueState;
        value: string | null;
        publishedValue: string | null;
        enteredByName: string;
        enteredAt: string;
      }> | null;
    };
    trend: {
      status: PartStatus;
      asOf: string | null;
      observed: TrendFigure | null;
      median: string | null;
      smallBelow: number | null;
      message: { id: string; en: string } | null;
      runs: Array<{ side: RunSide; from: string; to: string; points: number }> | null;
      points: Array<{
        period: string;
        coverage: string | null;
        state: CoverageState;
        numerator: string | null;
        denominator: string | null;
        judgement: Judgement;
        ofMonth: string | null;
        annualTarget: string | null;
        runningTarget: string | null;
        small: boolean;
        carried: boolean;
        redefined: boolean;
      }> | null;
    };
    deviations: {
      status: PartStatus;
      deviations: Array<{
        indicatorCode: string;
        fromPeriod: string;
        until: string;
        reason: string;
        acceptedByName: string;
        acceptedAt: string;
      }> | null;
    };
  } | null;
};

export type RecordValuesMutationVariables = Exact<{
  input: RecordValuesInput;
}>;

export type RecordValuesMutation = {
  recordValues:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'ValuesRecorded';
        changed: number;
        warnings: Array<{ code: string; indicatorCode: string | null; message: { id: string; en: string } }>;
        puskesmas: { id: string };
      };
};

export type DistrictMatrixQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type DistrictMatrixQuery = {
  district: {
    id: string;
    code: string;
    matrix: {
      status: PartStatus;
      asOf: string | null;
      districtName: string | null;
      hasBundle: boolean | null;
      message: { id: string; en: string } | null;
      indicators: Array<{
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        unit: string;
      }> | null;
      rows: Array<{
        judgements: Array<Judgement>;
        coverages: Array<string | null>;
        puskesmas: { id: string; code: string; name: string };
      }> | null;
    };
  } | null;
};

export type MeetingFieldsFragment = {
  id: string;
  revision: number;
  month: string;
  dataPeriod: string;
  status: MeetingStatus;
  startsAt: string | null;
  durationMinutes: number;
  place: string;
  concludedAt: string | null;
  signedAt: string | null;
  signedByName: string | null;
  cancelledReason: string | null;
  invited: number;
  present: number;
};

export type AgendaFieldsFragment = {
  id: string | null;
  kind: AgendaKind;
  title: string;
  indicatorCode: string | null;
  performance: string | null;
  actionId: string | null;
  actionStatus: ActionStatus | null;
  ownerName: string | null;
  dueDate: string | null;
  overdue: boolean;
  progress: number | null;
  carriedOver: number;
  note: string;
  decision: AgendaDecision | null;
};

export type AttendeeFieldsFragment = {
  id: string | null;
  name: string;
  position: string;
  presence: Presence;
};

export type PuskesmasMeetingsQueryVariables = Exact<{
  code: string;
  first: number;
}>;

export type PuskesmasMeetingsQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
    timeZone: string | null;
    meetings: {
      status: PartStatus;
      totalCount: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        revision: number;
        month: string;
        dataPeriod: string;
        status: MeetingStatus;
        startsAt: string | null;
        durationMinutes: number;
        place: string;
        concludedAt: string | null;
        signedAt: string | null;
        signedByName: string | null;
        cancelledReason: string | null;
        invited: number;
        present: number;
      }> | null;
      pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
    };
  } | null;
};

export type MeetingPageQueryVariables = Exact<{
  id: string;
}>;

export type MeetingPageQuery = {
  meeting: {
    notes: string;
    id: string;
    revision: number;
    month: string;
    dataPeriod: string;
    status: MeetingStatus;
    startsAt: string | null;
    durationMinutes: number;
    place: string;
    concludedAt: string | null;
    signedAt: string | null;
    signedByName: string | null;
    cancelledReason: string | null;
    invited: number;
    present: number;
    puskesmas: { id: string; code: string; name: string; timeZone: string | null };
    agenda: Array<{
      id: string | null;
      kind: AgendaKind;
      title: string;
      indicatorCode: string | null;
      performance: string | null;
      actionId: string | null;
      actionStatus: ActionStatus | null;
      ownerName: string | null;
      dueDate: string | null;
      overdue: boolean;
      progress: number | null;
      carriedOver: number;
      note: string;
      decision: AgendaDecision | null;
    }>;
    attendees: Array<{ id: string | null; name: string; position: string; presence: Presence }>;
  } | null;
};

export type ScheduleMeetingMutationVariables = Exact<{
  input: ScheduleMeetingInput;
}>;

export type ScheduleMeetingMutation = {
  scheduleMeeting:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type MoveMeetingMutationVariables = Exact<{
  input: MoveMeetingInput;
}>;

export type MoveMeetingMutation = {
  moveMeeting:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type CancelMeetingMutationVariables = Exact<{
  input: CancelMeetingInput;
}>;

export type CancelMeetingMutation = {
  cancelMeeting:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type OpenMeetingMutationVariables = Exact<{
  input: OpenMeetingInput;
}>;

export type OpenMeetingMutation = {
  openMeeting:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type AddTopicMutationVariables = Exact<{
  input: AddTopicInput;
}>;

export type AddTopicMutation = {
  addTopic:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type RemoveTopicMutationVariables = Exact<{
  input: RemoveTopicInput;
}>;

export type RemoveTopicMutation = {
  removeTopic:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type DecideItemMutationVariables = Exact<{
  input: DecideItemInput;
}>;

export type DecideItemMutation = {
  decideItem:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type RecordAttendanceMutationVariables = Exact<{
  input: RecordAttendanceInput;
}>;

export type RecordAttendanceMutation = {
  recordAttendance:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type SaveNotesMutationVariables = Exact<{
  input: SaveNotesInput;
}>;

export type SaveNotesMutation = {
  saveNotes:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ConcludeMeetingMutationVariables = Exact<{
  input: ConcludeMeetingInput;
}>;

export type ConcludeMeetingMutation = {
  concludeMeeting:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type SignMinutesMutationVariables = Exact<{
  input: SignMinutesInput;
}>;

export type SignMinutesMutation = {
  signMinutes:
    | {
        __typename: 'MeetingChanged';
        meeting: {
          id: string;
          revision: number;
          month: string;
          dataPeriod: string;
          status: MeetingStatus;
          startsAt: string | null;
          durationMinutes: number;
          place: string;
          concludedAt: string | null;
          signedAt: string | null;
          signedByName: string | null;
          cancelledReason: string | null;
          invited: number;
          present: number;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type PreferencesFieldsFragment = {
  revision: number;
  evaluation: MailTiming;
  action: MailTiming;
  meeting: MailTiming;
  digestHour: number;
  quietFrom: number;
  quietUntil: number;
  timeZone: string;
  address: string | null;
  addressRefused: boolean;
  mailIsSent: boolean;
};

export type PreferencesPageQueryVariables = Exact<{ [key: string]: never }>;

export type PreferencesPageQuery = {
  viewer: {
    id: string;
    preferences: {
      status: PartStatus;
      message: { id: string; en: string } | null;
      preferences: {
        revision: number;
        evaluation: MailTiming;
        action: MailTiming;
        meeting: MailTiming;
        digestHour: number;
        quietFrom: number;
        quietUntil: number;
        timeZone: string;
        address: string | null;
        addressRefused: boolean;
        mailIsSent: boolean;
      } | null;
    };
  } | null;
};

export type SetPreferencesMutationVariables = Exact<{
  input: SetPreferencesInput;
}>;

export type SetPreferencesMutation = {
  setPreferences:
    | {
        __typename: 'PreferencesSet';
        preferences: {
          revision: number;
          evaluation: MailTiming;
          action: MailTiming;
          meeting: MailTiming;
          digestHour: number;
          quietFrom: number;
          quietUntil: number;
          timeZone: string;
          address: string | null;
          addressRefused: boolean;
          mailIsSent: boolean;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type DeliveryFieldsFragment = {
  id: string;
  kind: string;
  status: DeliveryStatus;
  personName: string;
  unitName: string | null;
  subject: string;
  address: string | null;
  attempts: number;
  queuedAt: string;
  nextAttemptAt: string | null;
  settledAt: string | null;
  skipReason: string | null;
  lastError: string | null;
  mayBeSentAgain: boolean;
};

export type DeliveriesQueryVariables = Exact<{
  district: string;
  status?: DeliveryStatus | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;

export type DeliveriesQuery = {
  deliveries: {
    status: PartStatus;
    totalCount: number | null;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      kind: string;
      status: DeliveryStatus;
      personName: string;
      unitName: string | null;
      subject: string;
      address: string | null;
      attempts: number;
      queuedAt: string;
      nextAttemptAt: string | null;
      settledAt: string | null;
      skipReason: string | null;
      lastError: string | null;
      mayBeSentAgain: boolean;
    }> | null;
    pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
  };
};

export type SendAgainMutationVariables = Exact<{
  input: SendAgainInput;
}>;

export type SendAgainMutation = {
  sendAgain:
    | {
        __typename: 'QueuedAgain';
        delivery: {
          id: string;
          kind: string;
          status: DeliveryStatus;
          personName: string;
          unitName: string | null;
          subject: string;
          address: string | null;
          attempts: number;
          queuedAt: string;
          nextAttemptAt: string | null;
          settledAt: string | null;
          skipReason: string | null;
          lastError: string | null;
          mayBeSentAgain: boolean;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type WebhookFieldsFragment = {
  id: string;
  revision: number;
  name: string;
  url: string;
  types: Array<string>;
  enabled: boolean;
  formerSecretUntil: string | null;
  queued: number;
  failed: number;
  lastDeliveredAt: string | null;
  failingSince: string | null;
  puskesmas: Array<{ code: string; name: string }> | null;
};

export type WebhookSendingFieldsFragment = {
  id: string;
  factId: string;
  type: string;
  unitName: string | null;
  status: WebhookSendingStatus;
  attempts: number;
  queuedAt: string;
  nextAttemptAt: string | null;
  settledAt: string | null;
  lastStatus: number | null;
  lastError: string | null;
};

export type WebhooksQueryVariables = Exact<{
  district: string;
}>;

export type WebhooksQuery = {
  webhookTypes: Array<string>;
  webhooks: {
    status: PartStatus;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      revision: number;
      name: string;
      url: string;
      types: Array<string>;
      enabled: boolean;
      formerSecretUntil: string | null;
      queued: number;
      failed: number;
      lastDeliveredAt: string | null;
      failingSince: string | null;
      puskesmas: Array<{ code: string; name: string }> | null;
    }> | null;
  };
};

export type WebhookLogQueryVariables = Exact<{
  webhook: string;
  first: number;
  after?: string | null | undefined;
}>;

export type WebhookLogQuery = {
  webhookSendings: {
    status: PartStatus;
    totalCount: number | null;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      factId: string;
      type: string;
      unitName: string | null;
      status: WebhookSendingStatus;
      attempts: number;
      queuedAt: string;
      nextAttemptAt: string | null;
      settledAt: string | null;
      lastStatus: number | null;
      lastError: string | null;
    }> | null;
    pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
  };
};

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;

export type CreateWebhookMutation = {
  createWebhook:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'WebhookWithSecret';
        secret: string;
        webhook: {
          id: string;
          revision: number;
          name: string;
          url: string;
          types: Array<string>;
          enabled: boolean;
          formerSecretUntil: string | null;
          queued: number;
          failed: number;
          lastDeliveredAt: string | null;
          failingSince: string | null;
          puskesmas: Array<{ code: string; name: string }> | null;
        };
      };
};

export type ChangeWebhookMutationVariables = Exact<{
  input: ChangeWebhookInput;
}>;

export type ChangeWebhookMutation = {
  changeWebhook:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'WebhookChanged';
        webhook: {
          id: string;
          revision: number;
          name: string;
          url: string;
          types: Array<string>;
          enabled: boolean;
          formerSecretUntil: string | null;
          queued: number;
          failed: number;
          lastDeliveredAt: string | null;
          failingSince: string | null;
          puskesmas: Array<{ code: string; name: string }> | null;
        };
      };
};

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;

export type RotateWebhookSecretMutation = {
  rotateWebhookSecret:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'WebhookWithSecret';
        secret: string;
        webhook: {
          id: string;
          revision: number;
          name: string;
          url: string;
          types: Array<string>;
          enabled: boolean;
          formerSecretUntil: string | null;
          queued: number;
          failed: number;
          lastDeliveredAt: string | null;
          failingSince: string | null;
          puskesmas: Array<{ code: string; name: string }> | null;
        };
      };
};

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;

export type DeleteWebhookMutation = {
  deleteWebhook:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'WebhookDeleted'; id: string };
};

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;

export type TestWebhookMutation = {
  testWebhook:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'WebhookTested'; sending: { id: string } };
};

export type ResendToWebhookMutationVariables = Exact<{
  input: ResendToWebhookInput;
}>;

export type ResendToWebhookMutation = {
  resendToWebhook:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'ResentToWebhook'; queued: number };
};

export type WarningFieldsFragment = {
  code: string;
  indicatorCode: string | null;
  message: { id: string; en: string };
};

export type ResultFieldsFragment = {
  code: string;
  name: string;
  nameEn: string;
  program: string;
  unit: string;
  direction: Direction;
  accumulation: Accumulation;
  annualTarget: string | null;
  judgement: Judgement;
  numerator: string | null;
  denominator: string | null;
  coverage: string | null;
  coverageState: CoverageState;
  runningTarget: string | null;
  performance: string | null;
  performanceCapped: string | null;
  monthsReported: number;
  monthsExpected: number;
  warnings: Array<{ code: string; indicatorCode: string | null; message: { id: string; en: string } }>;
};

export type VerificationFieldsFragment = {
  verifiedAt: string | null;
  lockedByName: string | null;
  lockedAt: string | null;
  programs: Array<{ program: string; verifiedByName: string | null; verifiedAt: string | null }>;
  returned: Array<{ code: string; name: string; program: string; reason: string }>;
  objections: Array<{ code: string; name: string; program: string; reason: string }>;
};

export type PuskesmasResultsQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type PuskesmasResultsQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
    deviations: {
      status: PartStatus;
      deviations: Array<{
        indicatorCode: string;
        fromPeriod: string;
        until: string;
        reason: string;
        acceptedByName: string;
        acceptedAt: string;
      }> | null;
    };
    results: {
      status: PartStatus;
      asOf: string | null;
      warnings: number | null;
      message: { id: string; en: string } | null;
      evaluation: {
        id: string;
        revision: number;
        status: EvaluationStatus;
        submittedByName: string;
        submittedAt: string;
        returnedReason: string | null;
        returnedAt: string | null;
      } | null;
      verification: {
        verifiedAt: string | null;
        lockedByName: string | null;
        lockedAt: string | null;
        programs: Array<{ program: string; verifiedByName: string | null; verifiedAt: string | null }>;
        returned: Array<{ code: string; name: string; program: string; reason: string }>;
        objections: Array<{ code: string; name: string; program: string; reason: string }>;
      } | null;
      windows: {
        entryClosesAt: string | null;
        verificationClosesAt: string | null;
        zone: string | null;
      } | null;
      tally: {
        baik: number;
        cukup: number;
        kurang: number;
        tanpaTarget: number;
        tanpaData: number;
        disembunyikan: number | null;
      } | null;
      results: Array<{
        code: string;
        name: string;
        nameEn: string;
        program: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        judgement: Judgement;
        numerator: string | null;
        denominator: string | null;
        coverage: string | null;
        coverageState: CoverageState;
        runningTarget: string | null;
        performance: string | null;
        performanceCapped: string | null;
        monthsReported: number;
        monthsExpected: number;
        warnings: Array<{ code: string; indicatorCode: string | null; message: { id: string; en: string } }>;
      }> | null;
    };
  } | null;
};

export type PuskesmasActionsQueryVariables = Exact<{
  code: string;
  first: number;
  after?: string | null | undefined;
  statuses?: Array<ActionStatus> | ActionStatus | null | undefined;
  indicator?: string | null | undefined;
}>;

export type PuskesmasActionsQuery = {
  puskesmas: {
    id: string;
    actions: {
      status: PartStatus;
      totalCount: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        revision: number;
        indicatorCode: string;
        indicatorName: string;
        title: string;
        status: ActionStatus;
        ownerId: string | null;
        ownerName: string | null;
        ownerIsGuest: boolean;
        ownerLeft: boolean;
        dueDate: string | null;
        progress: number;
        overdue: boolean;
        unsupported: boolean;
        agreedAt: string | null;
        agreedInId: string | null;
        needsCompletion: boolean;
        carriedOver: number;
        periods: Array<string>;
        createdAt: string;
        updatedAt: string;
        puskesmas: { id: string; code: string; name: string };
      }> | null;
      pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
    };
  } | null;
};

export type PuskesmasPeopleQueryVariables = Exact<{
  code: string;
}>;

export type PuskesmasPeopleQuery = {
  puskesmas: {
    id: string;
    people: {
      status: PartStatus;
      message: { id: string; en: string } | null;
      nodes: Array<{ id: string; name: string; title: string; role: Role; program: string | null }> | null;
    };
  } | null;
};

export type SubmitEvaluationMutationVariables = Exact<{
  input: SubmitEvaluationInput;
}>;

export type SubmitEvaluationMutation = {
  submitEvaluation:
    | {
        __typename: 'EvaluationSubmitted';
        evaluation: {
          id: string;
          revision: number;
          status: EvaluationStatus;
          submittedByName: string;
          submittedAt: string;
          returnedReason: string | null;
          returnedAt: string | null;
        };
        tally: {
          baik: number;
          cukup: number;
          kurang: number;
          tanpaTarget: number;
          tanpaData: number;
          disembunyikan: number | null;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ReturnEvaluationMutationVariables = Exact<{
  input: ReturnEvaluationInput;
}>;

export type ReturnEvaluationMutation = {
  returnEvaluation:
    | {
        __typename: 'EvaluationReturned';
        evaluation: {
          id: string;
          revision: number;
          status: EvaluationStatus;
          submittedByName: string;
          submittedAt: string;
          returnedReason: string | null;
          returnedAt: string | null;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type VerifyEvaluationsMutationVariables = Exact<{
  input: VerifyEvaluationsInput;
}>;

export type VerifyEvaluationsMutation = {
  verifyEvaluations:
    | {
        __typename: 'EvaluationsVerified';
        results: Array<{
          id: string | null;
          puskesmasCode: string | null;
          puskesmasName: string | null;
          programs: Array<string>;
          awaiting: Array<string>;
          evaluation: {
            id: string;
            revision: number;
            status: EvaluationStatus;
            submittedByName: string;
            submittedAt: string;
            returnedReason: string | null;
            returnedAt: string | null;
          } | null;
          refusal: {
            code: string;
            field: string | null;
            message: { id: string; en: string };
            details: Array<{ name: string; value: string }>;
          } | null;
        }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type FindingFieldsFragment = {
  rule: string;
  level: FindingLevel;
  subject: string;
  indicatorCodes: Array<string>;
  puskesmas: { code: string; name: string } | null;
  message: { id: string; en: string };
  confirmation: { reason: string; byName: string; at: string } | null;
};

export type FindingsFieldsFragment = {
  status: PartStatus;
  asOf: string | null;
  message: { id: string; en: string } | null;
  findings: Array<{
    rule: string;
    level: FindingLevel;
    subject: string;
    indicatorCodes: Array<string>;
    puskesmas: { code: string; name: string } | null;
    message: { id: string; en: string };
    confirmation: { reason: string; byName: string; at: string } | null;
  }> | null;
};

export type DistrictFindingsQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type DistrictFindingsQuery = {
  district: {
    code: string;
    findings: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      findings: Array<{
        rule: string;
        level: FindingLevel;
        subject: string;
        indicatorCodes: Array<string>;
        puskesmas: { code: string; name: string } | null;
        message: { id: string; en: string };
        confirmation: { reason: string; byName: string; at: string } | null;
      }> | null;
    };
  } | null;
};

export type PuskesmasFindingsQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type PuskesmasFindingsQuery = {
  puskesmas: {
    code: string;
    name: string;
    findings: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      findings: Array<{
        rule: string;
        level: FindingLevel;
        subject: string;
        indicatorCodes: Array<string>;
        puskesmas: { code: string; name: string } | null;
        message: { id: string; en: string };
        confirmation: { reason: string; byName: string; at: string } | null;
      }> | null;
    };
  } | null;
};

export type ConfirmFindingMutationVariables = Exact<{
  input: ConfirmFindingInput;
}>;

export type ConfirmFindingMutation = {
  confirmFinding:
    | {
        __typename: 'FindingConfirmed';
        finding: {
          rule: string;
          level: FindingLevel;
          subject: string;
          indicatorCodes: Array<string>;
          puskesmas: { code: string; name: string } | null;
          message: { id: string; en: string };
          confirmation: { reason: string; byName: string; at: string } | null;
        };
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type ManagementFieldsFragment = {
  score: string | null;
  used: number;
  of: number;
  category: Judgement | null;
  variables: Array<{ code: string; count: number | null; points: string | null; source: CountSource }>;
};

export type SpmFieldsFragment = {
  index: string | null;
  used: number;
  of: number;
  category: SpmCategory | null;
  services: Array<{
    code: string;
    name: string;
    nameEn: string;
    coverage: string | null;
    fulfilment: string | null;
    quality: string | null;
  }>;
};

export type PuskesmasScoresQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type PuskesmasScoresQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
    scores: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      service: {
        score: string | null;
        raw: string | null;
        used: number;
        of: number;
        category: Judgement | null;
        programs: Array<{
          name: string;
          score: string | null;
          raw: string | null;
          used: number;
          of: number;
          category: Judgement | null;
          variables: Array<{
            name: string;
            score: string | null;
            raw: string | null;
            used: number;
            of: number;
            inputs: Array<{
              code: string;
              name: string;
              nameEn: string;
              score: string | null;
              raw: string | null;
              coverageState: CoverageState;
              hidden: boolean;
            }>;
          }>;
        }>;
      } | null;
      management: {
        score: string | null;
        used: number;
        of: number;
        category: Judgement | null;
        variables: Array<{ code: string; count: number | null; points: string | null; source: CountSource }>;
      } | null;
      spm: {
        index: string | null;
        used: number;
        of: number;
        category: SpmCategory | null;
        services: Array<{
          code: string;
          name: string;
          nameEn: string;
          coverage: string | null;
          fulfilment: string | null;
          quality: string | null;
        }>;
      } | null;
      iks: { index: string; category: IksCategory } | null;
    };
  } | null;
};

export type DistrictScoresQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type DistrictScoresQuery = {
  district: {
    id: string;
    code: string;
    scores: {
      status: PartStatus;
      asOf: string | null;
      message: { id: string; en: string } | null;
      units: Array<{
        puskesmas: { id: string; code: string; name: string };
        service: {
          score: string | null;
          used: number;
          of: number;
          category: Judgement | null;
          programs: Array<{
            name: string;
            score: string | null;
            used: number;
            of: number;
            category: Judgement | null;
          }>;
        };
        management: {
          score: string | null;
          used: number;
          of: number;
          category: Judgement | null;
          variables: Array<{
            code: string;
            count: number | null;
            points: string | null;
            source: CountSource;
          }>;
        };
        iks: { index: string; category: IksCategory } | null;
      }> | null;
      spm: {
        index: string | null;
        used: number;
        of: number;
        category: SpmCategory | null;
        services: Array<{
          code: string;
          name: string;
          nameEn: string;
          coverage: string | null;
          fulfilment: string | null;
          quality: string | null;
        }>;
      } | null;
      iks: { index: string; category: IksCategory } | null;
    };
  } | null;
};

export type AccountPageQueryVariables = Exact<{ [key: string]: never }>;

export type AccountPageQuery = {
  viewer: {
    id: string;
    secondFactor: {
      status: PartStatus;
      on: boolean | null;
      since: string | null;
      required: boolean | null;
      recoveryCodesLeft: number | null;
      message: { id: string; en: string } | null;
    };
    sessions: {
      status: PartStatus;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        device: string;
        startedAt: string;
        seenAt: string;
        present: boolean;
      }> | null;
    };
  } | null;
};

export type EndSessionsMutationVariables = Exact<{
  input: EndSessionsInput;
}>;

export type EndSessionsMutation = {
  endSessions:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SessionsEnded'; ended: number };
};

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;

export type ChangePasswordMutation = {
  changePassword:
    | { __typename: 'PasswordChanged'; ended: number }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type StartSecondFactorMutationVariables = Exact<{
  input: StartSecondFactorInput;
}>;

export type StartSecondFactorMutation = {
  startSecondFactor:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondFactorKey'; key: string; address: string };
};

export type ConfirmSecondFactorMutationVariables = Exact<{
  input: ConfirmSecondFactorInput;
}>;

export type ConfirmSecondFactorMutation = {
  confirmSecondFactor:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondFactorOn'; recoveryCodes: Array<string>; ended: number };
};

export type TurnOffSecondFactorMutationVariables = Exact<{
  input: TurnOffSecondFactorInput;
}>;

export type TurnOffSecondFactorMutation = {
  turnOffSecondFactor:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondFactorOff'; off: boolean };
};

export type AccountsFieldsFragment = {
  status: PartStatus;
  totalCount: number | null;
  message: { id: string; en: string } | null;
  nodes: Array<{
    id: string;
    name: string;
    title: string;
    login: string;
    hasPassword: boolean;
    hasSecondFactor: boolean;
    codeExpiresAt: string | null;
    mayIssue: boolean;
  }> | null;
};

export type AccountsOfPuskesmasQueryVariables = Exact<{
  code: string;
}>;

export type AccountsOfPuskesmasQuery = {
  puskesmas: {
    id: string;
    name: string;
    accounts: {
      status: PartStatus;
      totalCount: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        name: string;
        title: string;
        login: string;
        hasPassword: boolean;
        hasSecondFactor: boolean;
        codeExpiresAt: string | null;
        mayIssue: boolean;
      }> | null;
    };
  } | null;
};

export type AccountsOfOfficeQueryVariables = Exact<{
  code: string;
}>;

export type AccountsOfOfficeQuery = {
  district: {
    id: string;
    accounts: {
      status: PartStatus;
      totalCount: number | null;
      message: { id: string; en: string } | null;
      nodes: Array<{
        id: string;
        name: string;
        title: string;
        login: string;
        hasPassword: boolean;
        hasSecondFactor: boolean;
        codeExpiresAt: string | null;
        mayIssue: boolean;
      }> | null;
    };
  } | null;
};

export type IssueCodesMutationVariables = Exact<{
  input: IssueCodesInput;
}>;

export type IssueCodesMutation = {
  issueCodes:
    | {
        __typename: 'CodesIssued';
        slips: Array<{
          person: string;
          name: string;
          title: string;
          unitName: string;
          login: string;
          code: string;
          expiresAt: string;
        }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type RemoveSecondFactorMutationVariables = Exact<{
  input: RemoveSecondFactorInput;
}>;

export type RemoveSecondFactorMutation = {
  removeSecondFactor:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondFactorRemoved'; removed: boolean; ended: number };
};

export type ServiceAccountFieldsFragment = {
  id: string;
  revision: number;
  login: string;
  name: string;
  role: ServiceAccountRole;
  expiresOn: string;
  madeAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
};

export type ServiceAccountsQueryVariables = Exact<{
  district: string;
}>;

export type ServiceAccountsQuery = {
  serviceAccounts: {
    status: PartStatus;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      revision: number;
      login: string;
      name: string;
      role: ServiceAccountRole;
      expiresOn: string;
      madeAt: string;
      lastUsedAt: string | null;
      revokedAt: string | null;
      secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
    }> | null;
  };
};

export type ServiceAccountChangedFieldsFragment = {
  secret: string | null;
  account: {
    id: string;
    revision: number;
    login: string;
    name: string;
    role: ServiceAccountRole;
    expiresOn: string;
    madeAt: string;
    lastUsedAt: string | null;
    revokedAt: string | null;
    secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
  };
};

export type MakeServiceAccountMutationVariables = Exact<{
  input: MakeServiceAccountInput;
}>;

export type MakeServiceAccountMutation = {
  makeServiceAccount:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'ServiceAccountChanged';
        secret: string | null;
        account: {
          id: string;
          revision: number;
          login: string;
          name: string;
          role: ServiceAccountRole;
          expiresOn: string;
          madeAt: string;
          lastUsedAt: string | null;
          revokedAt: string | null;
          secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
        };
      };
};

export type RenewServiceSecretMutationVariables = Exact<{
  input: RenewServiceSecretInput;
}>;

export type RenewServiceSecretMutation = {
  renewServiceSecret:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'ServiceAccountChanged';
        secret: string | null;
        account: {
          id: string;
          revision: number;
          login: string;
          name: string;
          role: ServiceAccountRole;
          expiresOn: string;
          madeAt: string;
          lastUsedAt: string | null;
          revokedAt: string | null;
          secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
        };
      };
};

export type RevokeServiceAccountMutationVariables = Exact<{
  input: RevokeServiceAccountInput;
}>;

export type RevokeServiceAccountMutation = {
  revokeServiceAccount:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'ServiceAccountChanged';
        secret: string | null;
        account: {
          id: string;
          revision: number;
          login: string;
          name: string;
          role: ServiceAccountRole;
          expiresOn: string;
          madeAt: string;
          lastUsedAt: string | null;
          revokedAt: string | null;
          secrets: Array<{ madeAt: string; endsAt: string | null; lastUsedAt: string | null }>;
        };
      };
};

export type ViewerFieldsFragment = {
  id: string;
  name: string;
  posts: Array<{
    title: string;
    role: Role;
    program: string | null;
    districtCode: string;
    unitName: string;
    coachingGroup: {
      id: string;
      code: string;
      name: string;
      puskesmas: Array<{ id: string; code: string }>;
    } | null;
    puskesmas: { id: string; code: string; name: string } | null;
  }>;
};

export type RefusalFieldsFragment = {
  code: string;
  field: string | null;
  message: { id: string; en: string };
  details: Array<{ name: string; value: string }>;
};

export type SecondStepFieldsFragment = {
  challenge: string;
  challengeExpiresAt: string;
  setUp: { key: string; address: string } | null;
};

export type SingleSignOnQueryVariables = Exact<{ [key: string]: never }>;

export type SingleSignOnQuery = { singleSignOn: { name: string } | null };

export type SignInMutationVariables = Exact<{
  login: string;
  password: string;
}>;

export type SignInMutation = {
  signIn:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'SecondStep';
        challenge: string;
        challengeExpiresAt: string;
        setUp: { key: string; address: string } | null;
      }
    | {
        __typename: 'Session';
        accessToken: string;
        accessExpiresAt: string;
        viewer: {
          id: string;
          name: string;
          posts: Array<{
            title: string;
            role: Role;
            program: string | null;
            districtCode: string;
            unitName: string;
            coachingGroup: {
              id: string;
              code: string;
              name: string;
              puskesmas: Array<{ id: string; code: string }>;
            } | null;
            puskesmas: { id: string; code: string; name: string } | null;
          }>;
        };
      };
};

export type CompleteSignInMutationVariables = Exact<{
  challenge: string;
  code: string;
}>;

export type CompleteSignInMutation = {
  completeSignIn:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondStep' }
    | {
        __typename: 'Session';
        accessToken: string;
        accessExpiresAt: string;
        recoveryCodes: Array<string> | null;
        viewer: {
          id: string;
          name: string;
          posts: Array<{
            title: string;
            role: Role;
            program: string | null;
            districtCode: string;
            unitName: string;
            coachingGroup: {
              id: string;
              code: string;
              name: string;
              puskesmas: Array<{ id: string; code: string }>;
            } | null;
            puskesmas: { id: string; code: string; name: string } | null;
          }>;
        };
      };
};

export type UseCodeMutationVariables = Exact<{
  login: string;
  code: string;
  newPassword: string;
}>;

export type UseCodeMutation = {
  useCode:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | {
        __typename: 'SecondStep';
        challenge: string;
        challengeExpiresAt: string;
        setUp: { key: string; address: string } | null;
      }
    | {
        __typename: 'Session';
        accessToken: string;
        accessExpiresAt: string;
        viewer: {
          id: string;
          name: string;
          posts: Array<{
            title: string;
            role: Role;
            program: string | null;
            districtCode: string;
            unitName: string;
            coachingGroup: {
              id: string;
              code: string;
              name: string;
              puskesmas: Array<{ id: string; code: string }>;
            } | null;
            puskesmas: { id: string; code: string; name: string } | null;
          }>;
        };
      };
};

export type RefreshSessionMutationVariables = Exact<{ [key: string]: never }>;

export type RefreshSessionMutation = {
  refreshSession:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SecondStep' }
    | {
        __typename: 'Session';
        accessToken: string;
        accessExpiresAt: string;
        viewer: {
          id: string;
          name: string;
          posts: Array<{
            title: string;
            role: Role;
            program: string | null;
            districtCode: string;
            unitName: string;
            coachingGroup: {
              id: string;
              code: string;
              name: string;
              puskesmas: Array<{ id: string; code: string }>;
            } | null;
            puskesmas: { id: string; code: string; name: string } | null;
          }>;
        };
      };
};

export type SignOutMutationVariables = Exact<{ [key: string]: never }>;

export type SignOutMutation = {
  signOut:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'SignedOut'; ended: boolean };
};

export type EntrySheetQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type EntrySheetQuery = {
  puskesmas: {
    code: string;
    name: string;
    sheet: {
      status: PartStatus;
      asOf: string | null;
      lowerIsBetter: LowerIsBetter | null;
      message: { id: string; en: string } | null;
      closed: { id: string; en: string } | null;
      bands: { kurangAtMost: string; baikFrom: string } | null;
      sequences: Array<{ earlier: string; later: string }> | null;
      indicators: Array<{
        cluster: string;
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        registeredElement: string | null;
        running: Running | null;
        curve: Array<string> | null;
        activeMonths: Array<number> | null;
        uses: Array<string>;
        source: string;
        smallCountsBelow: number | null;
        expectedFrom: string | null;
      }> | null;
      elements: Array<{
        code: string;
        nameId: string;
        nameEn: string;
        unit: string;
        sumOf: Array<string> | null;
      }> | null;
      targets: Array<{
        indicatorCode: string;
        month: number | null;
        value: string;
        running: Running | null;
        curve: Array<string> | null;
      }> | null;
      values: Array<{
        element: string;
        period: string;
        covers: Covers;
        state: ValueState;
        value: string | null;
      }> | null;
    };
  } | null;
};

export type SystemPageQueryVariables = Exact<{ [key: string]: never }>;

export type SystemPageQuery = {
  system: Array<{
    service: AuditService;
    status: PartStatus;
    ready: boolean | null;
    missing: Array<string> | null;
    unpublished: number | null;
    deadLetters: number | null;
    message: { id: string; en: string } | null;
  }>;
};

export type DeadLetterFieldsFragment = {
  id: string;
  at: string;
  reader: string;
  subject: string;
  factId: string | null;
  districtCode: string | null;
  attempts: number;
  reason: string;
  replayedAt: string | null;
};

export type DeadLettersQueryVariables = Exact<{
  service: AuditService;
  waiting: boolean;
  first: number;
  after?: string | null | undefined;
}>;

export type DeadLettersQuery = {
  deadLetters: {
    status: PartStatus;
    totalCount: number | null;
    message: { id: string; en: string } | null;
    nodes: Array<{
      id: string;
      at: string;
      reader: string;
      subject: string;
      factId: string | null;
      districtCode: string | null;
      attempts: number;
      reason: string;
      replayedAt: string | null;
    }> | null;
    pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
  };
};

export type ReplayDeadLetterMutationVariables = Exact<{
  input: ReplayDeadLetterInput;
}>;

export type ReplayDeadLetterMutation = {
  replayDeadLetter:
    | { __typename: 'DeadLetterReplayed'; succeeded: boolean }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type VerificationQueueQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type VerificationQueueQuery = {
  district: {
    id: string;
    code: string;
    verification: {
      status: PartStatus;
      asOf: string | null;
      districtName: string | null;
      programs: Array<string> | null;
      message: { id: string; en: string } | null;
      rows: Array<{
        warnings: number;
        verified: Array<string>;
        mine: Array<string>;
        returned: number;
        objections: number;
        changed: number | null;
        puskesmas: { id: string; code: string; name: string };
        evaluation: {
          id: string;
          revision: number;
          status: EvaluationStatus;
          submittedByName: string;
          submittedAt: string;
          returnedReason: string | null;
          returnedAt: string | null;
        } | null;
      }> | null;
    };
  } | null;
};

export type EvaluationChangesQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type EvaluationChangesQuery = {
  puskesmas: {
    id: string;
    results: {
      status: PartStatus;
      message: { id: string; en: string } | null;
      evaluation: {
        id: string;
        changes: {
          status: PartStatus;
          first: boolean | null;
          message: { id: string; en: string } | null;
          indicators: Array<{
            code: string;
            name: string;
            nameEn: string;
            program: string;
            unit: string;
            since: number;
            sinceVerified: boolean;
            before: {
              judgement: Judgement;
              numerator: string | null;
              denominator: string | null;
              coverage: string | null;
            } | null;
            after: {
              judgement: Judgement;
              numerator: string | null;
              denominator: string | null;
              coverage: string | null;
            } | null;
            values: Array<{
              element: string;
              period: string;
              covers: Covers;
              before: { state: ValueState; value: string | null } | null;
              after: { state: ValueState; value: string | null } | null;
            }>;
          }> | null;
        };
      } | null;
    };
  } | null;
};

export type OutcomeFieldsFragment = {
  id: string | null;
  puskesmasCode: string | null;
  puskesmasName: string | null;
  evaluation: { id: string; revision: number; status: EvaluationStatus } | null;
  refusal: {
    code: string;
    field: string | null;
    message: { id: string; en: string };
    details: Array<{ name: string; value: string }>;
  } | null;
};

export type ReturnEvaluationsMutationVariables = Exact<{
  input: ReturnEvaluationsInput;
}>;

export type ReturnEvaluationsMutation = {
  returnEvaluations:
    | {
        __typename: 'EvaluationsReturned';
        results: Array<{
          id: string | null;
          puskesmasCode: string | null;
          puskesmasName: string | null;
          evaluation: { id: string; revision: number; status: EvaluationStatus } | null;
          refusal: {
            code: string;
            field: string | null;
            message: { id: string; en: string };
            details: Array<{ name: string; value: string }>;
          } | null;
        }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type LockEvaluationsMutationVariables = Exact<{
  input: LockEvaluationsInput;
}>;

export type LockEvaluationsMutation = {
  lockEvaluations:
    | {
        __typename: 'EvaluationsLocked';
        results: Array<{
          id: string | null;
          puskesmasCode: string | null;
          puskesmasName: string | null;
          evaluation: { id: string; revision: number; status: EvaluationStatus } | null;
          refusal: {
            code: string;
            field: string | null;
            message: { id: string; en: string };
            details: Array<{ name: string; value: string }>;
          } | null;
        }>;
      }
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      };
};

export type PuskesmasPwsQueryVariables = Exact<{
  code: string;
  period: string;
  indicator?: string | null | undefined;
}>;

export type PuskesmasPwsQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
    pws: {
      status: PartStatus;
      asOf: string | null;
      runningTarget: string | null;
      annualTarget: string | null;
      numerator: string | null;
      denominator: string | null;
      coverage: string | null;
      villageNumerator: string | null;
      villageDenominator: string | null;
      hidden: boolean | null;
      message: { id: string; en: string } | null;
      definition: {
        code: string;
        nameId: string;
        nameEn: string;
        program: string;
        cluster: string;
        unit: string;
        direction: Direction;
        accumulation: Accumulation;
        annualTarget: string | null;
        multiplier: string | null;
        numerator: string;
        denominator: string;
        numeratorElement: string;
        denominatorElement: string | null;
        source: string;
      } | null;
      indicators: Array<{ code: string; name: string; nameEn: string; program: string }> | null;
      villages: Array<{
        id: string;
        code: string | null;
        name: string;
        numerator: string | null;
        denominator: string | null;
        coverage: string | null;
        coverageState: CoverageState;
        numeratorOfMonth: string | null;
        ofMonth: string | null;
        ofLastMonth: string | null;
        arrow: PwsArrow | null;
        status: PwsStatus | null;
        reason: PwsReason | null;
      }> | null;
    };
  } | null;
};

export type DistrictWindowsQueryVariables = Exact<{
  code: string;
  year: number;
  period: string;
}>;

export type DistrictWindowsQuery = {
  district: {
    id: string;
    code: string;
    windows: {
      status: PartStatus;
      asOf: string | null;
      districtName: string | null;
      mayKeep: boolean | null;
      message: { id: string; en: string } | null;
      months: Array<{
        period: string;
        entryDay: number | null;
        verificationDay: number | null;
        entryClosesAt: string | null;
        verificationClosesAt: string | null;
        extensions: Array<{
          kind: WindowKind;
          unitCode: string | null;
          unitName: string | null;
          until: string;
          reason: string;
          extendedByName: string;
          extendedAt: string;
        }>;
      }> | null;
    };
    verification: {
      status: PartStatus;
      rows: Array<{ puskesmas: { id: string; code: string; name: string } }> | null;
    };
  } | null;
};

export type SetWindowsMutationVariables = Exact<{
  input: SetWindowsInput;
}>;

export type SetWindowsMutation = {
  setWindows:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'WindowsSet'; months: number };
};

export type ExtendWindowMutationVariables = Exact<{
  input: ExtendWindowInput;
}>;

export type ExtendWindowMutation = {
  extendWindow:
    | {
        __typename: 'Refusal';
        code: string;
        field: string | null;
        message: { id: string; en: string };
        details: Array<{ name: string; value: string }>;
      }
    | { __typename: 'WindowExtended'; closesAt: string };
};

export const ActionPageDocument = known<ActionPageQuery, ActionPageQueryVariables>(
  'query',
  'sha256:d01f765f395a9ba69264d4fbb794a0a884b8fe728a627d803fa9de591b4a07b4',
);
export const MyActionsDocument = known<MyActionsQuery, MyActionsQueryVariables>(
  'query',
  'sha256:26267ba96102cba7e0940c2a8c65ace21cd3affaffbb6e136ba501b741efb848',
);
export const ReadyActionDocument = known<ReadyActionMutation, ReadyActionMutationVariables>(
  'mutation',
  'sha256:ff3791f442fe9d4231a047a669310ea873484d641fcd319a489984a4803e9efe',
);
export const ReportProgressDocument = known<ReportProgressMutation, ReportProgressMutationVariables>(
  'mutation',
  'sha256:9c892fb57d8c76a549c229cc5f5a2349818dc0b9880205d5c67fbc75f1761157',
);
export const CompleteActionDocument = known<CompleteActionMutation, CompleteActionMutationVariables>(
  'mutation',
  'sha256:63a5a6338793a627d54c386924e63b9516849b5fbcee9bc368b02f0b264b73cc',
);
export const AuditPageDocument = known<AuditPageQuery, AuditPageQueryVariables>(
  'query',
  'sha256:20c2688b18b9b6a5b94f9fde8419da0f11b99510d0361c2207ec103e437d24e7',
);
export const CatalogueDocument = known<CatalogueQuery, CatalogueQueryVariables>(
  'query',
  'sha256:01994c398868fb5a14c66d6a5af62b474e23693632895d258832a0c43bd058f5',
);
export const CataloguePlacesDocument = known<CataloguePlacesQuery, CataloguePlacesQueryVariables>(
  'query',
  'sha256:ae8f437d2137c5957be2790450c34876a985bcf2874978bb2690ae1bd861c92e',
);
export const SetTargetsDocument = known<SetTargetsMutation, SetTargetsMutationVariables>(
  'mutation',
  'sha256:76ed51954a4f014e0e187e5c030e20545fb7749f791c244ff70ccdc6bb3bb5c2',
);
export const BundleDraftDocument = known<BundleDraftQuery, BundleDraftQueryVariables>(
  'query',
  'sha256:3dbad6e57ff94a0121b9190337b0324b6a950dfdb6efa7632c6a5adb370b3034',
);
export const StartBundleDraftDocument = known<StartBundleDraftMutation, StartBundleDraftMutationVariables>(
  'mutation',
  'sha256:64e1913dc8b4026154106960041d65272190f1e1e7932500a4e4a1f489dbe33c',
);
export const ChangeBundleDraftDocument = known<ChangeBundleDraftMutation, ChangeBundleDraftMutationVariables>(
  'mutation',
  'sha256:076ef18da626e3ae778e7bd69347286a072f3ab65e1b07bec82c0a0c5804eea4',
);
export const DiscardBundleDraftDocument = known<
  DiscardBundleDraftMutation,
  DiscardBundleDraftMutationVariables
>('mutation', 'sha256:82776747c36d128303dfe499bdbaa33e467b320e861bddbf826c2ad535542f6a');
export const PublishBundleDraftDocument = known<
  PublishBundleDraftMutation,
  PublishBundleDraftMutationVariables
>('mutation', 'sha256:b754a5b4b7923975496b49f38510e382b48b2b55832be46c4d0b7f16dd15df11');
export const DistrictCompletenessDocument = known<
  DistrictCompletenessQuery,
  DistrictCompletenessQueryVariables
>('query', 'sha256:9bdc0554bcef608e2fa3da4c6d634a84d59f90dac70b93bfd7d574522fe5b2f8');
export const DistrictOverviewDocument = known<DistrictOverviewQuery, DistrictOverviewQueryVariables>(
  'query',
  'sha256:1fb185d121c49b9fb37486304fd327d4e3b7fdc579f62b3a8a6f92c350a3fe20',
);
export const CoachingGroupOverviewDocument = known<
  CoachingGroupOverviewQuery,
  CoachingGroupOverviewQueryVariables
>('query', 'sha256:99ef7c113a80b01bdb8dff838e70a9d018e0ff7182e1828c58de3e530202cc7a');
export const DistrictIndicatorDocument = known<DistrictIndicatorQuery, DistrictIndicatorQueryVariables>(
  'query',
  'sha256:4b04b548ba1c6b5a947ef62915bdd2e61720d7cdbcf110c30eca6601a3547817',
);
export const CoachingGroupIndicatorDocument = known<
  CoachingGroupIndicatorQuery,
  CoachingGroupIndicatorQueryVariables
>('query', 'sha256:b884c85562d994b59b172cbb1c14ed6f733652f01c105d15ff64d745dc0cab17');
export const DistrictChangedDocument = known<
  DistrictChangedSubscription,
  DistrictChangedSubscriptionVariables
>('subscription', 'sha256:b4279c48c26a156a6f2796ecd7709da3e5c6b0f10e487c0e9239b4b2193e039c');
export const PuskesmasGuestsDocument = known<PuskesmasGuestsQuery, PuskesmasGuestsQueryVariables>(
  'query',
  'sha256:ce407b4ea7e67afbef27567b51408cc16efda159e2d3dddf3a4484c5ca9fd90e',
);
export const AddGuestDocument = known<AddGuestMutation, AddGuestMutationVariables>(
  'mutation',
  'sha256:35d4521202775285e73d8bf5d3b70ddb3d2e352641812f6c3a7682c1422b0a3b',
);
export const ChangeGuestDocument = known<ChangeGuestMutation, ChangeGuestMutationVariables>(
  'mutation',
  'sha256:976df5cc26906b5338e0a12ad28c24142face11e9f8be14a8b9919a5618be6c7',
);
export const EndGuestDocument = known<EndGuestMutation, EndGuestMutationVariables>(
  'mutation',
  'sha256:04cfcbef585aeee4a737e4b76742d7ed04d8d2fb82ac2e8924d54221054198b2',
);
export const IssueGuestLinkDocument = known<IssueGuestLinkMutation, IssueGuestLinkMutationVariables>(
  'mutation',
  'sha256:a67fcd6664fcea164d1d6f86f117a795897a86a28eb8b9ccacde544786759eaa',
);
export const RevokeGuestLinkDocument = known<RevokeGuestLinkMutation, RevokeGuestLinkMutationVariables>(
  'mutation',
  'sha256:1ca7c28e93f67b8b6c831c3cc132dadcefcab20d7dd9cabb8bde433f8116ee52',
);
export const OpenGuestLinkDocument = known<OpenGuestLinkMutation, OpenGuestLinkMutationVariables>(
  'mutation',
  'sha256:fa8c0a24aabf1370861abd04ff4a0e7c266b439f9de8d906a6f40c45055b4289',
);
export const GuestActionDocument = known<GuestActionQuery, GuestActionQueryVariables>(
  'query',
  'sha256:b80559b1cac133dff55f8135fca6acb549e44ab9ec2e566b54109b193eb21a54',
);
export const ReportAsGuestDocument = known<ReportAsGuestMutation, ReportAsGuestMutationVariables>(
  'mutation',
  'sha256:6c553aa3f0d6ac25aa8875b8dea6e4ffcb95dd268618bad56d62f1505e90e92a',
);
export const FileLayoutsDocument = known<FileLayoutsQuery, FileLayoutsQueryVariables>(
  'query',
  'sha256:9d992aa307bcfc8742c74baeb5ec4605acc58bad1d33dd3ef60f70fba687b01c',
);
export const InboxDocument = known<InboxQuery, InboxQueryVariables>(
  'query',
  'sha256:a21e416f27a5a13dfe6bb4428fe427b08d0a7989e605c0ca1ffe16170e3093c0',
);
export const InboxUnreadDocument = known<InboxUnreadQuery, InboxUnreadQueryVariables>(
  'query',
  'sha256:101cf3a247ed583f921b505955c04443eae346f4096e1fb9d8e60ef83b994d00',
);
export const MarkMessagesReadDocument = known<MarkMessagesReadMutation, MarkMessagesReadMutationVariables>(
  'mutation',
  'sha256:f79b16d815335d1b289dcdb2c5eba549b3544c9c65b0650efbc6f4c5b52ad18a',
);
export const InboxChangedDocument = known<InboxChangedSubscription, InboxChangedSubscriptionVariables>(
  'subscription',
  'sha256:f6909d9197b6b7dd8a1aa565d68b9f5c1d427cc475396228ad03ad2fa40fa2fc',
);
export const AcceptDeviationDocument = known<AcceptDeviationMutation, AcceptDeviationMutationVariables>(
  'mutation',
  'sha256:a3cf1b72847c2d1f903573063449d72f3325d11c419c5858a89c77012fd90189',
);
export const PuskesmasIndicatorDocument = known<PuskesmasIndicatorQuery, PuskesmasIndicatorQueryVariables>(
  'query',
  'sha256:4e60102590d1f1bec7e76790915f0c20b33ea1d8a0e11343aa4b1c1ca7a7fb62',
);
export const RecordValuesDocument = known<RecordValuesMutation, RecordValuesMutationVariables>(
  'mutation',
  'sha256:a4a0b46c71bfc09a3f7a8648f187c6f3dec4eaf103cc6ea727c3de1195dde564',
);
export const DistrictMatrixDocument = known<DistrictMatrixQuery, DistrictMatrixQueryVariables>(
  'query',
  'sha256:52204f8b2c75d48ba403f18346d9bf7b1e6ff8bedc721af557902253aa080490',
);
export const PuskesmasMeetingsDocument = known<PuskesmasMeetingsQuery, PuskesmasMeetingsQueryVariables>(
  'query',
  'sha256:739248ce2f50d691faf4d509943602883f21e75d469acb8e2359ef7332922424',
);
export const MeetingPageDocument = known<MeetingPageQuery, MeetingPageQueryVariables>(
  'query',
  'sha256:483504d2a72d8a0cda0123807d0c236dd537319b97f27be6bcaa23770f98a7fd',
);
export const ScheduleMeetingDocument = known<ScheduleMeetingMutation, ScheduleMeetingMutationVariables>(
  'mutation',
  'sha256:2bbcb31fe8ded70ae5e044b6993c437621fb924325f5c07c64857210901efc12',
);
export const MoveMeetingDocument = known<MoveMeetingMutation, MoveMeetingMutationVariables>(
  'mutation',
  'sha256:24e742af1215cbba00ca08e60c82a38748480595cfc16d2ece42aa6ec8d71a00',
);
export const CancelMeetingDocument = known<CancelMeetingMutation, CancelMeetingMutationVariables>(
  'mutation',
  'sha256:7d4185a72c90597e5392c9c3e60eb8eec0d4c26939567d48fc4edfc556d5e779',
);
export const OpenMeetingDocument = known<OpenMeetingMutation, OpenMeetingMutationVariables>(
  'mutation',
  'sha256:d7c8165bb5560bab070fbe416df9da8aa0323125d694d0f0d78968c62ea66adb',
);
export const AddTopicDocument = known<AddTopicMutation, AddTopicMutationVariables>(
  'mutation',
  'sha256:fc8efc7f78bc7e4857b807b3cf20fdd08c8d1f77c21072df0789299326a84e77',
);
export const RemoveTopicDocument = known<RemoveTopicMutation, RemoveTopicMutationVariables>(
  'mutation',
  'sha256:a82cc0ee436f79a2d395e2c13c478fbca6d20b6e5631f3b4dfb537c7371d1303',
);
export const DecideItemDocument = known<DecideItemMutation, DecideItemMutationVariables>(
  'mutation',
  'sha256:01b6775556d998a74053d5c1a8cf0475f67ace6fc79b6688b4381f23354ebcd2',
);
export const RecordAttendanceDocument = known<RecordAttendanceMutation, RecordAttendanceMutationVariables>(
  'mutation',
  'sha256:a189e85a3872ac7784b8f1103b802b8e5d1043cb977f0fc856cf717784e70b58',
);
export const SaveNotesDocument = known<SaveNotesMutation, SaveNotesMutationVariables>(
  'mutation',
  'sha256:0f45d20ec20b4850f5d7341f0fbfa57cb91d6ffe1a3a58dedbb0c458f01f467d',
);
export const ConcludeMeetingDocument = known<ConcludeMeetingMutation, ConcludeMeetingMutationVariables>(
  'mutation',
  'sha256:b0c1450b468471983fa3ff7b6f4162b1105399d1e06553fdfa04c64f04b75c6e',
);
export const SignMinutesDocument = known<SignMinutesMutation, SignMinutesMutationVariables>(
  'mutation',
  'sha256:4171f0a71d6287b1aec38079f676117b43a01f48e5148b3d9d8716e7b9dd2f72',
);
export const PreferencesPageDocument = known<PreferencesPageQuery, PreferencesPageQueryVariables>(
  'query',
  'sha256:4b08610f0f91bc99526f3910d38de4438620622d85207b5f1f7060d504b5670e',
);
export const SetPreferencesDocument = known<SetPreferencesMutation, SetPreferencesMutationVariables>(
  'mutation',
  'sha256:bd5451029b69eb3bdf60d8ab8a719cf22706a5e4e4f4e74e1cf6cd1e94e55e7a',
);
export const DeliveriesDocument = known<DeliveriesQuery, DeliveriesQueryVariables>(
  'query',
  'sha256:210e837523810274c42362b6692423dd466cbea6b6f5b6b140cd92ca812efae9',
);
export const SendAgainDocument = known<SendAgainMutation, SendAgainMutationVariables>(
  'mutation',
  'sha256:4cdf3e4806987a6a01af0d6760b77344857440f176fde60e7283acaa3662cd93',
);
export const WebhooksDocument = known<WebhooksQuery, WebhooksQueryVariables>(
  'query',
  'sha256:413ca488ca0600b05a59f285ded558363d7cd35625b6cf0b20038f5bc24efe97',
);
export const WebhookLogDocument = known<WebhookLogQuery, WebhookLogQueryVariables>(
  'query',
  'sha256:e0baf8948e67a11552b82c55aee74cd292f8cd8dea56e027ad8f29c2c2065e36',
);
export const CreateWebhookDocument = known<CreateWebhookMutation, CreateWebhookMutationVariables>(
  'mutation',
  'sha256:18186f6c597f809f59a8a798f00feecbdebf9758b52e6df62524934bee1146d1',
);
export const ChangeWebhookDocument = known<ChangeWebhookMutation, ChangeWebhookMutationVariables>(
  'mutation',
  'sha256:c74e3f9d703f71cacc4f848dfd50df2cff3dea60adc0a605f56ad154fd1f0ad5',
);
export const RotateWebhookSecretDocument = known<
  RotateWebhookSecretMutation,
  RotateWebhookSecretMutationVariables
>('mutation', 'sha256:b1dc4a9dbc16d6d0e2e38d6943bcb00fc74a0e8c2374c168ecf6e3fb725c46c6');
export const DeleteWebhookDocument = known<DeleteWebhookMutation, DeleteWebhookMutationVariables>(
  'mutation',
  'sha256:9b58e300d6809f80dd6d1a10dfa7fd232b0275f74755a8233cd69133bea5e55d',
);
export const TestWebhookDocument = known<TestWebhookMutation, TestWebhookMutationVariables>(
  'mutation',
  'sha256:cffaa6088efbc41c43578fd52e54a582ec37f09769221794eab39285d6740ce4',
);
export const ResendToWebhookDocument = known<ResendToWebhookMutation, ResendToWebhookMutationVariables>(
  'mutation',
  'sha256:b7fe6fada9fd6a5fa6ffe23f50c41527ceb35ff773c516636a864791a73c4a24',
);
export const PuskesmasResultsDocument = known<PuskesmasResultsQuery, PuskesmasResultsQueryVariables>(
  'query',
  'sha256:374d4b37bb620ada93fa5ef275f44c519d98a7d46b781ec3a8a99b00265398d0',
);
export const PuskesmasActionsDocument = known<PuskesmasActionsQuery, PuskesmasActionsQueryVariables>(
  'query',
  'sha256:ed21cc5415c0cd6bbe5867e90e094dbc432bcefcab7f5f5f948deb0fb2aff39b',
);
export const PuskesmasPeopleDocument = known<PuskesmasPeopleQuery, PuskesmasPeopleQueryVariables>(
  'query',
  'sha256:f1b98112d925e519268614fda149f854d79cb8818b09a83952fe2eb218f4d534',
);
export const SubmitEvaluationDocument = known<SubmitEvaluationMutation, SubmitEvaluationMutationVariables>(
  'mutation',
  'sha256:732e4087a83d89a5a739a9bb7c93aa494a1b4b08f0c70d0bf89f922db2d887e7',
);
export const ReturnEvaluationDocument = known<ReturnEvaluationMutation, ReturnEvaluationMutationVariables>(
  'mutation',
  'sha256:156adc9ed27d10649542ec24fde943d9900f217831ebaf3eab1fa3b3d4f80267',
);
export const VerifyEvaluationsDocument = known<VerifyEvaluationsMutation, VerifyEvaluationsMutationVariables>(
  'mutation',
  'sha256:770e0c25b5af25879453ca092ff4170fa050b044b59de5ab78a5d25c90774dc7',
);
export const DistrictFindingsDocument = known<DistrictFindingsQuery, DistrictFindingsQueryVariables>(
  'query',
  'sha256:ba665557f04317634a7677590a1fe0322ac46c50fc2744a7aeb6930c0364a448',
);
export const PuskesmasFindingsDocument = known<PuskesmasFindingsQuery, PuskesmasFindingsQueryVariables>(
  'query',
  'sha256:362655318acaeb99ef42599a11d873407ac884c11a37bfd7f0bcf603ecb05ca9',
);
export const ConfirmFindingDocument = known<ConfirmFindingMutation, ConfirmFindingMutationVariables>(
  'mutation',
  'sha256:eb46afc95317adbdc2061caed77de2039adbebf91a0c73e9a76518e3aa93b52d',
);
export const PuskesmasScoresDocument = known<PuskesmasScoresQuery, PuskesmasScoresQueryVariables>(
  'query',
  'sha256:b80091409e71d45b88184a6ee0e46f7f4e0cf097b653554e304f98ca9e8124f9',
);
export const DistrictScoresDocument = known<DistrictScoresQuery, DistrictScoresQueryVariables>(
  'query',
  'sha256:bd5c5c86dd83eb88daa48883fe7d6790da775941db6c010841fa68337cb57bbc',
);
export const AccountPageDocument = known<AccountPageQuery, AccountPageQueryVariables>(
  'query',
  'sha256:ea1376534df5aa61a0156ebdddf8e18b4fa59eaa4b5c67595c05852067711d8a',
);
export const EndSessionsDocument = known<EndSessionsMutation, EndSessionsMutationVariables>(
  'mutation',
  'sha256:c537d32d33b67d7485d38b93cf162e9a5cf25dc60d393c7b68f9645292491099',
);
export const ChangePasswordDocument = known<ChangePasswordMutation, ChangePasswordMutationVariables>(
  'mutation',
  'sha256:bafd37955505151197bb6019287f8624941853186661967ea5ff7c3b44281b96',
);
export const StartSecondFactorDocument = known<StartSecondFactorMutation, StartSecondFactorMutationVariables>(
  'mutation',
  'sha256:48603b42f3c55e56c3004adb055c9af522632f7ad8ffa9990f3ff5641bc90b42',
);
export const ConfirmSecondFactorDocument = known<
  ConfirmSecondFactorMutation,
  ConfirmSecondFactorMutationVariables
>('mutation', 'sha256:e53d75cec406ae373f152c609a8a6b2db73834a851c4eb10f503ee040f367a8b');
export const TurnOffSecondFactorDocument = known<
  TurnOffSecondFactorMutation,
  TurnOffSecondFactorMutationVariables
>('mutation', 'sha256:09f92a94cd5baae7f2039a1aeaf719a86a8360d2636cb99ddc0fdb10dcb5c966');
export const AccountsOfPuskesmasDocument = known<AccountsOfPuskesmasQuery, AccountsOfPuskesmasQueryVariables>(
  'query',
  'sha256:d337f1767599833727c30adc8e9746965f1f0586b3b0ed8ca52ed892bc0a5810',
);
export const AccountsOfOfficeDocument = known<AccountsOfOfficeQuery, AccountsOfOfficeQueryVariables>(
  'query',
  'sha256:9fdbdee30cc24fffc5bc784f966c1534a51a70a4753c27cd8978fbd9ce954b27',
);
export const IssueCodesDocument = known<IssueCodesMutation, IssueCodesMutationVariables>(
  'mutation',
  'sha256:93ea18289b11b507cf1f7213368ae468215de1ca11d0e9afc28ecb91df2633f8',
);
export const RemoveSecondFactorDocument = known<
  RemoveSecondFactorMutation,
  RemoveSecondFactorMutationVariables
>('mutation', 'sha256:dda9e2acfbdb773f3836f94e76181a47fa03f23035b540e86475de1c36db818c');
export const ServiceAccountsDocument = known<ServiceAccountsQuery, ServiceAccountsQueryVariables>(
  'query',
  'sha256:dbff674a1637d588f300bd1f3e40d5891f9d73e402dceb2bc915b89fae2accb9',
);
export const MakeServiceAccountDocument = known<
  MakeServiceAccountMutation,
  MakeServiceAccountMutationVariables
>('mutation', 'sha256:f671bf49143004a8a412bb38f0dc06ef5caea72e197e514d31b950e9f5e129af');
export const RenewServiceSecretDocument = known<
  RenewServiceSecretMutation,
  RenewServiceSecretMutationVariables
>('mutation', 'sha256:a6f103edd284d17316e3eb6bc8a8a799cb926a5f9c21c140ccc997d97c61a565');
export const RevokeServiceAccountDocument = known<
  RevokeServiceAccountMutation,
  RevokeServiceAccountMutationVariables
>('mutation', 'sha256:8f330784246cb45ab930d0e411269d409919780eed4fb33e70a5cd6476223405');
export const SingleSignOnDocument = known<SingleSignOnQuery, SingleSignOnQueryVariables>(
  'query',
  'sha256:4785d3e511359d1f8523707d7b40ee195ad23f4a65d3e7313282a1a3dea9facf',
);
export const SignInDocument = known<SignInMutation, SignInMutationVariables>(
  'mutation',
  'sha256:a82b374d9f0b6681a83a76a2cf91734c94b2ad79eb18ab25500b86739e4b131a',
);
export const CompleteSignInDocument = known<CompleteSignInMutation, CompleteSignInMutationVariables>(
  'mutation',
  'sha256:5678b46801566a998bf1a5c568ec1c61fd2ce1d5491e1df29e2e53ac1ee04449',
);
export const UseCodeDocument = known<UseCodeMutation, UseCodeMutationVariables>(
  'mutation',
  'sha256:0f7bebee979f85249a767ffda853b12fed8df2abea912e740825fb342b0d5986',
);
export const RefreshSessionDocument = known<RefreshSessionMutation, RefreshSessionMutationVariables>(
  'mutation',
  'sha256:fda966944a0cc074737e2135daf1e92afdcacfec0aec00f368389bc7c8d57a9d',
);
export const SignOutDocument = known<SignOutMutation, SignOutMutationVariables>(
  'mutation',
  'sha256:d07dcb865817d1bc5feb179239a2836c88a0b1ceebf196e24b1cd1ada3934fab',
);
export const EntrySheetDocument = known<EntrySheetQuery, EntrySheetQueryVariables>(
  'query',
  'sha256:2558855db9a32a57306844457cfcf52f34774f10adda4219448ba9f6ddfb56f4',
);
export const SystemPageDocument = known<SystemPageQuery, SystemPageQueryVariables>(
  'query',
  'sha256:fcfc24f9f9baa20dd648c57f62d7911cab27ef431a61ee7ac610cdcc5cbae2fb',
);
export const DeadLettersDocument = known<DeadLettersQuery, DeadLettersQueryVariables>(
  'query',
  'sha256:de4673ca710a2df9af7e3273f0d09b64aff6f5d9d3d06055e10fefe2026fc34c',
);
export const ReplayDeadLetterDocument = known<ReplayDeadLetterMutation, ReplayDeadLetterMutationVariables>(
  'mutation',
  'sha256:1183ce74b6606d5f925ff0c4826f0f084c0e7186851dff5480b2983ae6b4957a',
);
export const VerificationQueueDocument = known<VerificationQueueQuery, VerificationQueueQueryVariables>(
  'query',
  'sha256:cc2d802bae69e859fa1bfa03ffc5c157527187fac4ccd3ff3dc52484516ccb88',
);
export const EvaluationChangesDocument = known<EvaluationChangesQuery, EvaluationChangesQueryVariables>(
  'query',
  'sha256:88e766a0a38117e4ee7672eb81411419e6f09c7352c8a7a7469dc26ce955c9d3',
);
export const ReturnEvaluationsDocument = known<ReturnEvaluationsMutation, ReturnEvaluationsMutationVariables>(
  'mutation',
  'sha256:5e5b801dd96006e2e7ea9f6d0e76dc5adfbbb1dcd0a417bb4795351bd43eff3d',
);
export const LockEvaluationsDocument = known<LockEvaluationsMutation, LockEvaluationsMutationVariables>(
  'mutation',
  'sha256:9244caeebdb0c18ac88a8be227f7908d1c212ac230e22c6597cbc8d664c12aa3',
);
export const PuskesmasPwsDocument = known<PuskesmasPwsQuery, PuskesmasPwsQueryVariables>(
  'query',
  'sha256:d19ca5c4f634b9c2453bcc723b08790e4a4a662814fc123a94abff0f6f64947b',
);
export const DistrictWindowsDocument = known<DistrictWindowsQuery, DistrictWindowsQueryVariables>(
  'query',
  'sha256:be825da9d7aa3bef75fb9535daeefe9c70238d6c89c5e61001be0a2e9c84a9ac',
);
export const SetWindowsDocument = known<SetWindowsMutation, SetWindowsMutationVariables>(
  'mutation',
  'sha256:947ec75bffcb22e1f8dff1c0d2668ae11d954822650766215352ebf5598b4bce',
);
export const ExtendWindowDocument = known<ExtendWindowMutation, ExtendWindowMutationVariables>(
  'mutation',
  'sha256:1c8c5f4589542c43b8e75d23ac7d11287e80067b5269e6b0cf08a23d1f3dd626',
);
