import { z } from 'zod';
import * as contracts from './index.ts';
import { problem, problemOf, PROBLEMS, readInput, type AskType, type Problem } from './index.ts';

const isAsk = (thing: unknown): thing is AskType =>
  typeof thing === 'object' && thing !== null && 'input' in thing && 'subject' in thing;
const ASKS: AskType[] = [
  ...Object.values<unknown>(contracts),
  ...[...Object.values(contracts.OPERATING), ...Object.values(contracts.AUDIT)].flatMap<unknown>((asks) =>
    Object.values(asks),
  ),
].filter(isAsk);

interface Node {
  readonly where: string;
  readonly schema: z.core.$ZodType;
}
type Def = z.core.$ZodTypes['_zod']['def'];
const defOf = (schema: z.core.$ZodType) => (schema as z.core.$ZodTypes)._zod.def;
type Checks = readonly {
  _zod: { def: { check: string; minimum?: number; maximum?: number; value?: number } };
}[];
const checksOf = (schema: z.core.$ZodType) =>
  ((schema._zod.def as { checks?: Checks }).checks ?? []).map((check) => check._zod.def);

/** Every schema that a contract is made of, with its place. */
function* within(where: string, schema: z.core.$ZodType): Generator<Node> {
  const def: Def = defOf(schema);
  switch (def.type) {
    case 'nullable':
    case 'optional':
    case 'default':
      return yield* within(where, def.innerType);
    case 'object':
      yield { where, schema };
      for (const [name, part] of Object.entries(def.shape)) yield* within(`${where}.${name}`, part);
      return;
    case 'array':
      yield { where, schema };
      return yield* within(`${where}.0`, def.element);
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
      return yield { where, schema };
    default:
      throw new Error(`${where}: say here how a ${def.type} is filled in wrongly, and how rightly`);
  }
}

/** Something that a schema takes. */
function rightFor(schema: z.core.$ZodType): unknown {
  const def = defOf(schema);
  if (def.type === 'object')
    return Object.fromEntries(Object.entries(def.shape).map(([name, part]) => [name, rightFor(part)]));
  if (def.type === 'array') return [];
  if (def.type === 'enum') return Object.values(def.entries)[0];
  if (def.type === 'nullable') return null;
  if (def.type === 'default') return rightFor(def.innerType);
  const known: Record<string, unknown> = {
    uuid: '0190b0a6-0000-7000-8000-000000000001',
    text: 'a',
    number: 1,
    decimal: '1',
    login: 'a1',
    unitCode: '1012406',
    column: 'D',
    url: 'https://penerima.example/',
  };
  return Object.values(known).find((value) => z.safeParse(schema, value).success);
}

/** What people and programs may send instead. */
function wrongFor(schema: z.core.$ZodType): unknown[] {
  const def = defOf(schema);
  const checks = checksOf(schema);
  const limit = (kind: string) => {
    const found = checks.find(({ check }) => check === kind);
    return found && (found.minimum ?? found.maximum ?? found.value)!;
  };
  const none = [undefined, null];
  switch (def.type) {
    case 'object':
      return [...none, 5, { unheardOf: 1 }];
    case 'array': {
      const item = rightFor(def.element);
      return [
        ...none,
        5,
        [],
        [item, item],
        Array.from({ length: (limit('max_length') ?? 0) + 1 }, () => item),
      ];
    }
    case 'number':
      return [
        ...none,
        'x',
        ...('format' in def ? [1.5] : []),
        ...[limit('greater_than')].flatMap((least) => (least === undefined ? [] : [least - 1])),
        ...[limit('less_than')].flatMap((most) => (most === undefined ? [] : [most + 1])),
      ];
    case 'string':
      return [...none, 5, '', ' ?\n?', 'x'.repeat((limit('max_length') ?? 0) + 1)];
    default:
      return [...none, 5, 'none of these'];
  }
}

/** Words of the schema library, and signs that only programmers read. */
const JARGON =
  /diharapkan|expected to|invalid input|received|undefined|null|\bNaN\b|string|regex|[≥≤<>{}]|&&/i;

const NODES = ASKS.flatMap(({ subject, input }) => [...within(subject, input)]);
const raised = new Set<Problem>();
const nameOf = (text: { id: string }) =>
  (Object.keys(PROBLEMS) as Problem[]).find((name) => {
    const [start = ''] = PROBLEMS[name].id.split('{');
    return text.id.startsWith(start);
  })!;

