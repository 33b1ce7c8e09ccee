import { formatDate } from '@lokmin/calendar';
import type { DELIVERY_STATUSES, Text } from '@lokmin/contracts';

/** What a mail tells of: a message as it stood when the mail was queued. */
export interface Letter {
  readonly title: Text;
  readonly body: Text;
  /** Path in the browser application. */
  readonly link: string;
}

/** A mail without its address: subject, plain text and the same as simple HTML. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What becomes of a mail, inside a sentence. */
export const STATUS_NAMES: Record<(typeof DELIVERY_STATUSES)[number], Text> = {
  queued: { id: 'menunggu', en: 'waiting' },
  sending: { id: 'sedang dikirim', en: 'being sent' },
  sent: { id: 'terkirim', en: 'sent' },
  failed: { id: 'gagal', en: 'failed' },
  uncertain: { id: 'tidak pasti', en: 'uncertain' },
  skipped: { id: 'tidak dikirim', en: 'not sent' },
};

const PREFERENCES = '/pengaturan';
const LONGEST_SUBJECT = 150;

/** One line, whatever somebody wrote into a title: a line break in a subject would be another header. */
export const oneLine = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`;
};

/** A mail about one message. */
export function wordMail(letter: Letter, publicUrl: string): Mail {
  const subject = oneLine(letter.title.id);
  const link = publicUrl + letter.link;
  return {
    subject,
    text: [letter.body.id, '', `Buka: ${link}`, '', footerText(publicUrl), ''].join('\n'),
    html: page(
      `<h1 style="font-size:18px;margin:0 0 12px">${escape(letter.title.id)}</h1>
<p style="margin:0 0 16px">${escape(letter.body.id)}</p>
<p style="margin:0 0 24px">${anchor(link, 'Buka di Lokmin')}</p>`,
      publicUrl,
    ),
  };
}

/**
 * The one mail of a day, oldest news first.
 * @param day `YYYY-MM-DD`, local
 */
export function wordDigest(letters: readonly Letter[], day: string, publicUrl: string): Mail {
  return {
    subject: digestSubject(letters.length, day),
    text: [
      ...letters.flatMap((letter, i) => [
        `${i + 1}. ${oneLine(letter.title.id)}`,
        letter.body.id,
        `Buka: ${publicUrl}${letter.link}`,
        '',
      ]),
      footerText(publicUrl),
      '',
    ].join('\n'),
    html: page(
      `<h1 style="font-size:18px;margin:0 0 12px">Kabar ${escape(formatDate(day))}</h1>
${letters
  .map(
    (letter) => `<h2 style="font-size:16px;margin:16px 0 4px">${escape(letter.title.id)}</h2>
<p style="margin:0 0 8px">${escape(letter.body.id)}</p>
<p style="margin:0">${anchor(publicUrl + letter.link, 'Buka di Lokmin')}</p>`,
  )
  .join('\n')}`,
      publicUrl,
    ),
  };
}

export const digestSubject = (count: number, day: string): string =>
  `Ringkasan Lokmin ${formatDate(day)}: ${count} kabar`;

const footerText = (publicUrl: string) =>
  [
    '-- ',
    'Surel ini dikirim otomatis oleh Lokmin; jangan dibalas.',
    `Atur surel apa yang Anda terima, dan kapan: ${publicUrl}${PREFERENCES}`,
  ].join('\n');

const page = (content: string, publicUrl: string) => `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:16px;font-family:Arial,sans-serif;font-size:15px;line-height:1.5;color:#1a1a1a">
<div style="max-width:600px">
${content}
<p style="margin:32px 0 0;padding-top:12px;border-top:1px solid #ccc;font-size:13px;color:#555">
Surel ini dikirim otomatis oleh Lokmin; jangan dibalas.
${anchor(publicUrl + PREFERENCES, 'Atur surel yang Anda terima')}</p>
</div></body></html>
`;

const anchor = (url: string, text: string) =>
  `<a href="${escape(url)}" style="color:#0b5394">${escape(text)}</a>`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
