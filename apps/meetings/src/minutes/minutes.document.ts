import {
  formatDate,
  formatDecimal,
  formatInstant,
  formatPeriod,
  formatWeekday,
  localDate,
  parsePeriod,
  type Zone,
} from '@lokmin/calendar';
import type { MeetingDetail } from '../meeting/meeting.service.ts';
import { runsOf, type Run } from './minutes.pdf.ts';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** What the letterhead and the clocks of the minutes come from. */
export interface MinutesPlace {
  readonly districtName: string;
  readonly timeZone: Zone;
}

type Item = MeetingDetail['agenda'][number];
type WrittenCell = TableCell & { long?: boolean };

const PRESENCE = { expected: '-', present: 'Hadir', excused: 'Izin', absent: 'Tidak hadir' };
const DECISION = { agree: 'Disepakati', continue: 'Dilanjutkan', put_off: 'Ditunda', noted: 'Dicatat' };
const STATUS: Record<string, string> = {
  proposed: 'Perlu dilengkapi',
  ready: 'Siap',
  in_progress: 'Berjalan',
  completed: 'Selesai',
  withdrawn: 'Ditarik',
};

/** A word longer than this may be broken anywhere: no column is too narrow for it. */
const LONGEST_WORD = 18;
const breakable = (text: string): string =>
  text.replace(new RegExp(`\\S{${LONGEST_WORD}}(?=\\S)`, 'gu'), '$&\u200b');
/** What people wrote, ready to be drawn. */
const written = (text: string): Run[] => runsOf(text).map((run) => ({ ...run, text: breakable(run.text) }));

/** A row of short texts stays whole. A long one breaks, or pdfmake would leave out what is taller than a page. */
const isLong = (text: string): boolean => text.length > 250 || text.split('\n').length > 10;
const cell = (text: string | null, more: object = {}): WrittenCell => ({
  text: written(text || '-'),
  long: isLong(text ?? ''),
  ...more,
});
const head = (...titles: string[]): TableCell[] =>
  titles.map((title) => ({ text: title, bold: true, fillColor: '#e8eef2' }));
const table = (
  widths: (number | string)[],
  titles: string[],
  rows: WrittenCell[][],
  none: string,
): Content => {
  if (rows.length === 0) return { text: none, italics: true, margin: [0, 2, 0, 8] };
  const whole = !rows.flat().some(({ long }) => long);
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: whole ? 1 : 0,
      dontBreakRows: whole,
      widths,
      body: [head(...titles), ...rows],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => '#889',
      vLineColor: () => '#889',
    },
    fontSize: 9,
    margin: [0, 2, 0, 10],
  };
};
const section = (title: string): Content => ({ text: title, style: 'section' });

/**
 * The minutes of an opened or concluded meeting, in Indonesian, A4. Until they are signed they are marked as a draft.
 * Decimals with a comma, times in the unit's zone.
 */