describe('what is filled in wrongly', () => {
  it('is told in plain words of both languages, whatever a contract finds wrong', () => {
    expect(ASKS.length).toBeGreaterThan(50);
    for (const { where, schema } of NODES) {
      const ofOurs = new Set<string>();
      for (const wrong of wrongFor(schema)) {
        for (const issue of z.safeParse(schema, wrong).error?.issues ?? []) {
          const { problem: said } = problemOf(issue, wrong);
          raised.add(nameOf(said));
          if (issue.code === 'custom') ofOurs.add(said.id);
          expect([where, said]).not.toEqual([where, problem('other')]);
          for (const text of [said.id, said.en])
            expect([where, text]).toEqual([where, expect.not.stringMatching(JARGON)]);
        }
      }
      // Each rule of our own was broken by one of them.
      const rules = checksOf(schema).filter(({ check }) => check === 'custom').length;
      expect([where, ofOurs.size]).toEqual([where, rules]);
    }
  });

  it('has no words that nothing says', () => {
    const elsewhere: Problem[] = [
      'other',
      // Of requests over HTTP, and of the GraphQL schema.
      'not-json',
      'header.accept',
      'header.content-type',
      'format.cursor',
      'format.id',
      'wrong-choice.of-type',
      // Of addresses that a webhook may not go to.
      'address.with-login',
      'address.not-https',
      'address.not-public',
    ];
    expect([...raised, ...elsewhere].sort()).toEqual(Object.keys(PROBLEMS).sort());
  });
});

describe('a refused input', () => {
  const refused = (ask: AskType, sent: unknown) => {
    try {
      readInput(ask, sent);
    } catch (error) {
      return (error as contracts.Refusal).toData();
    }
    throw new Error('It was taken');
  };
  const id = '0190b0a6-0000-7000-8000-000000000001';
  const other = '0190b0a6-0000-7000-8000-000000000002';
  const change = { commandId: id, expectedRevision: 1, meetingId: id };

  it('says what, where and what to do', () => {
    expect(refused(contracts.AddTopic, { ...change, title: ' ' })).toMatchObject({
      code: 'input.invalid',
      field: 'title',
      message: {
        id: 'Isian tidak sah pada title: kosong; isi dahulu.',
        en: 'The input is not valid at title: it is empty; fill it in.',
      },
    });
    expect(refused(contracts.AddTopic, { ...change, title: 'a', color: 'red' })).toMatchObject({
      field: 'color',
    });
    expect(refused(contracts.AddTopic, 'x')).toMatchObject({
      field: null,
      message: { id: expect.stringMatching(/^Isian tidak sah pada isi permintaan: harus berupa objek/) },
    });
  });

  it('writes numbers as each language does', () => {
    const { message } = refused(contracts.SaveNotes, { ...change, notes: 'x'.repeat(20_001) });
    expect(message.id).toContain('paling banyak 20.000 karakter');
    expect(message.en).toContain('at most 20,000 characters');
  });

  const cases: [ask: AskType, field: string, input: object][] = [
    [contracts.AddTopic, 'title', { title: 'Satu\nDua' }],
    [contracts.AddTopic, 'title', { title: 'Satu\tDua' }],
    [contracts.AddTopic, 'title', { title: 'Satu\u2028Dua' }],
    [contracts.AddTopic, 'title', { title: '\u200b' }],
    [contracts.CancelMeeting, 'reason', { reason: '\u200b \n' }],
    [
      contracts.MoveMeeting,
      'place',
      { startsAt: '2025-01-31T08:00:00+07:00', durationMinutes: 60, place: 'Aula\r\nlantai 2' },
    ],
    [contracts.RecordAttendance, 'guests.0.name', { guests: [{ name: 'A\nB', position: '' }] }],
    [contracts.RecordAttendance, 'guests.0.position', { guests: [{ name: 'A', position: 'a\nb' }] }],
    [
      contracts.RecordAttendance,
      'guests.1.name',
      {
        guests: [
          { name: 'Kepala Desa', position: 'Desa Lalang' },
          { name: ' kepala  desa', position: 'Desa Lalang ' },
        ],
      },
    ],
    [
      contracts.RecordAttendance,
      'attendees.2.attendeeId',
      {
        attendees: [
          { attendeeId: 'abcdef00-0000-7000-8000-000000000001', presence: 'present' },
          { attendeeId: other, presence: 'present' },
          { attendeeId: 'ABCDEF00-0000-7000-8000-000000000001', presence: 'absent' },
        ],
      },
    ],
  ];
  it.each(cases.map(([ask, field, input]) => ({ subject: ask.subject, field, ask, input })))(
    'of $subject names $field',
    ({ ask, field, input }) => {
      expect(refused(ask, { ...change, ...input })).toMatchObject({ code: 'input.invalid', field });
    },
  );

  it('is none when lines stand where they belong', () => {
    const notes = 'Satu\r\n\tDua\rTiga ';
    expect(readInput(contracts.SaveNotes, { ...change, notes })).toMatchObject({
      notes: 'Satu\n\tDua\nTiga ',
    });
    const guests = [
      { name: 'Kader', position: 'Desa Lalang' },
      { name: 'Kader', position: 'Desa Baru' },
    ];
    expect(readInput(contracts.RecordAttendance, { ...change, guests })).toMatchObject({ guests });
  });
});
