import type { z } from 'zod';
import { actionRefusals } from './actions.ts';
import { text, type AskInput, type AskType, type RefusalData, type Text } from './ask.ts';
import { directoryRefusals } from './directory.ts';
import { indicatorRefusals } from './indicators.ts';
import { meetingRefusals } from './meetings.ts';
import { notificationRefusals } from './notifications.ts';
import { problemOf } from './problems.ts';
import { webhookRefusals } from './webhooks.ts';
import { findUnwritable, unwritable } from './writable.ts';

/** The closed list of expected failures, in Indonesian and English; `{name}` takes the detail of that name. */
export const REFUSALS = {
  'input.invalid': {
    id: 'Isian tidak sah pada {field}: {problem}.',
    en: 'The input is not valid at {field}: {problem}.',
  },
  'access.signed-out': {
    id: 'Anda belum masuk atau sesi telah berakhir. Silakan masuk.',
    en: 'You are not signed in or the session has ended. Please sign in.',
  },
  'access.forbidden': {
    id: 'Jabatan Anda tidak mengizinkan tindakan ini.',
    en: 'Your posts do not allow this.',
  },
  'not-found': { id: '{what} tidak ditemukan.', en: '{what} was not found.' },
  'command.reused': {
    id: 'Nomor perintah ini sudah dipakai untuk isi yang lain. Muat ulang halaman lalu coba lagi.',
    en: 'This command id was used for another content. Reload the page and try again.',
  },
  'revision.stale': {
    id: 'Data sudah diubah orang lain (versi {current}, Anda melihat {expected}). Muat ulang lalu periksa.',
    en: 'Somebody changed this meanwhile (revision {current}, you saw {expected}). Reload and check.',
  },
  'reply.too-large': {
    id: 'Jawaban terlalu besar. Minta lebih sedikit per halaman.',
    en: 'The reply is too large. Ask for fewer items a page.',
  },
  'service.unavailable': {
    id: 'Layanan {service} sedang tidak menjawab. Coba lagi beberapa saat lagi.',
    en: 'The service {service} does not answer at present. Try again shortly.',
  },
  'request.too-large': {
    id: 'Permintaan terlalu besar. Kirim lebih sedikit sekaligus.',
    en: 'The request is too large. Send less at a time.',
  },
  'request.unreadable': {
    id: 'Permintaan ini bukan permintaan GraphQL yang dapat dibaca. Kirim dengan POST, content-type: application/json, dan objek JSON berisi query dan variables.',
    en: 'This is no request of GraphQL that can be read. Send it by POST, with content-type: application/json, as a JSON object of query and variables.',
  },
  'request.batched': {
    id: 'Beberapa operasi dalam satu permintaan tidak diterima. Kirim satu per satu.',
    en: 'Several operations in one request are not taken. Send them one by one.',
  },
  'request.syntax': {
    id: 'Operasi GraphQL tidak terbaca pada {place}. Periksa kurung, tanda kutip dan ejaan di situ.',
    en: 'The GraphQL operation cannot be read at {place}. Check brackets, quotes and spelling there.',
  },
  'request.not-in-schema': {
    id: 'Operasi GraphQL pada {place} tidak sesuai dengan skema. Periksa nama bidang, argumen dan jenisnya.',
    en: 'The GraphQL operation does not fit the schema at {place}. Check the names of fields and arguments, and their types.',
  },
  'request.unknown-operation': {
    id: 'Tidak jelas operasi mana yang dijalankan. Sebutkan operationName salah satu operasi dalam permintaan.',
    en: 'It is not clear which operation to execute. Name one of the operations of the request as operationName.',
  },
  'request.not-a-subscription': {
    id: 'Pintu ini menerima satu subscription saja. Kirim operasi lain ke /graphql.',
    en: 'This door takes one subscription. Send other operations to /graphql.',
  },
  'request.unknown-document': {
    id: 'Permintaan ini dari versi aplikasi yang lain. Muat ulang halaman lalu coba lagi.',
    en: 'This request is of another version of the application. Reload the page and try again.',
  },
  'request.only-known': {
    id: 'Jabatan Anda hanya dapat meminta lewat aplikasi ini. Permintaan GraphQL buatan sendiri dibuka bagi petugas dinas; hubungi administrator.',
    en: "Your posts allow only what this application asks. GraphQL requests of one's own are open to officers of the district; ask your administrator.",
  },
  'request.only-streamed': {
    id: 'Subscription dikirim ke /graphql/stream.',
    en: 'Send a subscription to /graphql/stream.',
  },
  'request.too-costly': {
    id: 'Operasi ini meminta terlalu banyak sekaligus ({limit}). Bagi menjadi beberapa operasi, atau minta lebih sedikit.',
    en: 'The operation asks for too much at once ({limit}). Split it into several, or ask for less.',
  },
  'request.too-many': {
    id: 'Terlalu banyak permintaan. Coba lagi dalam {seconds} detik.',
    en: 'Too many requests. Try again in {seconds} seconds.',
  },
  'request.budget-spent': {
    id: 'Permintaan ini berbiaya {cost}, sedangkan sisa anggaran Anda {left} dari {limit} per menit. Coba lagi dalam {seconds} detik.',
    en: 'This request costs {cost}, and {left} of your budget of {limit} a minute is left. Try again in {seconds} seconds.',
  },
  'request.above-budget': {
    id: 'Permintaan ini berbiaya {cost}, lebih dari seluruh anggaran Anda, {limit} per menit. Minta lebih sedikit sekaligus.',
    en: 'This request costs {cost}, more than your whole budget of {limit} a minute. Ask for less at a time.',
  },
  internal: {
    id: 'Terjadi kesalahan di sistem. Sebutkan nomor {correlationId} kepada pengelola.',
    en: 'Something went wrong in the system. Give the number {correlationId} to your administrator.',
  },
  ...directoryRefusals,
  ...indicatorRefusals,
  ...meetingRefusals,
  ...actionRefusals,
  ...notificationRefusals,
  ...webhookRefusals,
} as const satisfies Record<string, Text>;
export type RefusalCode = keyof typeof REFUSALS;

