import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** One command as it was sent and, sooner or later, answered. */
export interface Entry {
  readonly commandId: string;
  readonly service: 'directory' | 'indicators' | 'meetings' | 'actions';
  readonly verb: string;
  /** Code of the puskesmas. */
  readonly unit: string;
  readonly period: string | null;
  readonly asked: string;
  tries: number;
  answer: unknown;
}

/** What was ordered and what was answered, kept outside of the system: what must be there is worked out from this alone. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly file: string;
  /** Tries that got no answer, by what the asker was told. */
  readonly retries = new Map<string, number>();

  constructor(folder: string) {
    this.file = join(folder, 'ledger.jsonl');
  }

  note(entry: Omit<Entry, 'tries' | 'answer' | 'asked'>): Entry {
    const noted: Entry = { ...entry, asked: new Date().toISOString(), tries: 0, answer: null };
    this.entries.push(noted);
    this.#write(noted);
    return noted;
  }

  answered(entry: Entry, answer: unknown): void {
    entry.answer = answer;
    this.#write({ ...entry, answered: new Date().toISOString() });
  }

  unanswered(entry: Entry, why: string): void {
    this.retries.set(why, (this.retries.get(why) ?? 0) + 1);
    this.#write({ commandId: entry.commandId, tries: entry.tries, unanswered: why });
  }

  #write(line: object): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}
