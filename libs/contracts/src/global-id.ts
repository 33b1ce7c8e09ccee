/**
 * The opaque id of a thing in the GraphQL API and in links: base64url of `<type>:<key>`.
 * @param key UUID or official code, ASCII
 */
export const globalId = (type: string, key: string): string =>
  btoa(`${type}:${key}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** @returns type and key of a global id; null when it is none */
export function parseGlobalId(id: string): { type: string; key: string } | null {
  if (!/^[\w-]+$/.test(id)) return null;
  try {
    const [, type, key] = /^([A-Za-z]+):(.+)$/.exec(atob(id.replaceAll('-', '+').replaceAll('_', '/'))) ?? [];
    return type && key ? { type, key } : null;
  } catch {
    return null; // not base64
  }
}
