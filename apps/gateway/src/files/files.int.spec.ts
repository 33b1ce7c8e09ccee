import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { globalId } from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import { answerForDistrict, OFFICER } from '../../test/district.ts';
import { startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

let peers: Peers;
let gateway: RunningGateway;
let token: string;
/** What stands where the indicators service would, and what it does with the next file. */
let door: Server;
let take: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
beforeAll(async () => {
  door = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  peers = await startPeers();
  answerForDistrict(peers);
  gateway = await startGateway(
    peers.config({
      LOKMIN_INDICATORS_URL: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      LOKMIN_ACTIONS_URL: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      LOKMIN_MEETINGS_URL: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      LOKMIN_FILE_LIMIT_MB: '2',
      LOKMIN_FILE_DEADLINE_MS: '1000',
    }),
  );
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
  token = await peers.token(OFFICER);
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
  door?.closeAllConnections();
  door?.close();
});

const send = (body: string | Readable, headers: Record<string, string> = {}, port = gateway.port) =>
  fetch(
    `http://127.0.0.1:${port}/files/values?name=hasil.csv&commandId=01890000-0000-7000-8000-0000000000aa`,
    {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}`, ...headers },
      body,
      duplex: 'half',
    } as RequestInit,
  );
const MEGABYTE = 'x'.repeat(1024 * 1024);

describe('a file of values', () => {
  it('is handed on as it comes, with the caller and the number of the request, and the answer comes back', async () => {
    const got = Promise.withResolvers<{ url?: string; headers: IncomingMessage['headers']; body: string }>();
    take = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      got.resolve({ url: request.url, headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"rows":1}');
    };
    const response = await send('puskesmas,nilai\n1012406,5\n', { 'lokmin-correlation': 'number-of-this' });
    expect([response.status, await response.json()]).toEqual([200, { rows: 1 }]);
    expect(response.headers.get('lokmin-correlation')).toBe('number-of-this');
    expect(response.headers.get('lokmin-seen')).toMatch(/^past@\d+$/);
    const { url, headers, body } = await got.promise;
    expect(url).toBe('/imports/values?name=hasil.csv&commandId=01890000-0000-7000-8000-0000000000aa');
    expect(headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'text/csv',
      'lokmin-correlation': 'number-of-this',
    });
    expect(body).toBe('puskesmas,nilai\n1012406,5\n');
  });

  it.each([
    [
      '/files/values?unit=1012406&from=2024-01&to=2024-12',
      '/exports/values?unit=1012406&from=2024-01&to=2024-12',
    ],
    ['/files/values/template?unit=1012406&period=2024-10', '/exports/template?unit=1012406&period=2024-10'],
  ])('is fetched from %s with the name that its service gives it', async (path, asked) => {
    take = (request, response) => {
      response
        .writeHead(request.url === asked && request.headers.authorization === `Bearer ${token}` ? 200 : 500, {
          'content-type': 'text/csv',
          'content-disposition': 'attachment; filename="nilai.csv"',
        })
        .end('a;b');
    };
    const get = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers });
    const response = await get({ authorization: `Bearer ${token}` });
    expect([response.status, response.headers.get('content-disposition'), await response.text()]).toEqual([
      200,
      'attachment; filename="nilai.csv"',
      'a;b',
    ]);
    expect((await get({})).status).toBe(401);
  });

  it('is not held in the gateway: its beginning arrives before its end is sent', async () => {
    const arrived = Promise.withResolvers<void>();
    take = async (request, response) => {
      request.on('data', () => arrived.resolve());
      await once(request, 'end');
      response.writeHead(200).end('{}');
    };
    async function* slowly() {
      yield Buffer.from('a\n');
      await arrived.promise; // would wait for ever if the gateway waited for the whole
      yield Buffer.from('b\n');
    }
    expect((await send(Readable.from(slowly()))).status).toBe(200);
  });

  it('that is refused by its service is refused in the same words, also before all of it was read', async () => {
    take = (_request, response) => {
      response
        .writeHead(422, { 'content-type': 'application/json' })
        .end('{"refusal":{"code":"import.rows"},"errors":[]}');
    };
    const response = await send(MEGABYTE);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ refusal: { code: 'import.rows' } });
    expect(response.headers.get('lokmin-seen')).toBeNull();
  });

  it.each(['without a token', 'with a forged token'])('%s does not reach the service', async (what) => {
    let reached = false;
    take = (_request, response) => {
      reached = true;
      response.end();
    };
    const authorization =
      what === 'without a token' ? '' : `Bearer ${await peers.token(OFFICER, { forged: true })}`;
    const response = await send('a', { authorization });
    expect([response.status, await response.json()]).toMatchObject([
      401,
      {
        refusal: { code: 'access.signed-out', message: { id: expect.anything(), en: expect.anything() } },
        errors: [],
      },
    ]);
    expect(reached).toBe(false);
  });

  it.each([
    ['says so', () => MEGABYTE.repeat(3)],
    [
      'does not say so',
      () => Readable.from([Buffer.from(MEGABYTE), Buffer.from(MEGABYTE), Buffer.from(MEGABYTE)]),
    ],
  ])('that is too large and %s is refused', async (_what, body) => {
    take = (request) => void request.on('error', () => {}).resume();
    const response = await send(body()).catch((error: unknown) => error as Error);
    // A client that is still sending may see the connection close before it reads the answer.
    if ('message' in response) expect(response.message).toBe('fetch failed');
    else {
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ refusal: { code: 'import.too-large' } });
    }
  });

  it('is refused by name while its service is away, too slow, or not configured', async () => {
    take = (request) => void request.on('error', () => {}).resume(); // never answers
    const slow = await send('a');

    expect([slow.status, await slow.json()]).toMatchObject([
      503,
      { refusal: { code: 'service.unavailable' } },
    ]);
    take = (request) => void request.socket.destroy();
    expect((await send('a')).status).toBe(503);
    const without = await startGateway(peers.config());
    try {
      await eventually(async () => (await fetch(`http://127.0.0.1:${without.port}/health/ready`)).ok);
      const response = await send('a', {}, without.port);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        refusal: {
          message: { id: expect.stringContaining('indikator'), en: expect.stringContaining('indicators') },
        },
      });
    } finally {
      await without.stop();
    }
  });
});