/** What people call the parts of the system; the detail itself stays the name that the machines know. */
const SERVICE_NAMES: Record<string, Text> = {
  gateway: { id: 'gerbang', en: 'gateway' },
  directory: { id: 'data unit dan petugas', en: 'units and people' },
  indicators: { id: 'indikator', en: 'indicators' },
  meetings: { id: 'lokakarya mini', en: 'meetings' },
  actions: { id: 'kegiatan', en: 'actions' },
  notifications: { id: 'pemberitahuan', en: 'notifications' },
};

/** A detail as a person reads it: a detail may itself be a text in both languages. */
export function detailIn(language: keyof Text, name: string, value: unknown): string {
  const known = name === 'service' ? SERVICE_NAMES[String(value)] : undefined;
  if (known) return known[language];
  const both = text.safeParse(value);
  if (both.success) return both.data[language];
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const fill = (language: keyof Text, template: string, details: Record<string, unknown>) =>
  template.replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in details ? detailIn(language, name, details[name]) : hole,
  );

/** An expected failure: it crosses processes as data and is told to the person in their language. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: Record<string, unknown> = {},
    readonly field: string | null = null,
  ) {
    super(fill('en', REFUSALS[code].en, details));
  }

  toData(): RefusalData {
    const texts = REFUSALS[this.code];
    return {
      code: this.code,
      field: this.field,
      details: this.details,
      message: { id: fill('id', texts.id, this.details), en: fill('en', texts.en, this.details) },
    };
  }

  static fromData(data: RefusalData): Refusal {
    return new Refusal(
      data.code in REFUSALS ? (data.code as RefusalCode) : 'internal',
      data.details,
      data.field,
    );
  }
}

/** The answer for a district that is not there, or that the caller has nothing to do with. */
export const unknownDistrict = (code: string): Refusal =>
  new Refusal('not-found', { what: { id: `Kabupaten/kota ${code}`, en: `District ${code}` } });

/** What a request as a whole is called where a field is named. */
const WHOLE: Text = { id: 'isi permintaan', en: 'the request' };

/**
 * The refusal of something that was filled in wrongly.
 * @param field path as its sender wrote it, for example `values.3.value`; null: it is about the whole
 */
export const invalidInput = (field: string | null, what: Text): Refusal =>
  new Refusal('input.invalid', { field: field ?? WHOLE, problem: what }, field);

/** @throws Refusal `input.invalid` naming the first field that is wrong */
export const readInput = <A extends AskType>(ask: A, sent: unknown): AskInput<A> => {
  const strange = findUnwritable(sent);
  if (strange) throw invalidInput(strange.field || null, unwritable(strange.character));
  return readSent(ask.input, sent) as AskInput<A>;
};

/** The same for what else comes from outside; its schema says which characters may stand where. */
export function readSent<S extends z.ZodType>(schema: S, sent: unknown): z.infer<S> {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const { path, problem } = problemOf(parsed.error.issues[0]!, sent);
  throw invalidInput(path.join('.') || null, problem);
}
