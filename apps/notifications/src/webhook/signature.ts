import { createHmac } from 'node:crypto';

/** What a webhook's receiver checks with: made from the key of the service, so that it stands in no database and no backup. */
const secretOf = (key: string, webhookId: string, number: number): Buffer =>
  createHmac('sha256', key).update(`webhook ${webhookId} ${number}`).digest();

/** The secret as its receiver keeps it. */
export const writeSecret = (key: string, webhookId: string, number: number): string =>
  `whsec_${secretOf(key, webhookId, number).toString('base64')}`;

/**
 * The headers that prove who sent a body, as https://www.standardwebhooks.com has them: HMAC-SHA256 over id, time and body.
 * @param secretNumbers of the secrets that count at present, the newest first
 */
export function signed(
  key: string,
  { webhookId, factId, body }: { webhookId: string; factId: string; body: string },
  secretNumbers: readonly number[],
  at: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secretNumbers.map((number) => {
    const hmac = createHmac('sha256', secretOf(key, webhookId, number));
    return `v1,${hmac.update(`${factId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': factId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
