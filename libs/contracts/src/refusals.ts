import { actionRefusals } from './actions.ts';
import { text, type RefusalData, type Text } from './ask.ts';
import { directoryRefusals } from './directory.ts';
import { indicatorRefusals } from './indicators.ts';
import { meetingRefusals } from './meetings.ts';
import { notificationRefusals } from './notifications.ts';

/** The closed list of expected failures, in Indonesian and English; `{name}` takes a detail of that name. */
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
  'request.too-many': {
    id: 'Terlalu banyak permintaan. Coba lagi dalam {seconds} detik.',
    en: 'Too many requests. Try again in {seconds} seconds.',
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
} as const satisfies Record<string, Text>;
export type RefusalCode = keyof typeof REFUSALS;

/** A detail that is a text in both languages is told in the language of the sentence. */
const fill = (template: string, details: Record<string, unknown>, language: keyof Text) =>
  template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    if (!(name in details)) return hole;
    const both = text.safeParse(details[name]);
    return both.success ? both.data[language] : String(details[name]);
  });

/** An expected failure: it crosses processes as data and is told to the person in their language. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: Record<string, unknown> = {},
    readonly field: string | null = null,
  ) {
    super(fill(REFUSALS[code].en, details, 'en'));
  }

  toData(): RefusalData {
    const texts = REFUSALS[this.code];
    return {
      code: this.code,
      field: this.field,
      details: this.details,
      message: { id: fill(texts.id, this.details, 'id'), en: fill(texts.en, this.details, 'en') },
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
