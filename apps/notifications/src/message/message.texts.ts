import {
  formatDate,
  formatInstant,
  formatPeriod,
  formatWeekday,
  localDate,
  parsePeriod,
  type Zone,
} from '@lokmin/calendar';
import { globalId, type Text } from '@lokmin/contracts';
import type { ActionNews, Concern, MeetingNews, Part } from './message.rules.ts';

/** What a message says and where it leads. Figures are those of indicators, never of persons. */
export interface Wording {
  readonly title: Text;
  readonly body: Text;
  /** Path in the browser application. */
  readonly link: string;
}

export interface EvaluationSubject {
  readonly unitCode: string;
  readonly unitName: string;
  readonly period: string;
}

const listed = (items: readonly string[], and: string) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
const periodNames = (period: string): Text => ({
  id: formatPeriod(parsePeriod(period), 'id'),
  en: formatPeriod(parsePeriod(period), 'en'),
});
const evaluationLink = ({ unitCode, period }: EvaluationSubject) =>
  `/puskesmas/${unitCode}?periode=${period}`;

/** `3 dari 55 indikator dinilai kurang` and its like. */
const judgedKurang = (kurang: number, judged: number): Text =>
  kurang === 0
    ? {
        id: 'tidak ada indikator yang dinilai kurang',
        en: 'no indicator was judged kurang',
      }
    : {
        id: `${kurang} dari ${judged} indikator dinilai kurang`,
        en: `${kurang} of ${judged} indicators ${kurang === 1 ? 'was' : 'were'} judged kurang`,
      };

/**
 * An evaluation was submitted, for the first time or again after a return.
 * @param judged programme of each indicator, and whether it was judged kurang
 */
export function wordSubmission(
  evaluation: EvaluationSubject,
  again: boolean,
  judged: readonly { program: string; kurang: boolean }[],
  concern: Concern,
): Wording {
  const { unitName } = evaluation;
  const period = periodNames(evaluation.period);
  const submitted = again
    ? { id: 'diajukan kembali', en: 'submitted again' }
    : { id: 'diajukan', en: 'submitted' };
  const programs = concern.as === 'programme' ? concern.programs : null;
  const mine = judged.filter(({ program }) => programs?.includes(program) ?? true);
  const red = mine.filter(({ kurang }) => kurang).length;
  const count = judgedKurang(red, mine.length);
  const link = evaluationLink(evaluation);
  if (concern.as === 'district')
    return {
      title: {
        id: `Evaluasi ${unitName} ${period.id} ${submitted.id}`,
        en: `Evaluation of ${unitName}, ${period.en}, ${submitted.en}`,
      },
      body: {
        id: `Dalam evaluasi ini ${count.id}. Periksa, dan kembalikan dengan alasan bila ada yang perlu diperbaiki.`,
        en: `In this evaluation ${count.en}. Review it, and return it with a reason if something needs mending.`,
      },
      link,
    };
  const title = {
    id: `Evaluasi ${period.id} ${submitted.id}`,
    en: `Evaluation of ${period.en} ${submitted.en}`,
  };
  if (concern.as === 'programme') {
    const which = programs
      ? { id: `Program ${listed(programs, 'dan')}`, en: `Programme ${listed(programs, 'and')}` }
      : { id: 'Semua program', en: 'All programmes' };
    return {
      title,
      body: { id: `${unitName}. ${which.id}: ${count.id}.`, en: `${unitName}. ${which.en}: ${count.en}.` },
      link,
    };
  }
  const proposals =
    red === 0
      ? { id: '', en: '' }
      : {
          id: ' Untuk setiap indikator itu ada usulan kegiatan: tentukan penanggung jawab dan tenggatnya.',
          en: ' Each of them has a proposed action: choose its owner and due date.',
        };
  return {
    title,
    body: {
      id: `${unitName}: ${count.id}.${proposals.id}`,
      en: `${unitName}: ${count.en}.${proposals.en}`,
    },
    link,
  };
}

/** The district returned an evaluation. */
export function wordReturn(evaluation: EvaluationSubject, reason: string, concern: Concern): Wording {
  const { unitName } = evaluation;
  const period = periodNames(evaluation.period);
  const why = { id: `Alasan: “${reason}”`, en: `Reason: “${reason}”` };
  const next = {
    leader: {
      id: 'Perbaiki nilainya, lalu ajukan kembali.',
      en: 'Mend the values, then submit it again.',
    },
    programme: {
      id: 'Periksa nilai program Anda sebelum diajukan kembali.',
      en: 'Check the values of your programme before it is submitted again.',
    },
    district: {
      id: 'Usulan kegiatannya ditarik sampai evaluasi diajukan kembali.',
      en: 'Its proposed actions are withdrawn until it is submitted again.',
    },
  }[concern.as];
  return {
    title:
      concern.as === 'district'
        ? {
            id: `Evaluasi ${unitName} ${period.id} dikembalikan`,
            en: `Evaluation of ${unitName}, ${period.en}, returned`,
          }
        : { id: `Evaluasi ${period.id} dikembalikan`, en: `Evaluation of ${period.en} returned` },
    body: {
      id: `Dinas kesehatan mengembalikan evaluasi ${unitName}. ${why.id} ${next.id}`,
      en: `The district health office returned the evaluation of ${unitName}. ${why.en} ${next.en}`,
    },
    link: evaluationLink(evaluation),
  };
}

