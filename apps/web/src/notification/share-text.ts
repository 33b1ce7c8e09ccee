import { formatDate, formatPeriod, parsePeriod } from '@lokmin/calendar';

/**
 * What goes into a WhatsApp group of a puskesmas: Indonesian whatever the screen speaks, since it is for others. It
 * names things and places, no person, and leads to the page, which asks for sign-in.
 */
export function shareAction(
  action: { title: string; indicatorName: string; dueDate: string | null; puskesmas: string },
  url: string,
): string {
  return [
    `*RTL ${action.puskesmas}*`,
    action.title,
    `Indikator: ${action.indicatorName}`,
    ...(action.dueDate ? [`Tenggat: ${formatDate(action.dueDate)}`] : []),
    `Selengkapnya: ${url}`,
  ].join('\n');
}

/** For one guest alone: whoever has the address may report. @param action.expiresOn the last day on which it opens */
export function shareGuestLink(
  action: { title: string; dueDate: string | null; puskesmas: string; expiresOn: string },
  url: string,
): string {
  return [
    `*RTL ${action.puskesmas}*`,
    action.title,
    ...(action.dueDate ? [`Tenggat: ${formatDate(action.dueDate)}`] : []),
    `Laporkan kemajuannya lewat tautan ini, tanpa akun. Tautan ini untuk Anda saja dan berlaku sampai ${formatDate(action.expiresOn)}:`,
    url,
  ].join('\n');
}

/** What goes into a group, of an evaluation. @param period `YYYY-MM` */
export function shareEvaluation(
  evaluation: {
    puskesmas: string;
    period: string;
    kurang: number | null;
    status: 'SUBMITTED' | 'RETURNED' | 'VERIFIED' | 'LOCKED';
  },
  url: string,
): string {
  const { puskesmas, period, kurang, status } = evaluation;
  const done = status === 'SUBMITTED' ? 'diajukan' : 'diverifikasi dinas kesehatan';
  return [
    `*Evaluasi ${puskesmas}, ${formatPeriod(parsePeriod(period))}*`,
    status === 'RETURNED'
      ? 'Dikembalikan dinas kesehatan: perbaiki nilainya, lalu ajukan kembali.'
      : kurang === null
        ? `Sudah ${done}.`
        : kurang === 0
          ? `Sudah ${done}; tidak ada indikator yang dinilai kurang.`
          : `Sudah ${done}; ${kurang} indikator dinilai kurang.`,
    `Selengkapnya: ${url}`,
  ].join('\n');
}

/**
 * The same of a meeting.
 * @param meeting.start when it starts, in words of the unit's clocks; null: nobody has scheduled it
 */
export function shareMeeting(
  meeting: {
    puskesmas: string;
    month: string;
    status: 'SCHEDULED' | 'OPENED' | 'CONCLUDED' | 'CANCELLED' | 'MISSED';
    start: string | null;
    place: string;
  },
  url: string,
): string {
  const { puskesmas, month, status, start, place } = meeting;
  const when = [start, place].filter((part) => part).join(', di ');
  return [
    `*Lokakarya mini ${puskesmas}, ${formatPeriod(parsePeriod(month))}*`,
    {
      SCHEDULED: `Undangan: ${when}.`,
      OPENED: 'Sedang berlangsung.',
      CONCLUDED: 'Sudah selesai; lihat kesepakatan dan notulennya.',
      CANCELLED: `Dibatalkan${when ? ` (semula ${when})` : ''}.`,
      MISSED: 'Tidak terlaksana; perlu dijadwalkan lagi.',
    }[status],
    `Selengkapnya: ${url}`,
  ].join('\n');
}

/** Opens WhatsApp with a text to send; whom to is chosen there. */
export const whatsAppLink = (text: string): string => `https://wa.me/?text=${encodeURIComponent(text)}`;
