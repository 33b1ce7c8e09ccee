import type { CombinedError } from 'urql';
import type { RefusalFieldsFragment } from './operations.generated.ts';

/** Why something was not done, or not known to be done: a refusal with its text, no answer, or an answer without a text. */
export type Failure = Pick<RefusalFieldsFragment, 'code' | 'message' | 'field'> | 'network' | 'internal';

/** The gateway says in `extensions` what an error of the whole request means, in both languages. */
export function failureOf(error: Pick<CombinedError, 'networkError' | 'graphQLErrors'> | undefined): Failure {
  if (error?.networkError) return 'network';
  for (const { extensions } of error?.graphQLErrors ?? []) {
    const { text, refusal, code } = extensions as {
      text?: { id: string; en: string };
      refusal?: string;
      code?: string;
    };
    if (text) return { code: refusal ?? code ?? '', message: text, field: null };
  }
  return 'internal';
}
