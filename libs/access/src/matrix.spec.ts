import {
  MATRIX,
  mayAnswerFor,
  mayDo,
  mayKnow,
  SERVICE_ACCOUNT_ROLES,
  type HeldPost,
  type Operation,
} from './index.ts';

const today = '2025-02-03';
const OPERATIONS = Object.keys(MATRIX) as Operation[];
const aPost = (post: Partial<HeldPost>): HeldPost => ({
  unitId: 'manggar',
  districtCode: '19.06',
  role: 'kepala_puskesmas',
  program: null,
  validFrom: '2024-01-01',
  validTo: null,
  ...post,
});
const manggar = { districtCode: '19.06', unitId: 'manggar' };

describe('access', () => {
  it('is refused to a person without a post', () => {
    for (const operation of OPERATIONS) expect(mayDo([], operation, manggar, today)).toBe(false);
  });

  it('lets the head submit for the own unit only', () => {
    const head = [aPost({})];
    expect(mayDo(head, 'evaluation.submit', manggar, today)).toBe(true);
    expect(mayDo(head, 'evaluation.submit', { ...manggar, unitId: 'gantung' }, today)).toBe(false);
    expect(mayDo(head, 'district.view', { districtCode: '19.06' }, today)).toBe(false);
  });

  it('keeps a programme holder to the own programme', () => {
    const holder = [aPost({ role: 'pemegang_program', program: 'KIA' })];
    expect(mayDo(holder, 'values.record', { ...manggar, program: 'KIA' }, today)).toBe(true);
    expect(mayDo(holder, 'values.record', { ...manggar, program: 'Gizi' }, today)).toBe(false);
    expect(mayDo(holder, 'values.record', manggar, today)).toBe(false);
  });

  it('keeps a district officer to the own district', () => {
    const officer = [aPost({ role: 'petugas_dinas', unitId: 'dinkes' })];
    expect(mayDo(officer, 'evaluation.return', manggar, today)).toBe(true);
    expect(mayDo(officer, 'evaluation.return', { ...manggar, districtCode: '19.05' }, today)).toBe(false);
    expect(mayDo(officer, 'evaluation.submit', manggar, today)).toBe(false);
  });

  it('lets a verifier of all programmes return an evaluation, and one of a single programme not', () => {
    const verifier = (program: string | null) => [aPost({ role: 'verifikator', unitId: 'dinkes', program })];
    expect(mayDo(verifier(null), 'evaluation.return', manggar, today)).toBe(true);
    expect(mayDo(verifier('KIA'), 'evaluation.return', manggar, today)).toBe(false);
    expect(mayDo(verifier('KIA'), 'evaluation.return', { ...manggar, program: 'KIA' }, today)).toBe(true);
    expect(mayDo(verifier('KIA'), 'unit.view', manggar, today)).toBe(true);
  });

  it('lets a verifier verify the own programme, and leaves the lock to the officer and the head of the office', () => {
    const at = (role: HeldPost['role'], program: string | null = null) => [
      aPost({ role, unitId: 'dinkes', program }),
    ];
    const kia = { ...manggar, program: 'KIA' };
    expect(mayDo(at('verifikator', 'KIA'), 'evaluation.verify', kia, today)).toBe(true);
    expect(mayDo(at('verifikator', 'Gizi'), 'evaluation.verify', kia, today)).toBe(false);
    expect(mayDo(at('petugas_dinas'), 'evaluation.verify', kia, today)).toBe(true);
    for (const [role, may] of [
      ['petugas_dinas', true],
      ['kepala_dinas', true],
      ['verifikator', false],
      ['auditor', false],
      ['kepala_puskesmas', false],
    ] as const)
      expect([role, mayDo(at(role), 'evaluation.lock', { districtCode: '19.06' }, today)]).toEqual([
        role,
        may,
      ]);
  });

  it('lets an auditor see the district and change nothing', () => {
    const auditor = [aPost({ role: 'auditor', unitId: 'dinkes' })];
    const target = { ...manggar, program: 'KIA' };
    const allowed = OPERATIONS.filter((operation) => mayDo(auditor, operation, target, today));
    expect(allowed).toEqual([
      'district.view',
      'unit.view',
      'people.view',
      'counts.small',
      'audit.view',
      'api.adhoc',
    ]);
  });

  it('lets a service account read figures, and change nothing whatever its role', () => {
    const allowed = (role: HeldPost['role']) =>
      OPERATIONS.filter((operation) => mayDo([aPost({ role, unitId: 'dinkes' })], operation, manggar, today));
    expect(allowed('akun_layanan')).toEqual(['district.view', 'unit.view', 'api.adhoc']);
    for (const role of SERVICE_ACCOUNT_ROLES)
      expect(allowed(role).filter((operation) => !/\.view$|^api\.|^counts\./.test(operation))).toEqual([]);
  });

  it('lets a member of a coaching team see the puskesmas of the own group, and change nothing', () => {
    const member = [aPost({ role: 'tpcb', unitId: 'dinkes', coaches: ['manggar'] })];
    const target = { ...manggar, program: 'KIA' };
    expect(OPERATIONS.filter((operation) => mayDo(member, operation, target, today))).toEqual([
      'unit.view',
      'people.view',
      'counts.small',
    ]);
    for (const elsewhere of [
      { ...manggar, unitId: 'gantung' },
      { ...manggar, unitId: 'dinkes' },
      { ...manggar, districtCode: '19.05' },
      { districtCode: '19.06' },
    ])
      expect(OPERATIONS.filter((operation) => mayDo(member, operation, elsewhere, today))).toEqual([]);
    expect(mayDo([aPost({ role: 'tpcb', unitId: 'dinkes' })], 'unit.view', manggar, today)).toBe(false);
    expect(mayKnow(member, { ...manggar, unitId: 'gantung' }, today)).toBe(false);
  });

  it('lets whoever takes the minutes write them, and neither arrange nor sign', () => {
    const notulis = [aPost({ role: 'notulis' })];
    expect(OPERATIONS.filter((operation) => mayDo(notulis, operation, manggar, today))).toEqual([
      'unit.view',
      'people.view',
      'counts.small',
      'meeting.record',
    ]);
  });

  it('lets people know of the units that they may see and of the districts where they hold a post', () => {
    const head = [aPost({})];
    const officer = [aPost({ role: 'petugas_dinas', unitId: 'dinkes' })];
    const gantung = { ...manggar, unitId: 'gantung' };
    expect([mayKnow(head, manggar, today), mayKnow(officer, manggar, today)]).toEqual([true, true]);
    expect([mayKnow(head, gantung, today), mayKnow(officer, gantung, today)]).toEqual([false, true]);
    for (const posts of [head, officer]) {
      expect(mayKnow(posts, { districtCode: '19.06' }, today)).toBe(true);
      expect(mayKnow(posts, { districtCode: '19.05' }, today)).toBe(false);
      expect(mayKnow(posts, { districtCode: '19.05', unitId: 'manggar' }, today)).toBe(false);
      expect(mayKnow(posts, manggar, '2023-12-31')).toBe(false);
    }
    expect(mayKnow([], { districtCode: '19.06' }, today)).toBe(false);
  });

  it('counts a post on its first and last day and on no other', () => {
    const post = [aPost({ validFrom: '2025-02-03', validTo: '2025-02-03' })];
    expect(mayDo(post, 'unit.view', manggar, '2025-02-03')).toBe(true);
    expect(mayDo(post, 'unit.view', manggar, '2025-02-02')).toBe(false);
    expect(mayDo(post, 'unit.view', manggar, '2025-02-04')).toBe(false);
  });

  describe('to the way in of somebody else', () => {
    const post = (role: HeldPost['role'], given: Partial<HeldPost> = {}) => aPost({ role, ...given });
    const administrator = [post('administrator', { unitId: 'dinkes' })];
    const may = (posts: HeldPost[], theirs: HeldPost[]) =>
      mayAnswerFor(posts, 'second-factor.remove', theirs);

    it('is the administrator of every district where the other holds a post', () => {
      expect(may(administrator, [post('kepala_puskesmas')])).toBe('allowed');
      expect(may(administrator, [post('administrator', { unitId: 'dinkes' })])).toBe('allowed');
      const elsewhere = post('pelaksana', { districtCode: '19.05', unitId: 'elsewhere' });
      expect(may(administrator, [elsewhere])).toBe('forbidden');
      expect(may(administrator, [post('pelaksana'), elsewhere])).toBe('further reach');
      expect(may(administrator, [])).toBe('forbidden');
    });

    it('is in a puskesmas the head, and the head of administration for those who may do less', () => {
      const mayIssue = (role: HeldPost['role'], ...theirs: HeldPost[]) =>
        mayAnswerFor([post(role)], 'code.issue', theirs);
      const everybody = ['kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis'] as const;
      expect(everybody.filter((role) => mayIssue('kepala_puskesmas', post(role)) === 'allowed')).toEqual(
        everybody,
      );
      expect(everybody.filter((role) => mayIssue('ktu', post(role)) === 'allowed')).toEqual([
        'ktu',
        'pelaksana',
        'notulis',
      ]);
      expect(mayIssue('ktu', post('kepala_puskesmas'))).toBe('further reach');
      expect(mayIssue('pelaksana', post('pelaksana'))).toBe('forbidden');
    });

    it('is nobody whose own reach is shorter, by whatever post the other has it', () => {
      const office = { unitId: 'dinkes' };
      for (const further of [
        post('administrator', office),
        post('tpcb', office),
        post('kepala_dinas', { ...office, validFrom: '2030-01-01' }),
        post('pelaksana', { unitId: 'gantung' }),
      ])
        for (const role of ['ktu', 'kepala_puskesmas'] as const)
          expect(mayAnswerFor([post(role)], 'code.issue', [post('pelaksana'), further])).toBe(
            'further reach',
          );
      expect(mayAnswerFor(administrator, 'code.issue', [post('kepala_puskesmas')])).toBe('allowed');
    });

    it('is nobody without that grant', () => {
      expect(may([post('kepala_puskesmas')], [post('pelaksana')])).toBe('forbidden');
      expect(may([], [post('pelaksana')])).toBe('forbidden');
    });
  });
});