export interface ActionSubject {
  readonly actionId: string;
  readonly unitName: string;
  readonly indicatorName: string;
  readonly title: string;
  /** `YYYY-MM-DD`; null while it is a proposal. */
  readonly dueDate: string | null;
}

/**
 * Something happened to an action.
 * @param note what the owner wrote of its completion
 */
export function wordAction(what: ActionNews, action: ActionSubject, part: Part, note = ''): Wording {
  const { title, unitName, indicatorName } = action;
  const due = {
    id: action.dueDate ? formatDate(action.dueDate, 'id') : '-',
    en: action.dueDate ? formatDate(action.dueDate, 'en') : '-',
  };
  const link = `/rtl/${globalId('Action', action.actionId)}`;
  const word = (id: [string, string], en: [string, string]): Wording => ({
    title: { id: `${id[0]}: ${title}`, en: `${en[0]}: ${title}` },
    body: { id: `${unitName}. ${id[1]}`, en: `${unitName}. ${en[1]}` },
    link,
  });
  switch (what) {
    case 'readied':
      return part === 'former owner'
        ? word(
            ['Bukan lagi tanggung jawab Anda', 'Kegiatan ini dialihkan kepada penanggung jawab lain.'],
            ['No longer yours', 'This action was handed to another owner.'],
          )
        : word(
            ['Anda penanggung jawab', `Indikator: ${indicatorName}. Tenggat: ${due.id}.`],
            ['You are the owner', `Indicator: ${indicatorName}. Due: ${due.en}.`],
          );
    case 'completed':
      return word(
        ['Kegiatan selesai', `Yang dilakukan: “${note}”`],
        ['Action completed', `What was done: “${note}”`],
      );
    case 'overdue':
      return part === 'owner'
        ? word(
            [
              'Lewat tenggat',
              `Tenggat ${due.id} sudah lewat. Laporkan penyelesaiannya, atau minta tenggat baru kepada kepala puskesmas.`,
            ],
            [
              'Overdue',
              `The due date ${due.en} has passed. Report its completion, or ask the head for a new due date.`,
            ],
          )
        : word(
            [
              'Lewat tenggat',
              `Tenggat ${due.id} sudah lewat. Bantu penanggung jawabnya, atau tentukan tenggat baru.`,
            ],
            ['Overdue', `The due date ${due.en} has passed. Help its owner, or set a new due date.`],
          );
  }
}

export interface MeetingSubject {
  readonly meetingId: string;
  readonly unitName: string;
  readonly month: string;
  readonly dataPeriod: string;
  /** Null when a month ended that nobody had scheduled. */
  readonly startsAt: string | null;
  readonly place: string;
}

/**
 * Something happened to a meeting.
 * @param zone of the unit, on whose clocks its start is told
 * @param more when it was to start before it was moved, or why it was cancelled
 */
export function wordMeeting(
  what: MeetingNews,
  meeting: MeetingSubject,
  zone: Zone,
  more: { formerStartsAt?: string; reason?: string } = {},
): Wording {
  const { unitName, place } = meeting;
  const month = periodNames(meeting.month);
  const data = periodNames(meeting.dataPeriod);
  const at = (instant: string | null | undefined): Text => {
    if (!instant) return { id: '-', en: '-' };
    const start = new Date(instant);
    const day = localDate(start, zone);
    return {
      id: `${formatWeekday(day, 'id')}, ${formatInstant(start, zone, 'id')}`,
      en: `${formatWeekday(day, 'en')}, ${formatInstant(start, zone, 'en')}`,
    };
  };
  const start = at(meeting.startsAt);
  const former = at(more.formerStartsAt);
  const word = (id: [string, string], en: [string, string]): Wording => ({
    title: { id: id[0], en: en[0] },
    body: { id: `${unitName}. ${id[1]}`, en: `${unitName}. ${en[1]}` },
    link: `/lokmin/${globalId('Meeting', meeting.meetingId)}`,
  });
  switch (what) {
    case 'scheduled':
      return word(
        [`Undangan lokakarya mini ${month.id}`, `${start.id}, di ${place}. Membahas capaian ${data.id}.`],
        [`Invitation: lokakarya mini of ${month.en}`, `${start.en}, at ${place}. It looks at ${data.en}.`],
      );
    case 'moved':
      return word(
        [`Lokakarya mini ${month.id} dipindah`, `Sekarang ${start.id}, di ${place}; semula ${former.id}.`],
        [`Lokakarya mini of ${month.en} moved`, `Now ${start.en}, at ${place}; it was ${former.en}.`],
      );
    case 'cancelled':
      return word(
        [`Lokakarya mini ${month.id} dibatalkan`, `Semula ${start.id}. Alasan: “${more.reason ?? ''}”`],
        [`Lokakarya mini of ${month.en} cancelled`, `It was ${start.en}. Reason: “${more.reason ?? ''}”`],
      );
    case 'missed':
      return word(
        [
          `Lokakarya mini ${month.id} tidak terlaksana`,
          `Bulan ${month.id} berakhir tanpa lokakarya mini. Jadwalkan susulannya.`,
        ],
        [
          `Lokakarya mini of ${month.en} was missed`,
          `${month.en} ended without a meeting. Schedule it for a later day.`,
        ],
      );
    case 'signed':
      return word(
        [`Notulen lokakarya mini ${month.id} disahkan`, `Pertemuan ${start.id}.`],
        [`Minutes of the lokakarya mini of ${month.en} signed`, `The meeting was on ${start.en}.`],
      );
  }
}
