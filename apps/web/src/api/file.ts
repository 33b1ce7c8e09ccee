import { authorization, renewSession } from '../session/session.ts';
import type { Failure } from './failure.ts';
import type { RefusalFieldsFragment } from './operations.generated.ts';
import { SEEN_HEADER, seenHere } from './seen.ts';

/**
 * Fetches a file. A link cannot carry the access token, so the page fetches the file and hands it on.
 * @param path of the gateway, beginning with a slash
 * @param sent a file of which another is made
 */
export async function fetchFile(path: string, sent?: Blob): Promise<Blob | { failure: Failure }> {
  const get = async () =>
    fetch(path, { headers: await authorization(), ...(sent && { method: 'POST', body: sent }) });
  try {
    let response = await get();
    if (response.status === 401) {
      await renewSession();
      response = await get();
    }
    seenHere.accept(null, response.headers.get(SEEN_HEADER));
    if (response.ok) return await response.blob();
    return { failure: refusalIn(await response.text()) ?? 'internal' };
  } catch {
    return { failure: 'network' };
  }
}

/** Until then a browser has begun to read what it saves. */
const KEPT_FOR_SAVING_MS = 60_000;

/** Lets the browser keep a file under a name. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The click only asks for it: a browser may begin to read the content later, for instance once a place is chosen.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR_SAVING_MS);
}

export type Sent =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'failed'; failure: 'network' | 'internal' }
  | { kind: 'stopped' };

/**
 * Sends a file as it is and waits for the answer.
 * @param path of the gateway, with its query
 * @param onProgress share of the file that has left this device, 0 to 1
 */
export async function sendFile(
  path: string,
  content: Blob,
  type: string,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Sent> {
  const first = await send(path, content, type, onProgress, signal);
  if (first.kind !== 'answered' || first.status !== 401) return first;
  await renewSession();
  const second = await send(path, content, type, onProgress, signal);
  return second.kind === 'answered' && second.status === 401
    ? { kind: 'failed', failure: 'internal' }
    : second;
}

/** `fetch` does not tell how much has been sent, so this is the older interface. */
async function send(
  path: string,
  content: Blob,
  type: string,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Sent> {
  const headers = await authorization();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', type);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'text';
    request.upload.onprogress = (event) =>
      onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.upload.onload = () => onProgress(1);
    request.onerror = () => resolve({ kind: 'failed', failure: 'network' });
    request.onabort = () => resolve({ kind: 'stopped' });
    request.onload = () => {
      seenHere.accept(null, request.getResponseHeader(SEEN_HEADER));
      resolve({ kind: 'answered', status: request.status, text: request.responseText });
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(content);
  });
}

/** What a door of files says when it refuses; null: something else, for example the error page of a proxy. */
export function refusalIn(text: string): Exclude<Failure, string> | null {
  try {
    const { refusal } = JSON.parse(text) as { refusal?: RefusalFieldsFragment };
    return refusal?.message
      ? { code: refusal.code, message: refusal.message, field: refusal.field ?? null }
      : null;
  } catch {
    return null;
  }
}
