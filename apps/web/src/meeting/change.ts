import { useState } from 'react';
import { useClient, type TypedDocumentNode } from 'urql';
import { useCommand } from '../api/command.ts';
import {
  MeetingPageDocument,
  type MeetingFieldsFragment,
  type MeetingPageQuery,
  type RefusalFieldsFragment,
} from '../api/operations.generated.ts';

export type Meeting = NonNullable<MeetingPageQuery['meeting']>;
type Changed = { __typename: 'MeetingChanged'; meeting: MeetingFieldsFragment };
type Refusal = { __typename: 'Refusal' } & RefusalFieldsFragment;
interface Input {
  commandId: string;
  meeting: string;
  expectedRevision: number;
}

/**
 * The changes of one meeting from one page go out one after the other, each with the revision that the one before it
 * made: who taps down the attendance list does not get in their own way.
 */
export interface Turns {
  /** A revision that the page has seen. */
  saw(revision: number): void;
  newest(): number;
  take<T>(work: () => Promise<T>): Promise<T>;
}
export function newTurns(): Turns {
  let newest = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    saw: (revision) => {
      newest = Math.max(newest, revision);
    },
    newest: () => newest,
    take: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** How often a change that still fits is sent again when others were faster. */
const TRIES = 3;

/**
 * Sends changes of a meeting. When somebody else changed it meanwhile the page asks again: a change that `stillFits` what
 * stands there now goes out once more, any other is left to the person, with what was typed.
 */
export function useChange<Data, Own extends Input>(
  document: TypedDocumentNode<Data, { input: Own }>,
  pick: (data: Data) => Changed | Refusal,
  { id, turns }: { id: string; turns: Turns },
) {
  const client = useClient();
  const command = useCommand<Data, Own, Changed>(document, pick);
  const [waiting, setWaiting] = useState(0);

  const send = (
    content: Omit<Own, keyof Input>,
    stillFits: (now: Meeting) => boolean = () => false,
  ): Promise<MeetingFieldsFragment | null> => {
    setWaiting((count) => count + 1);
    return turns
      .take(async () => {
        for (let tries = 1; ; tries += 1) {
          let stale = false;
          const input = { ...content, meeting: id, expectedRevision: turns.newest() };
          const done = await command.send(input as unknown as Omit<Own, 'commandId'>, (failure) => {
            stale = typeof failure === 'object' && failure.code === 'revision.stale';
          });
          if (done) {
            turns.saw(done.meeting.revision);
            return done.meeting;
          }
          if (!stale) return null;
          const { data } = await client
            .query(MeetingPageDocument, { id }, { requestPolicy: 'network-only' })
            .toPromise();
          if (!data?.meeting) return null;
          turns.saw(data.meeting.revision);
          if (tries === TRIES || !stillFits(data.meeting)) return null;
        }
      })
      .finally(() => setWaiting((count) => count - 1));
  };
  return { send, sending: waiting > 0, failure: command.failure, forget: command.forget };
}
