import { fetchFile } from '../api/file.ts';

/**
 * The minutes as PDF.
 * @param meeting id of the meeting
 */
export const fetchMinutes = (meeting: string) => fetchFile(`/files/minutes/${encodeURIComponent(meeting)}`);
