import { useState } from 'react';

/** What somebody typed and has not saved. */
export interface Draft {
  readonly text: string;
  /** The saved text on which it was typed. */
  readonly base: string;
  /** The revision that saved it; what the page shows may still be older. */
  readonly savedAt: number | null;
}

/** The typed texts of a page by what they belong to; a live update does not touch them. */
export interface Drafts {
  /** What the field shows. */
  text(key: string, saved: string): string;
  /** The saved text that the typed one started from; null where nothing unsaved was typed. */
  base(key: string, saved: string): string | null;
  type(key: string, text: string, saved: string): void;
  /** What was sent is saved; what was typed since stays. */
  saved(key: string, text: string, revision: number): void;
  drop(key: string): void;
}

/** @param revision of what the page shows */
export const draftsOf = (
  drafts: Readonly<Record<string, Draft>>,
  set: (change: (drafts: Readonly<Record<string, Draft>>) => Readonly<Record<string, Draft>>) => void,
  revision: number,
): Drafts => {
  const open = (key: string, saved: string): Draft | null => {
    const draft = drafts[key];
    if (!draft || draft.text === saved) return null;
    return draft.savedAt !== null && revision >= draft.savedAt ? null : draft;
  };
  return {
    text: (key, saved) => open(key, saved)?.text ?? saved,
    base: (key, saved) => {
      const draft = open(key, saved);
      return draft && draft.savedAt === null ? draft.base : null;
    },
    type: (key, text, saved) =>
      set((all) => {
        const before = open(key, saved);
        // Once what was sent is saved, it is what typing goes on from.
        const base = !before ? saved : before.savedAt === null ? before.base : before.text;
        return { ...all, [key]: { text, base, savedAt: null } };
      }),
    saved: (key, text, revision) =>
      set((all) => {
        const draft = all[key];
        if (!draft) return all;
        return {
          ...all,
          [key]: draft.text === text ? { ...draft, savedAt: revision } : { ...draft, base: text },
        };
      }),
    drop: (key) => set((all) => Object.fromEntries(Object.entries(all).filter(([each]) => each !== key))),
  };
};

export function useDrafts(revision: number): Drafts {
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  return draftsOf(drafts, setDrafts, revision);
}
