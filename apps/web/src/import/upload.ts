import { SEEN_HEADER, seenHere } from '../api/seen.ts';
import { authorization, renewSession } from '../session/session.ts';
import { readReply, type UploadOutcome } from './reply.ts';

/**
 * Sends a file of values as it is and waits for the report.
 * @param onProgress share of the file that has left this device, 0 to 1
 */
export async function uploadValues(
  file: File,
  commandId: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const first = await send(file, commandId, onProgress, signal);
  if (first !== 'signed-out') return first;
  await renewSession();
  const second = await send(file, commandId, onProgress, signal);
  return second === 'signed-out' ? { kind: 'failed', failure: 'internal' } : second;
}

/** `fetch` does not tell how much has been sent, so this is the older interface. */
async function send(
  file: File,
  commandId: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadOutcome | 'signed-out'> {
  const headers = await authorization();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/files/values?${new URLSearchParams({ name: file.name, commandId })}`);
    request.setRequestHeader('content-type', 'text/csv');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'text';
    request.upload.onprogress = (event) =>
      onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.upload.onload = () => onProgress(1);
    request.onerror = () => resolve({ kind: 'failed', failure: 'network' });
    request.onabort = () => resolve({ kind: 'stopped' });
    request.onload = () => {
      seenHere.accept(null, request.getResponseHeader(SEEN_HEADER));
      resolve(request.status === 401 ? 'signed-out' : readReply(request.responseText));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
