import { countStandings, programsOf, sortQueue, standingOf, type QueueRow } from './queue.ts';

const row = (
  name: string,
  status: 'SUBMITTED' | 'RETURNED' | 'VERIFIED' | 'LOCKED' | null,
  mine: string[] = [],
): QueueRow => ({ puskesmas: { code: name, name }, evaluation: status && { status }, mine });
const rows = [
  row('Terkunci', 'LOCKED'),
  row('Belum', null),
  row('Dikembalikan', 'RETURNED'),
  row('Menunggu orang lain', 'SUBMITTED'),
  row('Selesai', 'VERIFIED'),
  row('Menunggu B', 'SUBMITTED', ['Gizi']),
  row('Menunggu A', 'SUBMITTED', ['KIA', 'Gizi']),
];

describe('the work list of the district', () => {
  it('has what waits for the person first, and what needs nobody last', () => {
    expect(sortQueue(rows).map(({ puskesmas }) => puskesmas.name)).toEqual([
      'Menunggu A',
      'Menunggu B',
      'Menunggu orang lain',
      'Dikembalikan',
      'Belum',
      'Selesai',
      'Terkunci',
    ]);
  });

  it('counts where its rows stand, each once', () => {
    expect(countStandings(rows)).toEqual({
      waiting: 2,
      SUBMITTED: 1,
      RETURNED: 1,
      none: 1,
      VERIFIED: 1,
      LOCKED: 1,
    });
    expect(standingOf(row('x', null))).toBe('none');
  });

  it('names the programmes of those chosen, in the order of the bundle', () => {
    expect(programsOf(rows, ['Imunisasi', 'Gizi', 'KIA'])).toEqual(['Gizi', 'KIA']);
    expect(programsOf([rows[5]!], ['KIA', 'Gizi'])).toEqual(['Gizi']);
  });
});
