import { coachedBy, districtOf, districtsOf, may, recordsValues, startPage, type Viewer } from './posts.ts';

type Post = Viewer['posts'][number];
const manggar = { id: 'm', code: '1012406', name: 'Puskesmas Manggar' };
const aPost = (post: Partial<Post>): Post => ({
  title: 'Kepala Puskesmas Manggar',
  role: 'KEPALA_PUSKESMAS',
  program: null,
  districtCode: '19.06',
  unitName: 'Puskesmas Manggar',
  puskesmas: manggar,
  coachingGroup: null,
  ...post,
});
const viewer = (...posts: Partial<Post>[]): Viewer => ({ id: 'p', name: 'Petugas', posts: posts.map(aPost) });
const head = viewer({});
const holder = viewer({ role: 'PEMEGANG_PROGRAM', program: 'KIA' });
const officer = viewer({ role: 'PETUGAS_DINAS', puskesmas: null, unitName: 'Dinas Kesehatan' });

const coach = viewer({
  role: 'TPCB',
  puskesmas: null,
  unitName: 'Dinas Kesehatan',
  coachingGroup: {
    id: 'g',
    code: 'TPCB 1',
    name: 'Kelompok Binaan 1',
    puskesmas: [{ id: 'm', code: '1012406' }],
  },
});

describe('what the screens offer', () => {
  it('to a head: submitting and readying in the own puskesmas only', () => {
    expect(may(head, 'evaluation.submit', { puskesmas: '1012406' })).toBe(true);
    expect(may(head, 'action.ready', { puskesmas: '1012406' })).toBe(true);
    expect(may(head, 'evaluation.submit', { puskesmas: '1012404' })).toBe(false);
    expect(may(head, 'evaluation.return', { puskesmas: '1012406' })).toBe(false);
  });

  it('to a programme holder: values of the own programme', () => {
    expect(may(holder, 'values.record', { puskesmas: '1012406', program: 'KIA' })).toBe(true);
    expect(may(holder, 'values.record', { puskesmas: '1012406', program: 'Gizi' })).toBe(false);
    expect(recordsValues(holder)).toBe(true);
  });

  it('to a district officer: returning in the own district, no values', () => {
    expect(may(officer, 'evaluation.return', { puskesmas: '1012406' })).toBe(true);
    expect(may(officer, 'evaluation.return', { puskesmas: '1012406', district: '19.05' })).toBe(false);
    expect(recordsValues(officer)).toBe(false);
  });

  it('to a member of a coaching team: the puskesmas of the own group, to look at', () => {
    expect(may(coach, 'unit.view', { puskesmas: '1012406' })).toBe(true);
    expect(may(coach, 'unit.view', { puskesmas: '1012404' })).toBe(false);
    expect(may(coach, 'district.view', { district: '19.06' })).toBe(false);
    expect(coachedBy(coach)).toEqual([
      { name: 'Kelompok Binaan 1', page: '/kabupaten/19.06/binaan/TPCB%201', puskesmas: ['1012406'] },
    ]);
    expect(coachedBy(head)).toEqual([]);
  });

  it('to somebody without a post: nothing', () => {
    expect(may(viewer(), 'unit.view', { puskesmas: '1012406' })).toBe(false);
    expect(startPage(viewer())).toBeNull();
    expect(districtOf(viewer())).toBeNull();
  });
});

describe('where a person starts', () => {
  it('is the district page for who may open it', () => {
    expect(districtsOf(officer)).toEqual(['19.06']);
    expect(startPage(officer)).toBe('/kabupaten/19.06');
  });

  it('is the coaching group for a member of its team', () => {
    expect(startPage(coach)).toBe('/kabupaten/19.06/binaan/TPCB%201');
  });

  it('is otherwise the own puskesmas', () => {
    expect(districtsOf(head)).toEqual([]);
    expect(startPage(head)).toBe('/puskesmas/1012406');
  });
});
