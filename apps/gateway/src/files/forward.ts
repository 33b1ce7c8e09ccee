import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from '@lokmin/contracts';
import type { FastifyReply } from 'fastify';

export class TooLarge extends Error {}

/** What the gateway itself refuses has the shape that the service's refusals have. */
export const refuse = (reply: FastifyReply, status: number, refusal: Refusal) =>
  reply.code(status).send({ refusal: refusal.toData(), errors: [] });

/**
 * Sends a request on to a service, its body as it comes.
 * @returns the answer, as soon as its head is there
 * @throws TooLarge; what the network says
 */
export async function forward(
  method: 'GET' | 'POST',
  target: URL,
  headers: Record<string, string>,
  body: Readable | undefined,
  limitBytes: number,
  deadlineMs: number,
): Promise<IncomingMessage> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const sending = send(target, { method, headers, signal: AbortSignal.timeout(deadlineMs) });
  const answering = new Promise<IncomingMessage>((resolve, reject) => {
    sending.on('response', resolve);
    sending.on('error', reject);
  });
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limitBytes ? new TooLarge() : null, chunk);
    },
  });
  if (!body) sending.end();
  const piping = body ? pipeline(body, measure, sending) : Promise.resolve();
  // The service may answer before it has read everything (a refusal): then its answer counts, not the broken pipe.
  const failed = piping.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => {
      if (error instanceof TooLarge) throw error;
      return answering;
    },
  );
  answering.catch(() => {});
  return Promise.race([answering, failed]);
}
