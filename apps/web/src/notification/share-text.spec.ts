import { shareAction, shareEvaluation, shareGuestLink, shareMeeting, whatsAppLink } from './share-text.ts';

describe('a text to share', () => {
  const action = {
    title: 'Sapu bersih K1',
    indicatorName: 'Cakupan K1',
    dueDate: '2025-01-31',
    puskesmas: 'Puskesmas Manggar',
  };
  it('says of an action what, until when and where, and names nobody', () => {
    expect(shareAction(action, 'https://l.example/rtl/1')).toBe(`*RTL Puskesmas Manggar*
Sapu bersih K1
Indikator: Cakupan K1
Tenggat: 31 Januari 2025
Selengkapnya: https://l.example/rtl/1`);
  });

  it('leaves out what a proposal does not have yet', () => {
    expect(shareAction({ ...action, dueDate: null }, 'https://l.example/rtl/1')).not.toMatch('Tenggat');
  });

  it('asks a guest to report, and says until when the link is good', () => {
    expect(shareGuestLink({ ...action, expiresOn: '2025-03-02' }, 'https://l.example/tamu#abc'))
      .toBe(`*RTL Puskesmas Manggar*
Sapu bersih K1
Tenggat: 31 Januari 2025
Laporkan kemajuannya lewat tautan ini, tanpa akun. Tautan ini untuk Anda saja dan berlaku sampai 2 Maret 2025:
https://l.example/tamu#abc`);
  });

  it.each([
    [{ kurang: 3, status: 'SUBMITTED' }, 'Sudah diajukan; 3 indikator dinilai kurang.'],
    [{ kurang: 0, status: 'SUBMITTED' }, 'Sudah diajukan; tidak ada indikator yang dinilai kurang.'],
    [{ kurang: null, status: 'SUBMITTED' }, 'Sudah diajukan.'],
    [
      { kurang: 3, status: 'RETURNED' },
      'Dikembalikan dinas kesehatan: perbaiki nilainya, lalu ajukan kembali.',
    ],
  ] as const)('says of an evaluation how it stands: %o', (given, line) => {
    expect(
      shareEvaluation(
        { puskesmas: 'Puskesmas Manggar', period: '2024-12', ...given },
        'https://l.example/p',
      ).split('\n'),
    ).toEqual(['*Evaluasi Puskesmas Manggar, Desember 2024*', line, 'Selengkapnya: https://l.example/p']);
  });

  it.each([
    ['SCHEDULED', 'Undangan: Senin 13 Januari 2025 09.00 WIB, di Aula.'],
    ['CONCLUDED', 'Sudah selesai; lihat kesepakatan dan notulennya.'],
    ['CANCELLED', 'Dibatalkan (semula Senin 13 Januari 2025 09.00 WIB, di Aula).'],
  ] as const)('says of a meeting that is %s when and where', (status, line) => {
    const meeting = {
      puskesmas: 'Puskesmas Manggar',
      month: '2025-01',
      status,
      start: 'Senin 13 Januari 2025 09.00 WIB',
      place: 'Aula',
    };
    expect(shareMeeting(meeting, 'https://l.example/m').split('\n')).toEqual([
      '*Lokakarya mini Puskesmas Manggar, Januari 2025*',
      line,
      'Selengkapnya: https://l.example/m',
    ]);
  });

  it('travels in a link whole', () => {
    const text = 'A & B = 50 %\n#1? é';
    expect(new URL(whatsAppLink(text)).searchParams.get('text')).toBe(text);
  });
});
