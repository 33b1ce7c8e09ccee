import { createHash } from 'node:crypto';
import { formatInstant } from '@lokmin/calendar';
import type { StoredMail, Summary } from './folder.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:60rem;color:#1a1a1a;background:#fff}
a{color:#0b5394}ul{list-style:none;padding:0}li{padding:.5rem 0;border-bottom:1px solid #ccc;overflow-wrap:anywhere}
small,dt{color:#555}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f5f5;padding:1rem}iframe{width:100%;height:28rem;border:1px solid #ccc}`;

/** Nothing but our own style and our own frames; no script at all. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
/** A mail's own HTML: its inline styles and nothing else, in a sandbox also when it is opened by itself. */
export const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const page = (title: string, content: string) => `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head><body>
${content}
</body></html>
`;
const when = (receivedAt: string) => formatInstant(new Date(receivedAt), 'Asia/Jakarta');

/** The list of mails, newest first. @param older id from which the next page goes on, or null at the end */
export const listPage = (mails: readonly Summary[], count: number, older: string | null): string =>
  page(
    'Kotak surat contoh',
    `<h1>Kotak surat contoh</h1>
<p>Surel yang dikirim sistem ini ditangkap di sini; tidak ada yang sampai ke orang. ${count} surel, terbaru di atas.</p>
<ul>
${mails
  .map(
    ({ id, to, subject, receivedAt }) =>
      `<li><a href="/mail/${id}">${escape(subject || '(tanpa judul)')}</a><br><small>${escape(to)}, ${when(receivedAt)}</small></li>`,
  )
  .join('\n')}
</ul>
${older ? `<p><a href="/?before=${older}">Lebih lama</a></p>` : ''}`,
  );

/** One mail: head, text with its links, and its HTML in a frame. */
export const mailPage = (mail: StoredMail): string =>
  page(
    mail.subject,
    `<p><a href="/">Semua surel</a></p>
<h1>${escape(mail.subject || '(tanpa judul)')}</h1>
<dl><dt>Kepada</dt><dd>${escape(mail.to)}</dd><dt>Dari</dt><dd>${escape(mail.from)}</dd><dt>Diterima</dt><dd>${when(mail.receivedAt)}</dd><dt>Message-ID</dt><dd>${escape(mail.messageId)}</dd></dl>
<h2>Teks</h2>
<pre>${linked(mail.text)}</pre>
${mail.html === null ? '' : `<h2>HTML</h2>\n<iframe sandbox="" title="HTML" src="/mail/${mail.id}/html"></iframe>`}`,
  );

/** Text with its web addresses as links. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((piece, i) =>
      i % 2 === 0 ? escape(piece) : `<a href="${escape(piece)}" rel="noreferrer">${escape(piece)}</a>`,
    )
    .join('');
