import { createServer, type AddressInfo } from 'node:net';
import { isOutage } from '@lokmin/messaging';
import { createDatabase } from './database.ts';

/** A message of PostgreSQL's protocol: its type, its length, its content. */
const message = (type: string, content: Buffer | string) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(content)]);
};
const READY = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);
const ENDED = message(
  'E',
  'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0',
);

describe('a server that is killed in the moment in which a connection is ready', () => {
  it('is an outage like any other, and does not end the process', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(Buffer.concat([READY, ENDED])));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const database = createDatabase('test', `postgres://nobody@127.0.0.1:${port}/nothing`, 1, {
      entities: [],
      migrations: [],
    });
    try {
      const error: unknown = await database.initialize().catch((reason: unknown) => reason);
      expect([error, isOutage(error)]).toEqual([expect.any(Error), true]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
