import { useState } from 'react';
import { isUncertain, randomId } from '../api/command-ids.ts';
import type { Failure } from '../api/failure.ts';
import { refusalIn, sendFile } from '../api/file.ts';
import { hindranceOf, PER_REPORT } from './hindrance.ts';
import { preparePicture } from './picture.ts';

/** A file of a report that is being written. */
export interface Chosen {
  /** Names it in the list. */
  readonly key: string;
  /** What is sent; as it was chosen when nothing can be made of it. */
  readonly content: File;
  /** It is no PDF and no picture that this browser can read. */
  readonly unreadable: boolean;
  /** The same while the outcome of sending it is not known. */
  readonly commandId: string;
  /** Its id once it has arrived. */
  readonly fileId: string | null;
  readonly failure: Failure | null;
}

/** The files of a report or a completion: chosen, prepared, sent before it, dropped with it. */
export function useChosen(action: string) {
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [preparing, setPreparing] = useState(false);
  /** Share of all files that has left this device, 0 to 1; null while nothing is being sent. */
  const [share, setShare] = useState<number | null>(null);
  const [tooMany, setTooMany] = useState(false);
  /** While files or what names them are on their way. */
  const [sending, setSending] = useState(false);

  async function choose(files: readonly File[]): Promise<void> {
    const room = PER_REPORT - chosen.length;
    setTooMany(files.length > room);
    setPreparing(true);
    const prepared: Chosen[] = [];
    for (const file of files.slice(0, room)) {
      const content = await preparePicture(file).catch(() => null); // one after the other: photos are large, phones are small
      prepared.push({
        key: randomId(),
        content: content ?? file,
        unreadable: !content,
        commandId: randomId(),
        fileId: null,
        failure: null,
      });
    }
    setPreparing(false);
    setChosen((before) => [...before, ...prepared].slice(0, PER_REPORT));
  }

  /** Sends what has not arrived yet. @returns the ids of all files; null when one of them has not arrived */
  async function send(): Promise<string[] | null> {
    if (chosen.some(hindranceOf)) return null;
    const bytes = chosen.reduce((sum, { content }) => sum + content.size, 0);
    const ids: string[] = [];
    let gone = 0;
    setShare(chosen.length > 0 ? 0 : null);
    for (const one of chosen) {
      const after = one.fileId
        ? one
        : await sendOne(action, one, (part) => setShare((gone + part * one.content.size) / bytes));
      setChosen((before) => before.map((each) => (each.key === one.key ? after : each)));
      if (!after.fileId) break;
      gone += one.content.size;
      ids.push(after.fileId);
    }
    setShare(null);
    return ids.length === chosen.length ? ids : null;
  }

  /**
   * Sends what has not arrived yet, then what names the files.
   * @param command the report or the completion; its failure is also told to `onFailure`
   * @returns what the command gives; null when it failed, or was not sent because a file has not arrived
   */
  async function sendWith<T>(
    command: (evidence: string[], onFailure: (failure: Failure) => void) => Promise<T | null>,
  ): Promise<T | null> {
    setSending(true);
    try {
      const evidence = await send();
      if (!evidence) return null;
      const done = await command(evidence, (failure) => {
        if (typeof failure === 'object' && failure.code === 'evidence.unusable') forget();
      });
      if (done) clear();
      return done;
    } finally {
      setSending(false);
    }
  }

  function clear(): void {
    setTooMany(false);
    setChosen([]);
  }

  /** The service has them no more: they are sent again, as other files. */
  function forget(): void {
    setChosen((before) => before.map((one) => ({ ...one, fileId: null, commandId: randomId() })));
  }

  return {
    chosen,
    preparing,
    sending,
    share,
    tooMany,
    choose,
    sendWith,
    drop: (key: string) => {
      setTooMany(false);
      setChosen((before) => before.filter((one) => one.key !== key));
    },
  };
}

async function sendOne(action: string, chosen: Chosen, onProgress: (share: number) => void): Promise<Chosen> {
  const { content, commandId } = chosen;
  const query = new URLSearchParams({ name: content.name, commandId });
  const sent = await sendFile(
    `/files/evidence/${encodeURIComponent(action)}?${query}`,
    content,
    content.type || 'application/octet-stream',
    onProgress,
  );
  if (sent.kind !== 'answered')
    return { ...chosen, failure: sent.kind === 'failed' ? sent.failure : 'network' };
  if (sent.status === 200) {
    const { id } = JSON.parse(sent.text) as { id: string };
    return { ...chosen, fileId: id, failure: null };
  }
  const refusal = refusalIn(sent.text);
  const known = refusal && !isUncertain(refusal);
  return { ...chosen, failure: refusal ?? 'internal', commandId: known ? randomId() : commandId };
}
