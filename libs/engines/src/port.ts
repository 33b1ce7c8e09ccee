import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Whether a server may listen on this loopback port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A loopback port that is free now, between 20000 and 31999: below the range from which Linux, macOS and Windows take
 * the ports of outgoing connections, so that a server that was killed finds its port free again.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (await isPortFree(port)) return port;
  }
  throw new Error('No free port between 20000 and 31999 on 127.0.0.1');
}
