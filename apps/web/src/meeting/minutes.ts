import type { Failure } from '../api/failure.ts';
import { SEEN_HEADER, seenHere } from '../api/seen.ts';
import { authorization, renewSession } from '../session/session.ts';

/**
 * The minutes as PDF. A link cannot carry the access token, so the page fetches the file and hands it on.
 * @param meeting id of the meeting
 */
export async function fetchMinutes(meeting: string): Promise<Blob | { failure: Failure }> {
  try {
    let response = await get(meeting);
    if (response.status === 401) {
      await renewSession();
      response = await get(meeting);
    }
    seenHere.accept(null, response.headers.get(SEEN_HEADER));
    if (response.ok) return await response.blob();
    const { refusal } = (await response.json().catch(() => ({}))) as {
      refusal?: { code: string; message: { id: string; en: string } };
    };
    return { failure: refusal ? { ...refusal, field: null } : 'internal' };
  } catch {
    return { failure: 'network' };
  }
}

const get = async (meeting: string): Promise<Response> =>
  fetch(`/files/minutes/${encodeURIComponent(meeting)}`, { headers: await authorization() });
