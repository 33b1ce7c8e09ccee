import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.ts';

/** What a cookie can hold as it is. */
const VALUE = /^[\w.~+/=-]{1,500}$/;

type CookieConfig = Pick<GatewayConfig, 'LOKMIN_COOKIE_SECURE'>;

/** A cookie that no script reads: `refresh`, from which a session lives; `sso`, of who is at the provider of single sign-on. */
export interface Cookie {
  readonly name: 'refresh' | 'sso';
  readonly path: string;
  /** `Lax`: it comes along when another site leads here. */
  readonly sameSite: 'Strict' | 'Lax';
}
export const REFRESH: Cookie = { name: 'refresh', path: '/graphql', sameSite: 'Strict' };
export const SSO: Cookie = { name: 'sso', path: '/masuk/oidc', sameSite: 'Lax' };

const isSecure = ({ protocol }: FastifyRequest, config: CookieConfig): boolean =>
  config.LOKMIN_COOKIE_SECURE === 'always' || protocol === 'https';

/** Browsers take a name with this prefix only from HTTPS and only when it is Secure. */
const nameOf = ({ name }: Cookie, request: FastifyRequest, config: CookieConfig): string =>
  `${isSecure(request, config) ? '__Secure-' : ''}lokmin-${name}`;

export function readCookie(
  cookie: Cookie,
  request: FastifyRequest,
  config: CookieConfig,
): string | undefined {
  const name = nameOf(cookie, request, config);
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value && VALUE.test(value) ? value : undefined;
}

/** The header that sets a cookie; an empty value takes it away. @throws Error for a value that does not fit */
export function setCookie(
  cookie: Cookie,
  value: string,
  maxAgeSeconds: number,
  request: FastifyRequest,
  config: CookieConfig,
): string {
  if (value !== '' && !VALUE.test(value))
    throw new Error(`The ${cookie.name} token does not fit into a cookie`);
  const secure = isSecure(request, config) ? '; Secure' : '';
  return `${nameOf(cookie, request, config)}=${value}; Path=${cookie.path}; HttpOnly; SameSite=${cookie.sameSite}; Max-Age=${maxAgeSeconds}${secure}`;
}

/** What the browser calls itself, and the address that it asks from. */
export const whereFrom = (request: FastifyRequest): { device: string; address: string } => ({
  device: (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 300),
  address: request.ip,
});
