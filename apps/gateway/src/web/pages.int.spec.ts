import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

let folder: string;
let peers: Peers;
let gateway: RunningGateway;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lokmin-pages-'));
  const root = join(folder, 'dist');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Lokmin</title>');
  writeFileSync(join(root, 'assets/index-a1b2c3.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'for nobody');
  peers = await startPeers();
  gateway = await startGateway(peers.config({ LOKMIN_WEB_ROOT: root }));
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks for a path as it is written: `fetch` would tidy it. */
const get = (path: string) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: gateway.port, path }, (response) => {
      let text = '';
      response.on('data', (data) => (text += String(data)));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    })
      .on('error', reject)
      .end();
  });

describe('the browser application', () => {
  it.each(['/', '/puskesmas/1012406?periode=2024-12', '/kabupaten/19.06', '/masuk'])(
    'has its page at %s, always asked for anew',
    async (path) => {
      const { status, headers, text } = await get(path);
      expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(text).toContain('<title>Lokmin</title>');
    },
  );

  it('loads only from its own address and shows in no frame', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('has files that may be kept for ever, because their names change with them', async () => {
    const { status, headers } = await get('/assets/index-a1b2c3.js');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await get('/assets/index-gone.js')).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%E0%A4%A',
  ])('gives nothing from outside of its folder: %s', async (path) => {
    const { status, text } = await get(path);
    expect(status).not.toBe(500);
    expect(text).not.toContain('for nobody');
  });

  it('does not stand in for the doors', async () => {
    for (const path of ['/graphql/nothing', '/files/nothing', '/health/nothing', '/graphql/stream'])
      expect((await get(path)).status).toBe(404);
  });
});
