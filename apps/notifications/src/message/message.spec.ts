import { parseGlobalId } from '@lokmin/contracts';
import {
  concernedByAction,
  concernedByEvaluation,
  type ActionNews,
  type Concern,
  type HeldPost,
} from './message.rules.ts';
import { wordAction, wordReturn, wordSubmission } from './message.texts.ts';

const post = (personId: string, role: HeldPost['role'], program: string | null = null): HeldPost => ({
  personId,
  role,
  program,
});
const posts = [
  post('head', 'kepala_puskesmas'),
  post('ktu', 'ktu'),
  post('kia', 'pemegang_program', 'KIA'),
  post('gizi', 'pemegang_program', 'Gizi'),
  post('all', 'pemegang_program'),
  post('staff', 'pelaksana'),
  post('officer', 'petugas_dinas'),
];

describe('who is told of an evaluation', () => {
  const told = (actor: string | null, programs: string[] | null, held = posts) =>
    Object.fromEntries(concernedByEvaluation(held, actor, programs && new Set(programs)));

  it('are its leaders, the district, and holders of a programme that is in it', () => {
    expect(told(null, ['KIA', 'KB'])).toEqual({
      head: { as: 'leader' },
      ktu: { as: 'leader' },
      kia: { as: 'programme', programs: ['KIA'] },
      all: { as: 'programme', programs: null },
      officer: { as: 'district' },
    });
  });

  it('are verifiers of all programmes or of one that is in it', () => {
    const held = [
      post('all', 'verifikator'),
      post('kia', 'verifikator', 'KIA'),
      post('gizi', 'verifikator', 'Gizi'),
    ];
    expect(told(null, ['KIA'], held)).toEqual({ all: { as: 'district' }, kia: { as: 'district' } });
    expect(Object.keys(told(null, null, held))).toEqual(['all', 'kia', 'gizi']);
  });

  it('are all holders of a programme when it is returned', () => {
    expect(Object.keys(told('officer', null))).toEqual(['head', 'ktu', 'kia', 'gizi', 'all']);
  });

  it('are not those who did it themselves', () => {
    expect(told('head', ['KIA'])).not.toHaveProperty('head');
    expect(told('officer', null)).not.toHaveProperty('officer');
  });

  it('are told once, in the first of their capacities, of all their programmes', () => {
    const held = [
      post('a', 'pemegang_program', 'KIA'),
      post('a', 'ktu'),
      post('b', 'pemegang_program', 'KIA'),
      post('b', 'pemegang_program', 'KB'),
      post('b', 'pemegang_program', 'Gizi'),
    ];
    expect(told(null, ['KIA', 'KB'], held)).toEqual({
      a: { as: 'leader' },
      b: { as: 'programme', programs: ['KB', 'KIA'] },
    });
  });
});

describe('who is told of an action', () => {
  const people = { owner: 'owner', formerOwner: 'former', heads: ['head'] };
  const told = (what: ActionNews, actor: string | null = null, given = {}) =>
    Object.fromEntries(concernedByAction(what, { ...people, ...given }, actor));

  it('is the owner when it is made ready, and who owned it before', () => {
    expect(told('readied')).toEqual({ owner: 'owner', former: 'former owner' });
  });
  it('is the head when it is completed, and owner and head when it is overdue', () => {
    expect(told('completed')).toEqual({ head: 'head' });
    expect(told('overdue')).toEqual({ owner: 'owner', head: 'head' });
    expect(told('overdue', null, { heads: ['owner'] })).toEqual({ owner: 'owner' });
  });
  it('is not who did it', () => {
    expect(told('readied', 'owner')).toEqual({ former: 'former owner' });
    expect(told('completed', 'head')).toEqual({});
  });
});

const evaluation = { unitCode: '1012406', unitName: 'Puskesmas Manggar', period: '2024-12' };
const judged = [
  { program: 'KIA', kurang: true },
  { program: 'KIA', kurang: true },
  { program: 'KB', kurang: true },
  { program: 'Gizi', kurang: false },
];
const submission = (concern: Concern, again = false, of = judged) =>
  wordSubmission(evaluation, again, of, concern);

