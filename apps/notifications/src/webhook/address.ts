import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { problem, type Text } from '@lokmin/contracts';
import ipaddr from 'ipaddr.js';

/** A request to a webhook ends after this long, in milliseconds, whatever its receiver does. */
export const REQUEST_MS = 10_000;
/** So much of an answer is read, in bytes, to say what was wrong. */
const ANSWER_BYTES = 1_000;

/** What became of a request: an HTTP status, or why there was none. */
export type Answer = { readonly status: number; readonly said: string } | { readonly error: string };

const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

/**
 * Why nothing may be sent to an address, as far as its text tells.
 * @param listed hosts that may also be reached without TLS and in inner networks
 * @returns null when it may
 */
export function objection(address: string, listed: ReadonlySet<string>): Text | null {
  const url = new URL(address);
  if (url.username || url.password) return problem('address.with-login');
  const host = hostOf(url);
  if (listed.has(host)) return null;
  if (url.protocol !== 'https:') return problem('address.not-https');
  return isIP(host) && !isPublic(host) ? problem('address.not-public') : null;
}

/** Looks a name up and refuses what leads into an inner network: whoever names the address must not reach what only this server reaches. */
const publicOnly: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '', 0);
    const inner = found.find(({ address }) => !isPublic(address));
    if (inner) return done(new Error(`${host} lies in an inner network (${inner.address})`), '', 0);
    if (options.all) return done(null, found);
    const [first] = found;
    done(null, first!.address, first!.family);
  });
};

/** Posts a body. Redirections are not followed: they would lead to an address that nobody agreed to. */
export function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  listed: ReadonlySet<string>,
): Promise<Answer> {
  const wrong = objection(address, listed);
  if (wrong) return Promise.resolve({ error: wrong.en });
  const url = new URL(address);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const sending = send(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        ...(listed.has(hostOf(url)) ? {} : { lookup: publicOnly }),
        signal: AbortSignal.timeout(REQUEST_MS),
      },
      (answer) => {
        let said = '';
        const ended = () => {
          resolve({ status: answer.statusCode ?? 0, said: said.slice(0, ANSWER_BYTES) });
          sending.destroy();
        };
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          said += chunk;
          if (said.length >= ANSWER_BYTES) ended();
        });
        // The head is the answer; that its body broke off changes nothing.
        answer.on('error', ended);
        answer.on('end', ended);
      },
    );
    sending.on('error', (error) =>
      resolve({
        error:
          error.name === 'TimeoutError' || error.name === 'AbortError'
            ? `no answer within ${REQUEST_MS / 1_000} s`
            : error.message,
      }),
    );
    sending.end(body);
  });
}