export function minutesOf(
  { meeting, agenda, attendees, notes }: MeetingDetail,
  { districtName, timeZone }: MinutesPlace,
): TDocumentDefinitions {
  const month = formatPeriod(parsePeriod(meeting.month));
  const of = (kind: Item['kind']) => agenda.filter((item) => item.kind === kind);
  const performance = (item: Item) =>
    item.performance === null ? '-' : `${formatDecimal(item.performance)} %`;
  const decision = (item: Item) => (item.decision ? DECISION[item.decision] : null);
  const due = (item: Item) =>
    item.dueDate ? `${formatDate(item.dueDate)}${item.overdue ? ' (lewat)' : ''}` : null;
  /** One row for each item, its note in the last column; a long note stands below it, as wide as the table. */
  const numbered = (items: Item[], row: (item: Item) => WrittenCell[]) =>
    items.flatMap((item, i) => {
      const cells = [cell(String(i + 1)), ...row(item)];
      if (!isLong(item.note)) return [[...cells, cell(item.note)]];
      const below = cell(item.note, { colSpan: cells.length + 1 });
      return [
        [...cells, cell('Lihat di bawah')],
        [below, ...cells.map(() => ({ text: '' }))],
      ];
    });
  const agreed = agenda.filter((item) => item.decision === 'agree' && item.actionStatus !== 'withdrawn');
  const when = (instant: string | null) =>
    instant
      ? `${formatWeekday(localDate(new Date(instant), timeZone))}, ${formatInstant(new Date(instant), timeZone)}`
      : '-';
  const facts: [string, string][] = [
    ['Bulan pertemuan', month],
    ['Periode data', formatPeriod(parsePeriod(meeting.dataPeriod))],
    ['Dijadwalkan', `${when(meeting.startsAt)}, ${meeting.durationMinutes} menit`],
    // As it was, beside as it was planned.
    ['Dibuka', when(meeting.openedAt)],
    ['Selesai', when(meeting.concludedAt)],
    ['Tempat', meeting.place],
    ['Kehadiran', `${meeting.present} dari ${meeting.invited} orang`],
    [
      'Status notulen',
      meeting.signedAt
        ? `Disahkan ${formatInstant(new Date(meeting.signedAt), timeZone)} oleh ${meeting.signedByName ?? '-'}`
        : 'Konsep, belum disahkan',
    ],
  ];
  const unknownCharacters = [
    meeting.unitName,
    meeting.place,
    notes,
    ...agenda.flatMap(({ title, note }) => [title, note]),
    ...attendees.flatMap(({ name, position }) => [name, position]),
  ].some((text) => runsOf(text).some(({ named }) => named));
  return {
    pageSize: 'A4',
    pageMargins: [50, 50, 50, 55],
    info: { title: `Notulen lokakarya mini ${month} ${meeting.unitName}` },
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.15 },
    styles: { section: { fontSize: 11, bold: true, margin: [0, 8, 0, 3] } },
    ...(meeting.signedAt ? {} : { watermark: { text: 'KONSEP', opacity: 0.08, bold: true } }),
    footer: (page, pages) => ({
      columns: [
        { text: `Notulen lokakarya mini ${month}, ${meeting.unitName}`, fontSize: 8, color: '#556' },
        { text: `Halaman ${page} dari ${pages}`, fontSize: 8, color: '#556', alignment: 'right', width: 90 },
      ],
      margin: [50, 20, 50, 0],
    }),
    content: [
      { text: `DINAS KESEHATAN ${districtName.toUpperCase()}`, alignment: 'center' },
      { text: written(meeting.unitName.toUpperCase()), alignment: 'center', fontSize: 14, bold: true },
      {
        canvas: [{ type: 'line', x1: 0, y1: 4, x2: 495, y2: 4, lineWidth: 1.5 }],
        margin: [0, 0, 0, 10],
      },
      {
        text: 'NOTULEN LOKAKARYA MINI BULANAN',
        alignment: 'center',
        bold: true,
        fontSize: 12,
        margin: [0, 0, 0, 8],
      },
      {
        table: {
          widths: [120, '*'],
          body: facts.map(([name, value]) => [name, { text: [': ', ...written(value)] }]),
        },
        layout: 'noBorders',
        margin: [0, 0, 0, 4],
      },
      section('A. Tinjauan rencana tindak lanjut (RTL) sebelumnya'),
      table(
        [16, '*', 74, 54, 46, 54, 74],
        ['No', 'Kegiatan', 'Penanggung jawab', 'Tenggat', 'Status', 'Keputusan', 'Catatan'],
        numbered(of('review'), (item) => [
          cell(item.carriedOver > 0 ? `${item.title} (dibawa ${item.carriedOver} kali)` : item.title),
          cell(item.ownerName),
          cell(due(item)),
          cell(
            item.actionStatus === 'in_progress'
              ? `Berjalan ${item.progress ?? 0} %`
              : (STATUS[item.actionStatus ?? ''] ?? null),
          ),
          cell(decision(item)),
        ]),
        'Tidak ada RTL yang ditinjau.',
      ),
      section('B. Usulan RTL dari indikator yang dinilai kurang'),
      table(
        [16, '*', 42, 54, 74, 54, 74],
        ['No', 'Kegiatan', 'Kinerja', 'Keputusan', 'Penanggung jawab', 'Tenggat', 'Catatan'],
        numbered(of('proposal'), (item) => [
          cell(`${item.title} (${item.indicatorCode ?? '-'})`),
          cell(performance(item), { alignment: 'right' }),
          cell(item.actionStatus === 'withdrawn' ? 'Ditarik' : decision(item)),
          cell(item.ownerName),
          cell(due(item)),
        ]),
        'Tidak ada usulan RTL.',
      ),
      section('C. Indikator kurang tanpa RTL'),
      table(
        [16, '*', 60, 170],
        ['No', 'Indikator', 'Kinerja', 'Catatan'],
        numbered(of('result'), (item) => [
          cell(`${item.title} (${item.indicatorCode ?? '-'})`),
          cell(performance(item), { alignment: 'right' }),
        ]),
        'Tidak ada.',
      ),
      section('D. Topik lain'),
      table(
        [16, '*', 240],
        ['No', 'Topik', 'Pembahasan'],
        numbered(of('topic'), (item) => [cell(item.title)]),
        'Tidak ada.',
      ),
      section('E. Catatan'),
      { text: written(notes || 'Tidak ada catatan.'), margin: [0, 2, 0, 8] },
      ...(unknownCharacters
        ? [
            {
              text: '[U+...]: lambang yang tidak ada dalam huruf dokumen ini, ditulis dengan nomor Unicode-nya.',
              italics: true,
              fontSize: 8,
            },
          ]
        : []),
      section('F. Kesepakatan'),
      agreed.length === 0
        ? { text: 'Tidak ada kegiatan baru yang disepakati.', italics: true }
        : {
            ol: agreed.map((item) => ({
              text: written(
                `${item.title}: ${
                  item.ownerName && item.dueDate
                    ? `${item.ownerName}, tenggat ${formatDate(item.dueDate)}`
                    : 'perlu dilengkapi penanggung jawab dan tenggatnya'
                }`,
              ),
            })),
          },
      {
        unbreakable: true,
        margin: [0, 24, 0, 0],
        columns: [
          { stack: ['Notulis,', '\n\n\n', '(................................)'], alignment: 'center' },
          {
            stack: [
              'Kepala Puskesmas,',
              meeting.signedAt
                ? { text: '\nDisahkan secara elektronik\n', italics: true, fontSize: 9 }
                : '\n\n\n',
              { text: written(meeting.signedByName ?? '(................................)') },
            ],
            alignment: 'center',
          },
        ],
      },
      { text: 'Lampiran: Daftar hadir', style: 'section', pageBreak: 'before' },
      table(
        [24, '*', 150, 62, 90],
        ['No', 'Nama', 'Jabatan / asal', 'Kehadiran', 'Tanda tangan'],
        attendees.map(({ name, position, presence }, i) => [
          cell(String(i + 1)),
          cell(name),
          cell(position),
          cell(PRESENCE[presence]),
          { text: '\n' },
        ]),
        'Tidak ada peserta.',
      ),
    ],
  };
}