describe('minutes', () => {
  const MEETING = '01890000-0000-7000-8000-0000000000f1';
  const get = (id: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    fetch(`http://127.0.0.1:${gateway.port}/files/minutes/${id}`, { headers });

  it('are fetched from the meetings service with the caller’s token, under the name that it gives them', async () => {
    take = (request, response) => {
      expect([request.method, request.url]).toEqual(['GET', `/minutes/${MEETING}`]);
      expect(request.headers['authorization']).toBe(`Bearer ${token}`);
      response
        .writeHead(200, {
          'content-type': 'application/pdf',
          'content-disposition': 'inline; filename="notulen.pdf"',
        })
        .end('%PDF-');
    };
    const answer = await get(globalId('Meeting', MEETING));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="notulen.pdf"');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('are refused without a token or by an id of something else; a key cannot lead to another path', async () => {
    take = (request, response) => void response.writeHead(404).end(request.url);
    expect((await get(globalId('Meeting', MEETING), {})).status).toBe(401);
    for (const id of [globalId('Action', MEETING), globalId('Meeting', '../health/live'), 'x']) {
      const other = await get(id);
      expect([other.status, await other.json()]).toMatchObject([404, { refusal: { code: 'not-found' } }]);
    }
  });
});

describe('evidence', () => {
  const ACTION = '01890000-0000-7000-8000-0000000000f2';
  const FILE = '01890000-0000-7000-8000-0000000000f3';
  const put = (
    body: string | Readable,
    { id = globalId('Action', ACTION), authorization = `Bearer ${token}`, port = gateway.port } = {},
  ) =>
    fetch(
      `http://127.0.0.1:${port}/files/evidence/${id}?name=foto%2F%00.jpg&commandId=01890000-0000-7000-8000-0000000000aa`,
      {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', authorization, 'lokmin-correlation': 'number-of-this' },
        body,
        duplex: 'half',
      } as RequestInit,
    );
  const get = (id: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${gateway.port}/files/evidence/${id}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const codeOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { refusal: { code: string } }).refusal.code,
  ];

  it('goes to the actions service as it comes, with the caller, and the answer comes back', async () => {
    const kept = { fileId: FILE, name: 'foto.jpg', size: 26, type: 'image/jpeg', sha256: 'a'.repeat(64) };
    const got = Promise.withResolvers<{ request: IncomingMessage; body: string }>();
    const arrived = Promise.withResolvers<void>();
    take = async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        arrived.resolve();
        body += String(chunk);
      }
      got.resolve({ request, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(kept));
    };
    async function* slowly() {
      yield Buffer.from('the beginning, ');
      await arrived.promise; // would wait for ever if the gateway waited for the whole
      yield Buffer.from('and the end');
    }
    const response = await put(Readable.from(slowly()));
    const { fileId: _, ...named } = kept;
    const id = globalId('EvidenceFile', FILE);
    expect([response.status, await response.json()]).toEqual([
      200,
      { ...named, id, path: `/files/evidence/${id}` },
    ]);
    expect(response.headers.get('lokmin-correlation')).toBe('number-of-this');
    const { request, body } = await got.promise;
    expect([request.method, request.url, body]).toEqual([
      'POST',
      `/actions/${ACTION}/evidence?name=foto%2F%00.jpg&commandId=01890000-0000-7000-8000-0000000000aa`,
      'the beginning, and the end',
    ]);
    expect(request.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'image/jpeg',
      'lokmin-correlation': 'number-of-this',
    });
  });

  it('is refused in the words of its service; and here without a token, for no action, and where no service is', async () => {
    let reached = 0;
    take = (_request, response) => {
      reached += 1;
      response
        .writeHead(403, { 'content-type': 'application/json' })
        .end('{"refusal":{"code":"action.not-owner"},"errors":[]}');
    };
    expect(await codeOf(await put(MEGABYTE))).toEqual([403, 'action.not-owner']);
    expect(await codeOf(await put('a', { authorization: '' }))).toEqual([401, 'access.signed-out']);
    for (const id of [globalId('Meeting', ACTION), globalId('Action', '../health'), 'x'])
      expect(await codeOf(await put('a', { id }))).toEqual([404, 'not-found']);
    for (const id of [globalId('Action', FILE), globalId('EvidenceFile', '../health'), 'x'])
      expect(await codeOf(await get(id))).toEqual([404, 'not-found']);
    expect((await get(globalId('EvidenceFile', FILE), { authorization: '' })).status).toBe(401);
    expect(reached).toBe(1);
    const without = await startGateway(peers.config());
    try {
      await eventually(async () => (await fetch(`http://127.0.0.1:${without.port}/health/ready`)).ok);
      expect(await codeOf(await put('a', { port: without.port }))).toEqual([503, 'service.unavailable']);
    } finally {
      await without.stop();
    }
    take = (request) => void request.socket.destroy();
    expect(await codeOf(await put('a'))).toEqual([503, 'service.unavailable']);
    expect(await codeOf(await get(globalId('EvidenceFile', FILE)))).toEqual([503, 'service.unavailable']);
  });

  it.each([
    ['says so', () => MEGABYTE.repeat(6)],
    ['does not say so', () => Readable.from(Array.from({ length: 6 }, () => Buffer.from(MEGABYTE)))],
  ])('of more than 5 MB that %s is refused', async (_what, body) => {
    take = (request) => void request.on('error', () => {}).resume();
    const response = await put(body()).catch((error: unknown) => error as Error);
    // A client that is still sending may see the connection close before it reads the answer.
    if ('message' in response) expect(response.message).toBe('fetch failed');
    else expect(await codeOf(response)).toEqual([413, 'evidence.too-large']);
  });

  it('of more than 5 MB, coming in pieces that do not say so, is never whole for its service', async () => {
    const ended = Promise.withResolvers<{ complete: boolean; bytes: number }>();
    take = (request) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('error', () => {});
      request.on('close', () => ended.resolve({ complete: request.complete, bytes }));
    };
    const pieces = Array.from({ length: 12 }, () => Buffer.from(MEGABYTE));
    // A client that is still sending may see the connection close before it reads the answer.
    const status = await put(Readable.from(pieces)).then(
      (response) => response.status,
      (error: Error) => error.message,
    );
    expect([413, 'fetch failed']).toContain(status);
    const { complete, bytes } = await ended.promise;
    expect(complete).toBe(false);
    expect(bytes).toBeLessThanOrEqual(5 * MEGABYTE.length);
  });

  it('of 5 MB in pieces reaches its service whole', async () => {
    let bytes = 0;
    take = async (request, response) => {
      for await (const chunk of request) bytes += (chunk as Buffer).length;
      response.writeHead(422, { 'content-type': 'application/json' }).end('{"refusal":{"code":"x"}}');
    };
    const pieces = Array.from({ length: 5 }, () => Buffer.from(MEGABYTE));
    expect((await put(Readable.from(pieces))).status).toBe(422);
    expect(bytes).toBe(5 * MEGABYTE.length);
  });

  it('that says it has more than 5 MB is refused before it is sent', async () => {
    const sending = request(
      `http://127.0.0.1:${gateway.port}/files/evidence/${globalId('Action', ACTION)}?name=a&commandId=b`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-length': 5 * 1024 * 1024 + 1 },
      },
    );
    sending.on('error', () => {});
    sending.flushHeaders();
    const [answer] = (await once(sending, 'response')) as [IncomingMessage];
    sending.destroy();
    expect(answer.statusCode).toBe(413);
  });

  it('that is refused at once is taken to its end, so that a browser still sending reads why', async () => {
    const refused = Promise.withResolvers<void>();
    take = (_request, response) => {
      response
        .on('finish', refused.resolve)
        .writeHead(409, { 'content-type': 'application/json' })
        .end('{"refusal":{"code":"action.ended"},"errors":[]}');
    };
    async function* slowly() {
      yield Buffer.from('a');
      await refused.promise;
      yield Buffer.from('b');
    }
    const answer = await put(Readable.from(slowly()));
    expect(answer.headers.get('connection')).not.toBe('close'); // as it says when something is left unread
    expect(await codeOf(answer)).toEqual([409, 'action.ended']);
  });

  it('whose sender goes away ends for the service too', async () => {
    const ended = Promise.withResolvers<boolean>();
    const arrived = Promise.withResolvers<void>();
    take = (request) => {
      request.on('data', () => arrived.resolve());
      request.on('close', () => ended.resolve(request.complete));
      request.on('error', () => {});
    };
    const sending = new AbortController();
    async function* endless() {
      yield Buffer.from('a');
      await new Promise(() => {});
    }
    const answer = fetch(
      `http://127.0.0.1:${gateway.port}/files/evidence/${globalId('Action', ACTION)}?name=a&commandId=b`,
      {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', authorization: `Bearer ${token}` },
        body: Readable.from(endless()),
        duplex: 'half',
        signal: sending.signal,
      } as unknown as RequestInit,
    );
    await arrived.promise;
    sending.abort();
    await expect(answer).rejects.toThrow();
    expect(await ended.promise).toBe(false);
  });

  it('is fetched under its name and type, is never a page of this address, and comes once', async () => {
    take = (request, response) => {
      expect([request.method, request.url]).toEqual(['GET', `/evidence/${FILE}`]);
      if (request.headers['if-none-match'] === '"abc"') return void response.writeHead(304).end();
      response
        .writeHead(200, {
          'content-type': 'image/jpeg',
          'content-disposition': 'attachment; filename="foto.jpg"',
          'cache-control': 'private, no-cache',
          'content-security-policy': 'of the service',
          etag: '"abc"',
        })
        .end('JFIF');
    };
    const answer = await get(globalId('EvidenceFile', FILE));
    expect([answer.status, await answer.text()]).toEqual([200, 'JFIF']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="foto.jpg"',
      'cache-control': 'private, no-cache',
      etag: '"abc"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await get(globalId('EvidenceFile', FILE), { 'if-none-match': '"abc"' })).status).toBe(304);
  });
});
