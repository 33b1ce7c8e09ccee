import { useState } from 'react';
import { useClient, type TypedDocumentNode } from 'urql';
import { renewSession } from '../session/session.ts';
import { commandIds, isUncertain } from './command-ids.ts';
import { failureOf, type Failure } from './failure.ts';
import type { RefusalFieldsFragment } from './operations.generated.ts';

type Refusal = { __typename: 'Refusal' } & RefusalFieldsFragment;

/**
 * Sends a mutation that carries a `commandId`. Pressing again after a lost answer repeats the same command.
 * @param pick the typed result inside the reply
 * @returns the outcome, or null when it failed; `failure` then says why, and `onFailure` is told at once
 */
export function useCommand<Data, Input extends { commandId: string }, Outcome extends { __typename: string }>(
  document: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => Outcome | Refusal,
) {
  const client = useClient();
  const [ids] = useState(() => commandIds());
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function send(
    content: Omit<Input, 'commandId'>,
    onFailure?: (failure: Failure) => void,
  ): Promise<Exclude<Outcome, Refusal> | null> {
    const failed = (failure: Failure) => {
      setFailure(failure);
      onFailure?.(failure);
      return null;
    };
    const input = ids.inputFor(content) as Input;
    setSending(true);
    setFailure(null);
    try {
      let { data, error } = await client.mutation(document, { input }).toPromise();
      let outcome = data && pick(data);
      if (outcome && isRefusal(outcome) && outcome.code === 'access.signed-out') {
        await renewSession();
        ({ data, error } = await client.mutation(document, { input }).toPromise());
        outcome = data && pick(data);
      }
      if (!outcome) {
        return failed(failureOf(error));
      }
      if (isRefusal(outcome)) {
        if (!isUncertain(outcome)) ids.settle();
        return failed(outcome);
      }
      ids.settle();
      return outcome as Exclude<Outcome, Refusal>;
    } finally {
      setSending(false);
    }
  }
  return { send, sending, failure, forget: () => setFailure(null) };
}

const isRefusal = (outcome: { __typename: string }): outcome is Refusal => outcome.__typename === 'Refusal';
