import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import {
  ActionCompleted,
  ActionProgressed,
  CompleteAction,
  EvaluationSubmitted,
  EVIDENCE_LIMIT_MB,
  FindAction,
  ListActions,
  READERS,
  ReadyAction,
  ReportProgress,
  type EvidenceFile,
} from '@lokmin/contracts';
import {
  aFolder,
  aJpeg,
  aPdf,
  aService,
  aSubmission,
  aTestClock,
  deliver,
  eventually,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import { actions } from '../service.ts';
import { EvidenceFolder } from './evidence.folder.ts';
import { EvidenceFiles } from './evidence.service.ts';

const MORNING = '2025-01-10T02:00:00Z';
const NEXT_DAY = '2025-01-11T02:00:01Z';
const JPEG = aJpeg();
const PDF = aPdf();
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

let folder: string;
let service: TestService;
let clock: TestClock;
let actionId: string;
let otherId: string;
beforeAll(async () => {
  clock = aTestClock(MORNING);
  folder = join(aFolder(), 'evidence');
  process.env['LOKMIN_EVIDENCE_FOLDER'] = folder;
  service = await aService(actions);
});
afterAll(async () => {
  clock.release();
  await service?.stop();
});
/** Two actions that are owned by the programme holder. */
beforeEach(async () => {
  clock.set(MORNING);
  await service.database.query(
    'TRUNCATE action, action_entry, action_support, followed_evaluation, unit_actions, outbox, command, evidence, evidence_content',
  );
  for (const name of lying().contents) rmSync(join(folder, name));
  await deliver(
    service,
    READERS.actionsFollowEvaluation,
    aSubmission(EvaluationSubmitted, { evaluationId: id(1), period: '2024-12', revision: 1 }, [
      { code: 'A' },
      { code: 'B' },
    ]),
  );
  const { items } = await service.ask('officer', ListActions, {
    unitId: MANGGAR.unitId,
    statuses: [],
    first: 10,
    after: null,
  });
  for (const { actionId: proposal } of items)
    await service.ask('headOfManggar', ReadyAction, {
      commandId: randomUUID(),
      actionId: proposal,
      expectedRevision: 1,
      ownerId: PEOPLE.kiaOfManggar,
      dueDate: '2025-01-31',
      title: null,
    });
  [actionId, otherId] = items.map((action) => action.actionId) as [string, string];
});

const files = () => service.running.app.get(EvidenceFiles);
/** What lies in the folder: contents, and what is still coming. */
const lying = () => ({
  contents: readdirSync(folder).filter((name) => name !== 'coming'),
  coming: readdirSync(join(folder, 'coming')),
});
const rows = () => service.database.query('SELECT file_id, revision FROM evidence');
type Person = Parameters<TestService['token']>[0];

interface Sending {
  person?: Person;
  action?: string;
  name?: string;
  commandId?: string;
}
async function put(
  content: Buffer | string,
  { person = 'kiaOfManggar', action = actionId, name = 'foto.jpg', commandId = randomUUID() }: Sending = {},
): Promise<{ status: number; body: EvidenceFile & { refusal?: { code: string; field: string | null } } }> {
  const response = await fetch(
    `${service.address}/actions/${action}/evidence?${new URLSearchParams({ name, commandId })}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await service.token(person)}`,
        'content-type': 'application/octet-stream',
      },
      body: content as never,
    },
  );
  return { status: response.status, body: (await response.json()) as never };
}
const get = async (fileId: string, person: Person = 'kiaOfManggar', headers: Record<string, string> = {}) =>
  fetch(`${service.address}/evidence/${fileId}`, {
    headers: { authorization: `Bearer ${await service.token(person)}`, ...headers },
  });
const complete = (evidence: string[], revision = 2) =>
  service.ask('kiaOfManggar', CompleteAction, {
    commandId: randomUUID(),
    actionId,
    expectedRevision: revision,
    note: 'Semua desa.',
    evidence,
  });
const report = (evidence: string[], { action = actionId, revision = 2, commandId = randomUUID() } = {}) =>
  service.ask('kiaOfManggar', ReportProgress, {
    commandId,
    actionId: action,
    expectedRevision: revision,
    progress: 60,
    note: 'Separuh desa.',
    evidence,
  });

