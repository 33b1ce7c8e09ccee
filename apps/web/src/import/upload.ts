import { sendFile } from '../api/file.ts';
import type { ChosenLayout } from './layout-choice.tsx';
import { readReply, type UploadOutcome } from './reply.ts';

/**
 * Sends a file of values as it is and waits for the report.
 * @param layout of a workbook of the district's own; null: the columns that everybody knows
 * @param commandId of what is saved; null: a dry run, which saves nothing
 * @param onProgress share of the file that has left this device, 0 to 1
 */
export async function uploadValues(
  file: File,
  layout: ChosenLayout | null,
  commandId: string | null,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const query = new URLSearchParams({
    name: file.name,
    ...layout,
    ...(commandId === null ? { dryRun: 'true' } : { commandId }),
  });
  const sent = await sendFile(`/files/values?${query}`, file, 'text/csv', onProgress, signal);
  return sent.kind === 'answered' ? readReply(sent.text) : sent;
}
