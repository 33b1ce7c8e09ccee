import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { pour, UNTAKEN_BYTES } from './pour.ts';

/** Serves chunks to one client. @returns how the pouring ended, and what the client read */
async function serve(
  chunks: (ended: () => boolean) => AsyncIterable<string>,
  slowMs: number,
  reads: boolean,
) {
  const poured = Promise.withResolvers<boolean>();
  let taken = 0;
  const server = createServer((_request, response) => {
    void pour(
      chunks(() => response.destroyed),
      response,
      slowMs,
    ).then(poured.resolve, poured.reject);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  if (reads) socket.on('data', (data) => (taken += data.length));
  else socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  try {
    const whole = await poured.promise;
    if (reads) await once(socket, 'close');
    return { whole, taken };
  } finally {
    socket.destroy();
    server.close();
  }
}

describe('pouring a live stream', () => {
  it('gives a client all that it takes', async () => {
    async function* hundred() {
      for (let i = 0; i < 100; i += 1) yield 'x'.repeat(50_000);
    }
    const { whole, taken } = await serve(hundred, 10_000, true);
    expect(whole).toBe(true);
    expect(taken).toBeGreaterThan(5_000_000);
  });

  it('cuts off a client that takes nothing', async () => {
    let given = 0;
    async function* endless(ended: () => boolean) {
      for (; !ended(); given += 50_000) yield 'x'.repeat(50_000);
    }
    const { whole } = await serve(endless, 200, false);
    expect(whole).toBe(false);
    expect(given).toBeGreaterThan(UNTAKEN_BYTES); // it was given its chance
  });

  it('cuts off at once what leaves too much untaken', async () => {
    async function* large() {
      for (let i = 0; i < 100; i += 1) yield 'x'.repeat(20 * 1024 * 1024);
    }
    const { whole } = await serve(large, 60_000, false);
    expect(whole).toBe(false);
  });
});