describe('the words about an evaluation', () => {
  it('ask the leaders to agree on the proposals', () => {
    expect(submission({ as: 'leader' })).toEqual({
      title: { id: 'Evaluasi Desember 2024 diajukan', en: 'Evaluation of December 2024 submitted' },
      body: {
        id: 'Puskesmas Manggar: 3 dari 4 indikator dinilai kurang. Untuk setiap indikator itu ada usulan kegiatan: tentukan penanggung jawab dan tenggatnya.',
        en: 'Puskesmas Manggar: 3 of 4 indicators were judged kurang. Each of them has a proposed action: choose its owner and due date.',
      },
      link: '/puskesmas/1012406?periode=2024-12',
    });
  });

  it('promise no proposals when nothing is kurang', () => {
    const { body } = submission({ as: 'leader' }, false, [{ program: 'KIA', kurang: false }]);
    expect(body).toEqual({
      id: 'Puskesmas Manggar: tidak ada indikator yang dinilai kurang.',
      en: 'Puskesmas Manggar: no indicator was judged kurang.',
    });
  });

  it.each<[string[] | null, string, string]>([
    [
      ['KIA'],
      'Program KIA: 2 dari 2 indikator dinilai kurang.',
      'Programme KIA: 2 of 2 indicators were judged kurang.',
    ],
    [
      ['Gizi', 'KB', 'KIA'],
      'Program Gizi, KB dan KIA: 3 dari 4 indikator dinilai kurang.',
      'Programme Gizi, KB and KIA: 3 of 4 indicators were judged kurang.',
    ],
    [
      ['KB'],
      'Program KB: 1 dari 1 indikator dinilai kurang.',
      'Programme KB: 1 of 1 indicators was judged kurang.',
    ],
    [
      null,
      'Semua program: 3 dari 4 indikator dinilai kurang.',
      'All programmes: 3 of 4 indicators were judged kurang.',
    ],
  ])('count for a holder what is in %j', (programs, id, en) => {
    const { body } = submission({ as: 'programme', programs });
    expect(body).toEqual({ id: `Puskesmas Manggar. ${id}`, en: `Puskesmas Manggar. ${en}` });
  });

  it('name the puskesmas to the district, and say that it came again', () => {
    expect(submission({ as: 'district' }, true).title).toEqual({
      id: 'Evaluasi Puskesmas Manggar Desember 2024 diajukan kembali',
      en: 'Evaluation of Puskesmas Manggar, December 2024, submitted again',
    });
  });

  it('give the reason of a return, and what to do, to each', () => {
    const bodies = (['leader', 'district', 'programme'] as const).map(
      (as) => wordReturn(evaluation, 'Penyebut salah.', { as, programs: null } as Concern).body,
    );
    for (const body of bodies) {
      expect(body.id).toContain('Alasan: “Penyebut salah.”');
      expect(body.en).toContain('Reason: “Penyebut salah.”');
    }
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(3);
  });
});

describe('the words about an action', () => {
  const action = {
    actionId: '00000000-0000-7000-8000-000000000011',
    unitName: 'Puskesmas Manggar',
    indicatorName: 'Cakupan K1',
    title: 'Sapu bersih K1',
    dueDate: '2025-01-31',
  };

  it('tell its owner what and by when, and lead to it', () => {
    const { title, body, link } = wordAction('readied', action, 'owner');
    expect(title).toEqual({
      id: 'Anda penanggung jawab: Sapu bersih K1',
      en: 'You are the owner: Sapu bersih K1',
    });
    expect(body).toEqual({
      id: 'Puskesmas Manggar. Indikator: Cakupan K1. Tenggat: 31 Januari 2025.',
      en: 'Puskesmas Manggar. Indicator: Cakupan K1. Due: 31 January 2025.',
    });
    expect(link.startsWith('/rtl/')).toBe(true);
    expect(parseGlobalId(link.slice('/rtl/'.length))).toEqual({ type: 'Action', key: action.actionId });
  });

  it.each([
    ['readied', 'former owner', 'Bukan lagi tanggung jawab Anda', 'No longer yours'],
    ['completed', 'head', 'Kegiatan selesai', 'Action completed'],
    ['overdue', 'owner', 'Lewat tenggat', 'Overdue'],
    ['overdue', 'head', 'Lewat tenggat', 'Overdue'],
  ] as const)('say that it is %s to the %s', (what, part, id, en) => {
    const { title, body } = wordAction(what, action, part, 'Semua desa.');
    expect(title).toEqual({ id: `${id}: Sapu bersih K1`, en: `${en}: Sapu bersih K1` });
    if (what === 'completed') expect(body.id).toContain('“Semua desa.”');
    if (what === 'overdue') expect(body.id).toContain('31 Januari 2025');
  });

  it('ask owner and head of an overdue action for different things', () => {
    const [owner, head] = (['owner', 'head'] as const).map(
      (part) => wordAction('overdue', action, part).body.id,
    );
    expect(owner).not.toBe(head);
  });
});
