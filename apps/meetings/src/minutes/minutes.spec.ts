import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeetingDetail } from '../meeting/meeting.service.ts';
import { minutesOf } from './minutes.document.ts';
import { renderPdf } from './minutes.pdf.ts';

const place = { districtName: 'Kabupaten Belitung Timur', timeZone: 'Asia/Jakarta' as const };
const anItem = (given: Partial<MeetingDetail['agenda'][number]>): MeetingDetail['agenda'][number] => ({
  itemId: 'item',
  kind: 'review',
  title: 'Kunjungan rumah ibu hamil yang belum memeriksakan kehamilan',
  indicatorCode: 'KIA-K1',
  performance: '76.80',
  performanceHidden: false,
  actionId: 'action',
  actionStatus: 'in_progress',
  ownerName: 'Pemegang Program KIA Puskesmas Manggar',
  dueDate: '2025-01-31',
  overdue: false,
  progress: 40,
  carriedOver: 0,
  note: '',
  decision: 'continue',
  ...given,
});
const aMeeting = (given: Partial<MeetingDetail>, signed = false): MeetingDetail => ({
  meeting: {
    meetingId: 'meeting',
    revision: 9,
    unitId: 'manggar',
    unitCode: '1012406',
    unitName: 'Puskesmas Manggar',
    districtCode: '19.06',
    month: '2025-01',
    dataPeriod: '2024-12',
    status: 'concluded',
    startsAt: '2025-01-13T02:00:00.000Z',
    durationMinutes: 120,
    place: 'Aula puskesmas',
    openedAt: '2025-01-13T02:10:00.000Z',
    concludedAt: '2025-01-13T04:00:00.000Z',
    missedAt: null,
    signedAt: signed ? '2025-01-14T03:00:00.000Z' : null,
    scheduledByName: 'Kasubag TU Manggar',
    cancelledReason: null,
    signedByName: signed ? 'Kepala Puskesmas Manggar' : null,
    invited: 25,
    present: 20,
  },
  agenda: [],
  attendees: [],
  notes: '',
  ...given,
});

describe('the definition of minutes', () => {
  const textOf = (detail: MeetingDetail) => JSON.stringify(minutesOf(detail, place));

  it('writes day, time and figures as Indonesians do, in the zone of the unit', () => {
    const text = textOf(aMeeting({ agenda: [anItem({ kind: 'proposal', decision: 'agree' })] }));
    expect(text).toContain('Senin, 13 Januari 2025 09.00 WIB, 120 menit');
    expect(text).toContain('Senin, 13 Januari 2025 09.10 WIB');
    expect(text).toContain('Senin, 13 Januari 2025 11.00 WIB');
    expect(text).toContain('76,80 %');
    expect(text).toContain('20 dari 25 orang');
  });

  it('is marked as a draft until it is signed', () => {
    expect(minutesOf(aMeeting({}), place).watermark).toMatchObject({ text: 'KONSEP' });
    expect(minutesOf(aMeeting({}, true), place).watermark).toBeUndefined();
    expect(textOf(aMeeting({}, true))).toContain(
      'Disahkan 14 Januari 2025 10.00 WIB oleh Kepala Puskesmas Manggar',
    );
  });

  it('says of an agreed action without owner that it has to be completed, and leaves out what was withdrawn', () => {
    const text = textOf(
      aMeeting({
        agenda: [
          anItem({ kind: 'proposal', title: 'Satu', decision: 'agree', ownerName: null, dueDate: null }),
          anItem({ kind: 'proposal', title: 'Dua', decision: 'agree', actionStatus: 'withdrawn' }),
        ],
      }),
    );
    expect(text).toContain('Satu: perlu dilengkapi penanggung jawab dan tenggatnya');
    expect(text).not.toContain('Dua: ');
  });
});

