// Generated from apps/web/src/**/*.graphql and the gateway's schema by `npm run generate`. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import { gql } from 'urql';
/** How months add up within a year. */
export type Accumulation = 'CUMULATIVE' | 'MONTHLY' | 'SNAPSHOT';

/** PROPOSED: drafted from a red indicator; READY: has owner and due date. Overdue is not a status. */
export type ActionStatus = 'COMPLETED' | 'IN_PROGRESS' | 'PROPOSED' | 'READY' | 'WITHDRAWN';

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

export type CancelMeetingInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
  reason: string;
};

export type ChangePasswordInput = {
  commandId: string;
  /** At least 12 characters, without the login. */
  newPassword: string;
  password: string;
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

/** Why there is a coverage or none. */
export type CoverageState = 'MISSING' | 'NOT_APPLICABLE' | 'VALUE' | 'ZERO_DENOMINATOR';

/** What a value counts: one month, or the year through its month. */
export type Covers = 'MONTH' | 'YEAR_TO_DATE';

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

export type EndSessionsInput = {
  commandId: string;
  /** Ids of `Viewer.sessions`, 1 to 100. */
  sessions: Array<string>;
};

export type EvaluationStatus = 'RETURNED' | 'SUBMITTED';

export type GuestInput = {
  name: string;
  /** Where the guest comes from. */
  position: string;
};

/** An indicator judged against its running target by uncapped performance. */
export type Judgement = 'BAIK' | 'CUKUP' | 'KURANG' | 'TANPA_DATA' | 'TANPA_TARGET';

/** When mails about a kind of thing go out. */
export type MailTiming =
  /** Each at once, outside quiet hours. */
  | 'AT_ONCE'
  /** All of them in one mail a day. */
  | 'DIGEST'
  /** None; the inbox has them all. */
  | 'OFF';

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

export type ReadyActionInput = {
  action: string;
  commandId: string;
  /** Last day for completion, where the puskesmas is. */
  dueDate: string;
  expectedRevision: number;
  /** Id of a person of `Puskesmas.people`. */
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

export type RemoveTopicInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  item: string;
  meeting: string;
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

export type ReturnEvaluationInput = {
  commandId: string;
  evaluation: string;
  expectedRevision: number;
  reason: string;
};

export type Role =
  | 'ADMINISTRATOR'
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

export type SendAgainInput = {
  commandId: string;
  delivery: string;
};

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

export type SignMinutesInput = {
  /** A UUID; the same id again repeats nothing. */
  commandId: string;
  expectedRevision: number;
  meeting: string;
};

export type SubmitEvaluationInput = {
  commandId: string;
  period: string;
  puskesmas: string;
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

export type ActionFieldsFragment = {
  id: string;
  revision: number;
  indicatorCode: string;
  indicatorName: string;
  title: string;
  status: ActionStatus;
  ownerId: string | null;
  ownerName: string | null;
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

export type TallyFieldsFragment = {
  baik: number;
  cukup: number;
  kurang: number;
  tanpaTarget: number;
  tanpaData: number;
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
    tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
    tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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

export type DistrictIndicatorQueryVariables = Exact<{
  district: string;
  period: string;
  code: string;
}>;

export type DistrictIndicatorQuery = {
  district: {
    id: string;
    code: string;
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
  districtChanged: { puskesmasCode: string | null; period: string | null; kind: string };
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

export type PuskesmasResultsQueryVariables = Exact<{
  code: string;
  period: string;
}>;

export type PuskesmasResultsQuery = {
  puskesmas: {
    id: string;
    code: string;
    name: string;
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
      tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
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
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number };
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

export type AccountPageQueryVariables = Exact<{ [key: string]: never }>;

export type AccountPageQuery = {
  viewer: {
    id: string;
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

export const ActionFieldsFragmentDoc = gql`
  fragment ActionFields on Action {
    id
    revision
    puskesmas {
      id
      code
      name
    }
    indicatorCode
    indicatorName
    title
    status
    ownerId
    ownerName
    ownerLeft
    dueDate
    progress
    overdue
    unsupported
    agreedAt
    agreedInId
    needsCompletion
    carriedOver
    periods
    createdAt
    updatedAt
  }
` as unknown as DocumentNode<ActionFieldsFragment, unknown>;
export const TallyFieldsFragmentDoc = gql`
  fragment TallyFields on Tally {
    baik
    cukup
    kurang
    tanpaTarget
    tanpaData
  }
` as unknown as DocumentNode<TallyFieldsFragment, unknown>;
export const EvaluationFieldsFragmentDoc = gql`
  fragment EvaluationFields on Evaluation {
    id
    revision
    status
    submittedByName
    submittedAt
    returnedReason
    returnedAt
  }
` as unknown as DocumentNode<EvaluationFieldsFragment, unknown>;
export const OverviewFieldsFragmentDoc = gql`
  fragment OverviewFields on DistrictOverview {
    period
    indicators {
      status
      asOf
      message {
        id
        en
      }
      districtName
      bundle {
        year
        name
        indicatorCount
      }
      submitted
      expected
      tally {
        ...TallyFields
      }
    }
    actions {
      status
      asOf
      message {
        id
        en
      }
      proposed
      open
      overdue
      needsCompletion
    }
    notifications {
      status
      asOf
      message {
        id
        en
      }
      unreachable
    }
    meetings {
      status
      asOf
      message {
        id
        en
      }
      held
      signed
      missed
      expected
    }
    rows {
      puskesmas {
        id
        code
        name
      }
      evaluation {
        ...EvaluationFields
      }
      tally {
        ...TallyFields
      }
      warnings
      worst {
        code
        name
        performance
      }
      proposedActions
      openActions
      overdueActions
      actionsNeedingCompletion
      unreachable
      meeting {
        id
        month
        status
        startsAt
        signedAt
      }
    }
  }
` as unknown as DocumentNode<OverviewFieldsFragment, unknown>;
export const DefinitionFieldsFragmentDoc = gql`
  fragment DefinitionFields on IndicatorDefinition {
    code
    nameId
    nameEn
    program
    cluster
    unit
    direction
    accumulation
    annualTarget
    multiplier
    numerator
    denominator
    numeratorElement
    denominatorElement
    source
  }
` as unknown as DocumentNode<DefinitionFieldsFragment, unknown>;
export const MeetingFieldsFragmentDoc = gql`
  fragment MeetingFields on Meeting {
    id
    revision
    month
    dataPeriod
    status
    startsAt
    durationMinutes
    place
    concludedAt
    signedAt
    signedByName
    cancelledReason
    invited
    present
  }
` as unknown as DocumentNode<MeetingFieldsFragment, unknown>;
export const AgendaFieldsFragmentDoc = gql`
  fragment AgendaFields on AgendaItem {
    id
    kind
    title
    indicatorCode
    performance
    actionId
    actionStatus
    ownerName
    dueDate
    overdue
    progress
    carriedOver
    note
    decision
  }
` as unknown as DocumentNode<AgendaFieldsFragment, unknown>;
export const AttendeeFieldsFragmentDoc = gql`
  fragment AttendeeFields on Attendee {
    id
    name
    position
    presence
  }
` as unknown as DocumentNode<AttendeeFieldsFragment, unknown>;
export const PreferencesFieldsFragmentDoc = gql`
  fragment PreferencesFields on Preferences {
    revision
    evaluation
    action
    meeting
    digestHour
    quietFrom
    quietUntil
    timeZone
    address
    addressRefused
    mailIsSent
  }
` as unknown as DocumentNode<PreferencesFieldsFragment, unknown>;
export const DeliveryFieldsFragmentDoc = gql`
  fragment DeliveryFields on Delivery {
    id
    kind
    status
    personName
    unitName
    subject
    address
    attempts
    queuedAt
    nextAttemptAt
    settledAt
    skipReason
    lastError
    mayBeSentAgain
  }
` as unknown as DocumentNode<DeliveryFieldsFragment, unknown>;
export const WarningFieldsFragmentDoc = gql`
  fragment WarningFields on Warning {
    code
    indicatorCode
    message {
      id
      en
    }
  }
` as unknown as DocumentNode<WarningFieldsFragment, unknown>;
export const ResultFieldsFragmentDoc = gql`
  fragment ResultFields on IndicatorResult {
    code
    name
    nameEn
    program
    unit
    direction
    accumulation
    annualTarget
    judgement
    numerator
    denominator
    coverage
    coverageState
    runningTarget
    performance
    performanceCapped
    monthsReported
    monthsExpected
    warnings {
      ...WarningFields
    }
  }
` as unknown as DocumentNode<ResultFieldsFragment, unknown>;
export const ViewerFieldsFragmentDoc = gql`
  fragment ViewerFields on Viewer {
    id
    name
    posts {
      title
      role
      program
      districtCode
      unitName
      coachingGroup {
        id
        code
        name
        puskesmas {
          id
          code
        }
      }
      puskesmas {
        id
        code
        name
      }
    }
  }
` as unknown as DocumentNode<ViewerFieldsFragment, unknown>;
export const RefusalFieldsFragmentDoc = gql`
  fragment RefusalFields on Refusal {
    code
    field
    message {
      id
      en
    }
    details {
      name
      value
    }
  }
` as unknown as DocumentNode<RefusalFieldsFragment, unknown>;
export const ActionPageDocument = gql`
  query ActionPage($id: ID!) {
    action(id: $id) {
      ...ActionFields
      history {
        at
        actorName
        kind
        note
        progress
        evidence {
          id
          name
          size
          type
          path
        }
      }
    }
  }
  ${ActionFieldsFragmentDoc}
` as unknown as DocumentNode<ActionPageQuery, ActionPageQueryVariables>;
export const MyActionsDocument = gql`
  query MyActions($first: Int!, $after: String, $statuses: [ActionStatus!]) {
    viewer {
      id
      myActions(first: $first, after: $after, statuses: $statuses) {
        status
        message {
          id
          en
        }
        nodes {
          ...ActionFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
  ${ActionFieldsFragmentDoc}
` as unknown as DocumentNode<MyActionsQuery, MyActionsQueryVariables>;
export const ReadyActionDocument = gql`
  mutation ReadyAction($input: ReadyActionInput!) {
    readyAction(input: $input) {
      __typename
      ... on ActionChanged {
        action {
          ...ActionFields
        }
      }
      ...RefusalFields
    }
  }
  ${ActionFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ReadyActionMutation, ReadyActionMutationVariables>;
export const ReportProgressDocument = gql`
  mutation ReportProgress($input: ReportProgressInput!) {
    reportProgress(input: $input) {
      __typename
      ... on ActionChanged {
        action {
          ...ActionFields
        }
      }
      ...RefusalFields
    }
  }
  ${ActionFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ReportProgressMutation, ReportProgressMutationVariables>;
export const CompleteActionDocument = gql`
  mutation CompleteAction($input: CompleteActionInput!) {
    completeAction(input: $input) {
      __typename
      ... on ActionChanged {
        action {
          ...ActionFields
        }
      }
      ...RefusalFields
    }
  }
  ${ActionFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<CompleteActionMutation, CompleteActionMutationVariables>;
export const DistrictOverviewDocument = gql`
  query DistrictOverview($code: String!, $period: YearMonth!) {
    district(code: $code) {
      id
      code
      overview(period: $period) {
        ...OverviewFields
      }
    }
  }
  ${OverviewFieldsFragmentDoc}
  ${TallyFieldsFragmentDoc}
  ${EvaluationFieldsFragmentDoc}
` as unknown as DocumentNode<DistrictOverviewQuery, DistrictOverviewQueryVariables>;
export const CoachingGroupOverviewDocument = gql`
  query CoachingGroupOverview($district: String!, $code: String!, $period: YearMonth!) {
    coachingGroup(district: $district, code: $code) {
      id
      code
      name
      overview(period: $period) {
        ...OverviewFields
      }
    }
  }
  ${OverviewFieldsFragmentDoc}
  ${TallyFieldsFragmentDoc}
  ${EvaluationFieldsFragmentDoc}
` as unknown as DocumentNode<CoachingGroupOverviewQuery, CoachingGroupOverviewQueryVariables>;
export const DistrictIndicatorDocument = gql`
  query DistrictIndicator($district: String!, $period: YearMonth!, $code: String!) {
    district(code: $district) {
      id
      code
      indicator(period: $period, code: $code) {
        status
        asOf
        message {
          id
          en
        }
        definition {
          ...DefinitionFields
        }
        numerator
        denominator
        coverage
        runningTarget
        performance
        judgement
        reporting
        expected
        units {
          puskesmas {
            id
            code
            name
          }
          result {
            ...ResultFields
          }
        }
      }
    }
  }
  ${DefinitionFieldsFragmentDoc}
  ${ResultFieldsFragmentDoc}
  ${WarningFieldsFragmentDoc}
` as unknown as DocumentNode<DistrictIndicatorQuery, DistrictIndicatorQueryVariables>;
export const DistrictChangedDocument = gql`
  subscription DistrictChanged($code: String!) {
    districtChanged(code: $code) {
      puskesmasCode
      period
      kind
    }
  }
` as unknown as DocumentNode<DistrictChangedSubscription, DistrictChangedSubscriptionVariables>;
export const InboxDocument = gql`
  query Inbox($first: Int!, $after: String, $unreadOnly: Boolean!) {
    viewer {
      id
      inbox(first: $first, after: $after, unreadOnly: $unreadOnly) {
        status
        message {
          id
          en
        }
        unread
        nodes {
          id
          kind
          about
          title {
            id
            en
          }
          body {
            id
            en
          }
          link
          unitName
          deliveredAt
          readAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
` as unknown as DocumentNode<InboxQuery, InboxQueryVariables>;
export const InboxUnreadDocument = gql`
  query InboxUnread {
    viewer {
      id
      inbox(first: 1, unreadOnly: true) {
        status
        unread
      }
    }
  }
` as unknown as DocumentNode<InboxUnreadQuery, InboxUnreadQueryVariables>;
export const MarkMessagesReadDocument = gql`
  mutation MarkMessagesRead($input: MarkMessagesReadInput!) {
    markMessagesRead(input: $input) {
      __typename
      ... on MessagesRead {
        unread
      }
      ...RefusalFields
    }
  }
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<MarkMessagesReadMutation, MarkMessagesReadMutationVariables>;
export const InboxChangedDocument = gql`
  subscription InboxChanged {
    inboxChanged {
      kind
      at
    }
  }
` as unknown as DocumentNode<InboxChangedSubscription, InboxChangedSubscriptionVariables>;
export const PuskesmasIndicatorDocument = gql`
  query PuskesmasIndicator($code: String!, $period: YearMonth!, $indicator: String!) {
    puskesmas(code: $code) {
      id
      code
      name
      indicator(period: $period, code: $indicator) {
        status
        asOf
        message {
          id
          en
        }
        definition {
          ...DefinitionFields
        }
        result {
          ...ResultFields
        }
        values {
          element
          period
          covers
          state
          value
          publishedValue
          enteredByName
          enteredAt
        }
      }
    }
  }
  ${DefinitionFieldsFragmentDoc}
  ${ResultFieldsFragmentDoc}
  ${WarningFieldsFragmentDoc}
` as unknown as DocumentNode<PuskesmasIndicatorQuery, PuskesmasIndicatorQueryVariables>;
export const RecordValuesDocument = gql`
  mutation RecordValues($input: RecordValuesInput!) {
    recordValues(input: $input) {
      __typename
      ... on ValuesRecorded {
        changed
        warnings {
          ...WarningFields
        }
        puskesmas {
          id
        }
      }
      ...RefusalFields
    }
  }
  ${WarningFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<RecordValuesMutation, RecordValuesMutationVariables>;
export const PuskesmasMeetingsDocument = gql`
  query PuskesmasMeetings($code: String!, $first: Int!) {
    puskesmas(code: $code) {
      id
      code
      name
      timeZone
      meetings(first: $first) {
        status
        message {
          id
          en
        }
        nodes {
          ...MeetingFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
  ${MeetingFieldsFragmentDoc}
` as unknown as DocumentNode<PuskesmasMeetingsQuery, PuskesmasMeetingsQueryVariables>;
export const MeetingPageDocument = gql`
  query MeetingPage($id: ID!) {
    meeting(id: $id) {
      ...MeetingFields
      puskesmas {
        id
        code
        name
        timeZone
      }
      notes
      agenda {
        ...AgendaFields
      }
      attendees {
        ...AttendeeFields
      }
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${AgendaFieldsFragmentDoc}
  ${AttendeeFieldsFragmentDoc}
` as unknown as DocumentNode<MeetingPageQuery, MeetingPageQueryVariables>;
export const ScheduleMeetingDocument = gql`
  mutation ScheduleMeeting($input: ScheduleMeetingInput!) {
    scheduleMeeting(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ScheduleMeetingMutation, ScheduleMeetingMutationVariables>;
export const MoveMeetingDocument = gql`
  mutation MoveMeeting($input: MoveMeetingInput!) {
    moveMeeting(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<MoveMeetingMutation, MoveMeetingMutationVariables>;
export const CancelMeetingDocument = gql`
  mutation CancelMeeting($input: CancelMeetingInput!) {
    cancelMeeting(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<CancelMeetingMutation, CancelMeetingMutationVariables>;
export const OpenMeetingDocument = gql`
  mutation OpenMeeting($input: OpenMeetingInput!) {
    openMeeting(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<OpenMeetingMutation, OpenMeetingMutationVariables>;
export const AddTopicDocument = gql`
  mutation AddTopic($input: AddTopicInput!) {
    addTopic(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<AddTopicMutation, AddTopicMutationVariables>;
export const RemoveTopicDocument = gql`
  mutation RemoveTopic($input: RemoveTopicInput!) {
    removeTopic(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<RemoveTopicMutation, RemoveTopicMutationVariables>;
export const DecideItemDocument = gql`
  mutation DecideItem($input: DecideItemInput!) {
    decideItem(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<DecideItemMutation, DecideItemMutationVariables>;
export const RecordAttendanceDocument = gql`
  mutation RecordAttendance($input: RecordAttendanceInput!) {
    recordAttendance(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<RecordAttendanceMutation, RecordAttendanceMutationVariables>;
export const SaveNotesDocument = gql`
  mutation SaveNotes($input: SaveNotesInput!) {
    saveNotes(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SaveNotesMutation, SaveNotesMutationVariables>;
export const ConcludeMeetingDocument = gql`
  mutation ConcludeMeeting($input: ConcludeMeetingInput!) {
    concludeMeeting(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ConcludeMeetingMutation, ConcludeMeetingMutationVariables>;
export const SignMinutesDocument = gql`
  mutation SignMinutes($input: SignMinutesInput!) {
    signMinutes(input: $input) {
      __typename
      ... on MeetingChanged {
        meeting {
          ...MeetingFields
        }
      }
      ...RefusalFields
    }
  }
  ${MeetingFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SignMinutesMutation, SignMinutesMutationVariables>;
export const PreferencesPageDocument = gql`
  query PreferencesPage {
    viewer {
      id
      preferences {
        status
        message {
          id
          en
        }
        preferences {
          ...PreferencesFields
        }
      }
    }
  }
  ${PreferencesFieldsFragmentDoc}
` as unknown as DocumentNode<PreferencesPageQuery, PreferencesPageQueryVariables>;
export const SetPreferencesDocument = gql`
  mutation SetPreferences($input: SetPreferencesInput!) {
    setPreferences(input: $input) {
      __typename
      ... on PreferencesSet {
        preferences {
          ...PreferencesFields
        }
      }
      ...RefusalFields
    }
  }
  ${PreferencesFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SetPreferencesMutation, SetPreferencesMutationVariables>;
export const DeliveriesDocument = gql`
  query Deliveries($district: String!, $status: DeliveryStatus, $first: Int!, $after: String) {
    deliveries(district: $district, status: $status, first: $first, after: $after) {
      status
      message {
        id
        en
      }
      totalCount
      nodes {
        ...DeliveryFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${DeliveryFieldsFragmentDoc}
` as unknown as DocumentNode<DeliveriesQuery, DeliveriesQueryVariables>;
export const SendAgainDocument = gql`
  mutation SendAgain($input: SendAgainInput!) {
    sendAgain(input: $input) {
      __typename
      ... on QueuedAgain {
        delivery {
          ...DeliveryFields
        }
      }
      ...RefusalFields
    }
  }
  ${DeliveryFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SendAgainMutation, SendAgainMutationVariables>;
export const PuskesmasResultsDocument = gql`
  query PuskesmasResults($code: String!, $period: YearMonth!) {
    puskesmas(code: $code) {
      id
      code
      name
      results(period: $period) {
        status
        asOf
        message {
          id
          en
        }
        evaluation {
          ...EvaluationFields
        }
        tally {
          ...TallyFields
        }
        warnings
        results {
          ...ResultFields
        }
      }
    }
  }
  ${EvaluationFieldsFragmentDoc}
  ${TallyFieldsFragmentDoc}
  ${ResultFieldsFragmentDoc}
  ${WarningFieldsFragmentDoc}
` as unknown as DocumentNode<PuskesmasResultsQuery, PuskesmasResultsQueryVariables>;
export const PuskesmasActionsDocument = gql`
  query PuskesmasActions(
    $code: String!
    $first: Int!
    $after: String
    $statuses: [ActionStatus!]
    $indicator: String
  ) {
    puskesmas(code: $code) {
      id
      actions(first: $first, after: $after, statuses: $statuses, indicatorCode: $indicator) {
        status
        message {
          id
          en
        }
        nodes {
          ...ActionFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
  ${ActionFieldsFragmentDoc}
` as unknown as DocumentNode<PuskesmasActionsQuery, PuskesmasActionsQueryVariables>;
export const PuskesmasPeopleDocument = gql`
  query PuskesmasPeople($code: String!) {
    puskesmas(code: $code) {
      id
      people(first: 200) {
        status
        message {
          id
          en
        }
        nodes {
          id
          name
          title
          role
          program
        }
      }
    }
  }
` as unknown as DocumentNode<PuskesmasPeopleQuery, PuskesmasPeopleQueryVariables>;
export const SubmitEvaluationDocument = gql`
  mutation SubmitEvaluation($input: SubmitEvaluationInput!) {
    submitEvaluation(input: $input) {
      __typename
      ... on EvaluationSubmitted {
        evaluation {
          ...EvaluationFields
        }
        tally {
          ...TallyFields
        }
      }
      ...RefusalFields
    }
  }
  ${EvaluationFieldsFragmentDoc}
  ${TallyFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SubmitEvaluationMutation, SubmitEvaluationMutationVariables>;
export const ReturnEvaluationDocument = gql`
  mutation ReturnEvaluation($input: ReturnEvaluationInput!) {
    returnEvaluation(input: $input) {
      __typename
      ... on EvaluationReturned {
        evaluation {
          ...EvaluationFields
        }
      }
      ...RefusalFields
    }
  }
  ${EvaluationFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ReturnEvaluationMutation, ReturnEvaluationMutationVariables>;
export const AccountPageDocument = gql`
  query AccountPage {
    viewer {
      id
      sessions {
        status
        message {
          id
          en
        }
        nodes {
          id
          device
          startedAt
          seenAt
          present
        }
      }
    }
  }
` as unknown as DocumentNode<AccountPageQuery, AccountPageQueryVariables>;
export const EndSessionsDocument = gql`
  mutation EndSessions($input: EndSessionsInput!) {
    endSessions(input: $input) {
      __typename
      ... on SessionsEnded {
        ended
      }
      ...RefusalFields
    }
  }
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<EndSessionsMutation, EndSessionsMutationVariables>;
export const ChangePasswordDocument = gql`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ... on PasswordChanged {
        ended
      }
      ...RefusalFields
    }
  }
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SignInDocument = gql`
  mutation SignIn($login: String!, $password: String!) {
    signIn(login: $login, password: $password) {
      __typename
      ... on Session {
        accessToken
        accessExpiresAt
        viewer {
          ...ViewerFields
        }
      }
      ...RefusalFields
    }
  }
  ${ViewerFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = gql`
  mutation RefreshSession {
    refreshSession {
      __typename
      ... on Session {
        accessToken
        accessExpiresAt
        viewer {
          ...ViewerFields
        }
      }
      ...RefusalFields
    }
  }
  ${ViewerFieldsFragmentDoc}
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = gql`
  mutation SignOut {
    signOut {
      __typename
      ... on SignedOut {
        ended
      }
      ...RefusalFields
    }
  }
  ${RefusalFieldsFragmentDoc}
` as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
