/**
 * Takes what a webhook sends, after looking at its signature, and prints a line for each fact. Needs Node.js 24 alone:
 *
 *   LOKMIN_WEBHOOK_SECRET=whsec_... node docs/examples/webhook.ts [port]
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env['LOKMIN_WEBHOOK_SECRET'] ?? '';
if (!secret.startsWith('whsec_')) {
  console.error('Set LOKMIN_WEBHOOK_SECRET to the secret that was told when the webhook was made.');
  process.exit(2);
}
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const MINUTES = 5;
/** Ids that were taken: a fact may come twice. A real receiver keeps them with what it does. */
const taken = new Set<string>();

/** What is wrong with a request, or null. Several signatures stand beside each other while a secret is changed; one has to fit. */
function objection(headers: NodeJS.Dict<string | string[]>, body: string): string | null {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  ) as [string, string, string];
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= MINUTES * 60)) return 'it is too old';
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const fits = signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === right.length && timingSafeEqual(given, right);
  });
  return fits ? null : 'its signature does not fit';
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const wrong = request.method === 'POST' ? objection(request.headers, body) : 'it is no POST';
    if (wrong) {
      console.error(`refused: ${wrong}`);
      response.writeHead(401).end(wrong);
      return;
    }
    const fact = JSON.parse(body) as { id: string; time: string; type: string; subject: string };
    if (!taken.has(fact.id)) console.log(fact.time, fact.type, fact.subject);
    taken.add(fact.id);
    response.writeHead(204).end();
  });
});
server.listen(Number(process.argv[2] ?? 8787), '127.0.0.1', () => {
  console.log(`listening at http://127.0.0.1:${(server.address() as { port: number }).port}/`);
});