const canRead = spawnSync('pdftotext', ['-v']).error === undefined;
(canRead ? describe : describe.skip)('the PDF, read back with pdftotext', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lokmin-minutes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** @returns the text of each page, as it stands on the page */
  async function pagesOf(detail: MeetingDetail): Promise<string[]> {
    const file = join(folder, 'minutes.pdf');
    writeFileSync(file, await renderPdf(minutesOf(detail, place)));
    const { stdout } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    return stdout.replaceAll('\u200b', '').split('\f').slice(0, -1);
  }

  it('paginates 200 attendees with long names and titles; each is there once, with the head of the table on each page', async () => {
    const attendees = Array.from({ length: 200 }, (_, i) => ({
      attendeeId: `attendee-${i}`,
      personId: null,
      name: `Nomor${i + 1} Nama Yang Sangat Panjang Sekali, S.Tr.Keb., Bdn., M.Kes.`,
      position: 'Penanggung Jawab Klaster Ibu dan Anak serta Pelayanan Kesehatan Reproduksi Terpadu',
      presence: 'present' as const,
    }));
    const pages = await pagesOf(
      aMeeting({
        attendees,
        agenda: Array.from({ length: 30 }, (_, i) =>
          anItem({
            kind: i % 2 ? 'review' : 'proposal',
            decision: i % 2 ? 'continue' : 'agree',
            title: 'Mempertanggungjawabkan ketidakseimbangan pendistribusian vaksin',
            note: 'ketidakbertanggungjawabannya'.repeat(4),
          }),
        ),
        notes: 'Catatan rapat yang panjang. '.repeat(150),
      }),
    );
    const lists = pages.filter((page) => page.includes('Tanda tangan'));
    expect(lists.length).toBeGreaterThan(5);
    const all = pages.join('\n');
    for (let i = 1; i <= 200; i++) expect(all.match(new RegExp(`\\bNomor${i}\\b`, 'g'))).toHaveLength(1);
    pages.forEach((page, i) => expect(page).toContain(`Halaman ${i + 1} dari ${pages.length}`));
  });

  it('carries every word of texts that are longer than a page, each once, under the head of its table', async () => {
    // As long as the contracts allow, and marked word by word.
    const marked = (name: string, length: number) =>
      Array.from({ length: Math.floor(length / 12) }, (_, i) =>
        `${name}${String(i).padStart(4, '0')}`.padEnd(11, '.'),
      ).join(' ');
    const lines = (name: string) => Array.from({ length: 63 }, (_, i) => `${name}${i}`).join('\n');
    const kinds = ['review', 'proposal', 'result', 'topic'] as const;
    const agenda = kinds.flatMap((kind, i) => [
      // Many short lines, without a long text in their table, are taller than a page too.
      ...(kind === 'review'
        ? []
        : [anItem({ kind, title: marked(`J${i}`, 500), note: marked(`N${i}`, 4000) })]),
      anItem({ kind, title: `Pendek${i}`, note: lines('QRSU'[i]!) }),
    ]);
    const notes = marked('C', 20_000);
    const position = marked('P', 3000);
    const pages = await pagesOf(
      aMeeting(
        {
          agenda,
          notes,
          attendees: [{ attendeeId: 'one', personId: null, name: 'Tamu', position, presence: 'present' }],
        },
        true,
      ),
    );
    const all = pages.join('\n');
    const words = [notes, position, ...agenda.flatMap(({ title, note }) => [title, note])]
      .flatMap((text) => text.split(/\s/))
      .map((word) => word.replace(/\.+$/, ''))
      .filter((word) => /\d$/.test(word));
    expect(words.length).toBeGreaterThan(3000);
    const times = new Map<string, number>();
    for (const [word] of all.matchAll(/[A-Za-z]+\d+/g)) times.set(word, (times.get(word) ?? 0) + 1);
    expect(words.filter((word) => times.get(word) !== 1)).toEqual([]);
    for (const page of pages.filter((text) => /\b[NQRSU]\d/.test(text)))
      expect(page).toMatch(/\bNo\s+(Kegiatan|Indikator|Topik)\b/);
  });

  it('names characters that its fonts do not have instead of drawing boxes', async () => {
    const [page] = await pagesOf(aMeeting({ notes: 'Baik \u{1F44D}\u{1F3FD}, ꦲ dan é – “ya” ≥ 80 %.' }));
    expect(page).toContain('Baik [U+1F44D][U+1F3FD], [U+A9B2] dan é – “ya” ≥ 80 %.');
    expect(page).toContain('lambang yang tidak ada dalam huruf dokumen ini');
    const [other] = await pagesOf(aMeeting({ notes: 'Stok habis → pesan ✓ “ya”' }));
    expect(other).toContain('Stok habis → pesan ✓ “ya”');
    expect(other).not.toContain('lambang');
  });
});