describe('a file of evidence', () => {
  it('is put, shown by a report, told with its fact, and read back by whoever sees the action', async () => {
    const photo = await put(JPEG, { name: 'foto sweeping.jpg' });
    const minutes = await put(PDF, { name: 'Notulen “penyuluhan”.pdf' });
    expect([photo.status, minutes.status]).toEqual([200, 200]);
    const shown = [
      {
        fileId: minutes.body.fileId,
        name: 'Notulen “penyuluhan”.pdf',
        size: PDF.length,
        type: 'application/pdf',
        sha256: sha256(PDF),
      },
      {
        fileId: photo.body.fileId,
        name: 'foto sweeping.jpg',
        size: JPEG.length,
        type: 'image/jpeg',
        sha256: sha256(JPEG),
      },
    ];
    await report([minutes.body.fileId, photo.body.fileId]);
    const { history } = await service.ask('officer', FindAction, { actionId });
    expect(history.at(-1)).toMatchObject({ kind: 'progressed', progress: 60 });
    expect(new Set(history.at(-1)!.evidence)).toEqual(new Set(shown));
    expect(history.at(-2)!.evidence).toEqual([]);
    const [fact] = (await service.announced()).filter(({ type }) => type === ActionProgressed.type);
    expect(fact!.data['evidence']).toEqual(shown);

    const response = await get(minutes.body.fileId, 'officer');
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Notulen _penyuluhan_.pdf"; filename*=UTF-8''Notulen%20%E2%80%9Cpenyuluhan%E2%80%9D.pdf`,
    );
    const again = await get(minutes.body.fileId, 'officer', {
      'if-none-match': response.headers.get('etag')!,
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is read by nobody who may not see the action, and put by nobody but its owner', async () => {
    const { body } = await put(JPEG);
    for (const person of ['headOfGantung', 'stranger'] as const) {
      expect((await get(body.fileId, person)).status).toBe(404);
      expect((await put(PDF, { person })).status).toBe(404);
    }
    const notOwner = await put(PDF, { person: 'headOfManggar' });
    expect([notOwner.status, notOwner.body.refusal?.code]).toEqual([403, 'action.not-owner']);
    expect((await fetch(`${service.address}/evidence/${body.fileId}`)).status).toBe(401);
    expect((await fetch(`${service.address}/actions/${actionId}/evidence`, { method: 'POST' })).status).toBe(
      401,
    );
    for (const unknown of [id(99), 'x', '..%2F..%2Fetc%2Fpasswd'])
      expect((await get(unknown)).status).toBe(404);
    expect(await rows()).toHaveLength(1);
    expect(lying()).toEqual({ contents: [sha256(JPEG)], coming: [] });
  });

  it.each([
    ['empty', () => Buffer.alloc(0), 422, 'evidence.empty'],
    ['a page, whatever its name', () => '<html><script>alert(1)</script>', 422, 'evidence.wrong-type'],
    ['a picture cut short', () => JPEG.subarray(0, -3), 422, 'evidence.broken'],
    ['nothing but the beginning of a PDF file', () => '%PDF-1.7\nnotulen', 422, 'evidence.broken'],
    [
      'too large by one byte',
      () => Buffer.concat([JPEG, Buffer.alloc(EVIDENCE_LIMIT_MB * 1024 * 1024 + 1 - JPEG.length)]),
      413,
      'evidence.too-large',
    ],
  ])('that is %s is refused and leaves nothing', async (_what, content, status, code) => {
    const { status: answered, body } = await put(content());
    expect([answered, body.refusal?.code]).toEqual([status, code]);
    expect(lying()).toEqual({ contents: [], coming: [] });
    expect(await rows()).toEqual([]);
  });

  it('that grows too large without having said so is refused or cut off, and leaves nothing', async () => {
    const token = await service.token('kiaOfManggar');
    const sending = httpRequest(
      `${service.address}/actions/${actionId}/evidence?name=a.jpg&commandId=${randomUUID()}`,
      { method: 'POST', headers: { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' } },
    );
    const outcome = new Promise<number | 'cut off'>((resolve) => {
      sending.on('response', ({ statusCode }) => resolve(statusCode!));
      sending.on('error', () => resolve('cut off'));
    });
    sending.write(JPEG);
    for (let i = 0; i <= EVIDENCE_LIMIT_MB; i++) sending.write(Buffer.alloc(1024 * 1024));
    sending.end();
    expect([413, 'cut off']).toContain(await outcome);
    await eventually(() => lying().coming.length === 0);
    expect(lying().contents).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('of the largest size is taken', async () => {
    const largest = Buffer.alloc(EVIDENCE_LIMIT_MB * 1024 * 1024);
    JPEG.copy(largest);
    expect((await put(largest)).body).toMatchObject({ size: largest.length });
  });

  it('that is for no action, or says no command, is refused', async () => {
    expect((await put(JPEG, { action: id(99) })).status).toBe(404);
    expect((await put(JPEG, { action: 'x' })).status).toBe(404);
    const { status, body } = await put(JPEG, { commandId: 'x' });
    expect([status, body.refusal]).toMatchObject([422, { code: 'input.invalid', field: 'commandId' }]);
    expect((await put(JPEG, { name: 'x'.repeat(1001) })).body.refusal).toMatchObject({ field: 'name' });
    expect(lying()).toEqual({ contents: [], coming: [] });
  });

  it('whose name leads elsewhere or holds what cannot be seen stays in the folder, under a clean name', async () => {
    const { status, body } = await put(JPEG, { name: '../../../tmp/x\0\r\n<b>.html' });
    expect([status, body.name]).toEqual([200, 'x<b>.html.jpg']);
    expect(lying().contents).toEqual([sha256(JPEG)]);
    expect((await get(body.fileId)).headers.get('content-disposition')).toContain('filename="x_b_.html.jpg"');
  });

  it('is put once by a command sent twice, and not at all by another command of that id', async () => {
    const commandId = randomUUID();
    const [first, second] = await Promise.all([put(JPEG, { commandId }), put(JPEG, { commandId })]);
    expect(first.status).toBe(200);
    expect(second).toEqual(first);
    expect(await put(JPEG, { commandId })).toEqual(first);
    const reused = [
      await put(PDF, { commandId }),
      await put(JPEG, { commandId, name: 'lain.jpg' }),
      await put(JPEG, { commandId, action: otherId }),
    ];
    for (const { status, body } of reused)
      expect([status, body.refusal?.code]).toEqual([409, 'command.reused']);
    // Nor by somebody else, who might own the other action.
    await service.ask('headOfManggar', ReadyAction, {
      commandId: randomUUID(),
      actionId: otherId,
      expectedRevision: 2,
      ownerId: PEOPLE.staffOfManggar,
      dueDate: '2025-01-31',
      title: null,
    });
    const foreign = await put(JPEG, { commandId, action: otherId, person: 'staffOfManggar' });
    expect([foreign.status, foreign.body.refusal?.code]).toEqual([409, 'command.reused']);
    expect(await rows()).toHaveLength(1);
  });

  it('by a person’s command that is known goes no way past the owner, and one refused leaves no content', async () => {
    const commandId = randomUUID();
    expect((await put(JPEG, { commandId })).status).toBe(200);
    const byAnother = await put(PDF, { commandId, person: 'headOfManggar' });
    expect([byAnother.status, byAnother.body.refusal?.code]).toEqual([403, 'action.not-owner']);
    const ofAnother = (await service.database.query(
      `SELECT command_id FROM command WHERE person_id = $1 AND operation <> 'put-evidence' LIMIT 1`,
      [PEOPLE.headOfManggar],
    )) as { command_id: string }[];
    const operation = await put(PDF, { commandId: ofAnother[0]!.command_id, person: 'headOfManggar' });
    expect([operation.status, operation.body.refusal?.code]).toEqual([403, 'action.not-owner']);
    const reused = await put(PDF, { commandId });
    expect([reused.status, reused.body.refusal?.code]).toEqual([409, 'command.reused']);
    expect(lying()).toEqual({ contents: [sha256(JPEG)], coming: [] });
  });

  it('gives way to the newest once twenty of its person and action wait for a report', async () => {
    const content = (i: number) => Buffer.concat([JPEG, Buffer.from([i])]);
    const shown = (await put(content(100))).body;
    await report([shown.fileId]);
    const foreign = (await put(content(101), { action: otherId })).body;
    const first = (await put(content(0))).body;
    const second = (await put(content(1))).body;
    for (let i = 2; i < 20; i++) expect((await put(content(i))).status).toBe(200);
    expect((await get(first.fileId)).status).toBe(200);
    expect((await put(content(20))).status).toBe(200);
    expect((await get(first.fileId)).status).toBe(404);
    for (const { fileId } of [second, shown, foreign]) expect((await get(fileId)).status).toBe(200);
    // Many at once count each other, and what gave way leaves no content.
    const atOnce = await Promise.all(Array.from({ length: 25 }, (_, i) => put(content(30 + i))));
    expect(new Set(atOnce.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await rows()).toHaveLength(22);
    expect(lying().contents).toHaveLength(22);
    // Nor does the next owner wait for the files of the former one.
    await service.ask('headOfManggar', ReadyAction, {
      commandId: randomUUID(),
      actionId,
      expectedRevision: 3,
      ownerId: PEOPLE.staffOfManggar,
      dueDate: '2025-01-31',
      title: null,
    });
    expect((await put(content(60), { person: 'staffOfManggar' })).status).toBe(200);
    expect(await rows()).toHaveLength(23);
  });

  it('that gives way leaves its content to another file that has it, also one that comes meanwhile', async () => {
    const content = (i: number) => Buffer.concat([JPEG, Buffer.from([i])]);
    const kept = (await put(content(0), { action: otherId })).body;
    for (let i = 0; i < 20; i++) await put(content(i));
    for (let round = 0; round < 10; round++) {
      // The oldest has the content that comes again for the other action.
      const [next, again] = await Promise.all([
        put(content(20 + round)),
        put(content(round), { action: otherId }),
      ]);
      expect([next.status, again.status]).toEqual([200, 200]);
      expect((await get(again.body.fileId)).status).toBe(200);
    }
    expect((await get(kept.fileId)).status).toBe(200);
  });

  it('whose content is removed on its way is kept with a content of its own', async () => {
    let sent: ReturnType<typeof put>;
    await service.database.transaction(async (holding) => {
      await holding.query('SELECT FROM action WHERE action_id = $1 FOR UPDATE', [actionId]);
      sent = put(PDF);
      await eventually(
        async () => (await service.database.query('DELETE FROM evidence_content RETURNING sha256'))[1] === 1,
      );
    });
    const { status, body } = await sent!;
    expect(status).toBe(200);
    expect(Buffer.from(await (await get(body.fileId)).arrayBuffer())).toEqual(PDF);
  });

  it('is seen by its sender alone until a report shows it', async () => {
    const { fileId } = (await put(JPEG)).body;
    for (const person of ['headOfManggar', 'officer'] as const)
      expect((await get(fileId, person)).status).toBe(404);
    expect((await get(fileId)).status).toBe(200);
    await report([fileId]);
    for (const person of ['headOfManggar', 'officer'] as const)
      expect((await get(fileId, person)).status).toBe(200);
  });

  it('that ends before its end leaves nothing', async () => {
    const token = await service.token('kiaOfManggar');
    const sending = httpRequest(
      `${service.address}/actions/${actionId}/evidence?name=a.jpg&commandId=${randomUUID()}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-length': 1_000_000 },
      },
    );
    sending.on('error', () => {});
    sending.write(JPEG);
    await eventually(() => lying().coming.length === 1);
    sending.destroy();
    await eventually(() => lying().coming.length === 0);
    expect(lying().contents).toEqual([]);
    expect(await rows()).toEqual([]);
  });
});

describe('a report', () => {
  it('shows a file once, and none of another action', async () => {
    const { fileId } = (await put(JPEG)).body;
    const { fileId: ofOther } = (await put(JPEG, { action: otherId })).body;
    for (const named of [[ofOther], [fileId, ofOther], [id(99)]])
      await expect(report(named)).rejects.toMatchObject({ code: 'evidence.unusable', field: 'evidence' });
    await expect(report([fileId, fileId])).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(report(Array.from({ length: 6 }, (_, i) => id(i)))).rejects.toMatchObject({
      code: 'input.invalid',
    });
    const commandId = randomUUID();
    const reports = await Promise.all([report([fileId], { commandId }), report([fileId], { commandId })]);
    expect(reports[0]).toEqual(reports[1]);
    await expect(report([fileId], { revision: 3 })).rejects.toMatchObject({ code: 'evidence.unusable' });
    const { history } = await service.ask('officer', FindAction, { actionId });
    expect(history.map(({ evidence }) => evidence.length)).toEqual([0, 0, 1]);
  });

  it('of completion shows files as well, those of the action that no report shows', async () => {
    const { fileId: reported } = (await put(PDF)).body;
    await report([reported]);
    const { fileId } = (await put(JPEG, { name: 'selesai.jpg' })).body;
    const { fileId: ofOther } = (await put(JPEG, { action: otherId })).body;
    for (const unusable of [reported, ofOther, id(99)])
      await expect(complete([unusable], 3)).rejects.toMatchObject({
        code: 'evidence.unusable',
        field: 'evidence',
      });
    await expect(complete([fileId, fileId], 3)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await complete([fileId], 3)).toMatchObject({ status: 'completed' });
    const shown = {
      fileId,
      name: 'selesai.jpg',
      size: JPEG.length,
      type: 'image/jpeg',
      sha256: sha256(JPEG),
    };
    const { history } = await service.ask('officer', FindAction, { actionId });
    expect(history.at(-1)).toMatchObject({ kind: 'completed', evidence: [shown] });
    const [fact] = (await service.announced()).filter(({ type }) => type === ActionCompleted.type);
    expect(fact!.data['evidence']).toEqual([shown]);
    clock.set(NEXT_DAY);
    await files().clean();
    expect((await get(fileId, 'officer')).status).toBe(200);
  });

  it('that is refused leaves its files for the next one', async () => {
    const { fileId } = (await put(JPEG)).body;
    await expect(report([fileId], { revision: 1 })).rejects.toMatchObject({ code: 'revision.stale' });
    expect(await report([fileId])).toMatchObject({ revision: 3 });
  });
});

describe('what is not needed', () => {
  it('goes a day later: files without a report, contents without a file; what a report shows stays', async () => {
    const shown = (await put(JPEG)).body;
    await report([shown.fileId]);
    const unused = (await put(PDF)).body;
    const sameAgain = (await put(JPEG)).body; // another file with the content of the first
    await files().clean();
    expect(await rows()).toHaveLength(3);
    clock.set(NEXT_DAY);
    await Promise.all([files().clean(), files().clean()]);
    expect(await rows()).toEqual([{ file_id: shown.fileId, revision: 3 }]);
    expect(lying()).toEqual({ contents: [sha256(JPEG)], coming: [] });
    expect(await service.database.query('SELECT sha256 FROM evidence_content')).toEqual([
      { sha256: sha256(JPEG) },
    ]);
    expect((await get(shown.fileId)).status).toBe(200);
    for (const gone of [unused, sameAgain]) {
      expect((await get(gone.fileId)).status).toBe(404);
      await expect(report([gone.fileId], { revision: 3 })).rejects.toMatchObject({
        code: 'evidence.unusable',
      });
    }
  });

  it('goes also by the clock of the service alone', async () => {
    await put(PDF);
    clock.set('2025-01-12T02:00:01Z'); // a day of its own: at that of other tests it may have cleaned already
    await eventually(async () => (await rows()).length === 0);
    await eventually(() => lying().contents.length === 0);
    const [removed] = await service.database.query(
      `SELECT actor FROM audit_entry WHERE part = 'evidence' AND change = 'removed' ORDER BY number DESC LIMIT 1`,
    );
    expect(removed).toEqual({ actor: 'clock' });
  });

  it('is what a crash left: between content and file nothing is seen, and the same upload again completes it', async () => {
    await service.database.query(`ALTER TABLE command ADD CONSTRAINT crash CHECK (reply IS NULL) NOT VALID`);
    const commandId = randomUUID();
    try {
      expect((await put(JPEG, { commandId })).status).toBe(500);
    } finally {
      await service.database.query('ALTER TABLE command DROP CONSTRAINT crash');
    }
    expect(lying()).toEqual({ contents: [sha256(JPEG)], coming: [] }); // whole, and known to be cleaned
    expect(await rows()).toEqual([]);
    clock.set(NEXT_DAY);
    await files().clean();
    expect(lying().contents).toEqual([]);
    const { body } = await put(JPEG, { commandId });
    expect(Buffer.from(await (await get(body.fileId)).arrayBuffer())).toEqual(JPEG);
  });

  it('is what a crash left half received, once nobody can be sending it any more', async () => {
    const [old, fresh] = ['old', 'fresh'].map((name) => join(folder, 'coming', name)) as [string, string];
    for (const path of [old, fresh]) writeFileSync(path, 'half');
    utimesSync(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
    await files().clean();
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('is nobody’s loss when its content comes again while it is removed', async () => {
    for (let round = 0; round < 10; round++) {
      clock.set(MORNING);
      await service.database.query('TRUNCATE evidence, evidence_content');
      await put(PDF);
      clock.set(NEXT_DAY);
      const [{ status, body }] = await Promise.all([put(PDF), files().clean()]);
      expect(status).toBe(200);
      expect((await get(body.fileId)).status).toBe(200);
    }
  });
});

describe('the folder', () => {
  it('gives a file that is lost from it as not found', async () => {
    const { body } = await put(JPEG);
    await service.running.app.get(EvidenceFolder).remove(sha256(JPEG));
    expect((await get(body.fileId)).status).toBe(404);
  });

  it('is closed to others', async () => {
    await put(JPEG);
    const path = join(folder, sha256(JPEG));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
