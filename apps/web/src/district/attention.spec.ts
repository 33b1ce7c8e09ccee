import { sortRows, type Attention } from './attention.ts';

const row = (name: string, change: Partial<Attention> = {}): Attention => ({
  puskesmas: { code: name, name },
  evaluation: { status: 'SUBMITTED' },
  tally: { kurang: 0 },
  overdueActions: 0,
  ...change,
});
const names = (rows: Attention[]) => rows.map((each) => each.puskesmas.name);

describe('the rows of a district', () => {
  it('open on the exceptions: not submitted, then the most kurang, then the most overdue, then the name', () => {
    const rows = [
      row('Manggar', { tally: { kurang: 3 }, overdueActions: 1 }),
      row('Gantung', { tally: { kurang: 9 } }),
      row('Dendang'),
      row('Damar', { tally: { kurang: 3 }, overdueActions: 2 }),
      row('Renggiang', { evaluation: null }),
      row('Mengkubang', { evaluation: { status: 'RETURNED' }, tally: { kurang: 1 } }),
      row('Anyar'),
    ];
    expect(names(sortRows(rows, 'attention'))).toEqual([
      'Mengkubang',
      'Renggiang',
      'Gantung',
      'Damar',
      'Manggar',
      'Anyar',
      'Dendang',
    ]);
  });

  it('can be ordered by kurang, by overdue actions and by name', () => {
    const rows = [
      row('B', { tally: { kurang: 1 }, overdueActions: 5 }),
      row('C', { tally: { kurang: 4 }, overdueActions: 0 }),
      row('A', { tally: { kurang: 1 }, overdueActions: 2 }),
    ];
    expect(names(sortRows(rows, 'kurang'))).toEqual(['C', 'A', 'B']);
    expect(names(sortRows(rows, 'overdue'))).toEqual(['B', 'A', 'C']);
    expect(names(sortRows(rows, 'name'))).toEqual(['A', 'B', 'C']);
  });

  it('keep a row without an answer, after those with zero', () => {
    const rows = [row('A', { tally: null, overdueActions: null }), row('B')];
    expect(names(sortRows(rows, 'kurang'))).toEqual(['B', 'A']);
    expect(names(sortRows(rows, 'overdue'))).toEqual(['B', 'A']);
  });
});
