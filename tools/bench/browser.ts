/** What the browser application asks, in its own way: no text, the id of the operation. */
import { persisted } from '../generate/operations.ts';

const operations = new Map(persisted().map((operation) => [operation.name, operation]));

/** @throws Error when the browser application has no such operation */
function operation(name: string) {
  const found = operations.get(name);
  if (!found) throw new Error(`The browser application asks nothing that is called ${name}`);
  return found;
}

export const bodyOf = (name: string, variables: Record<string, unknown>): string =>
  JSON.stringify({ documentId: operation(name).id, variables });

/** The same in words, for whoever may ask in words of their own. */
export const adHocBodyOf = (name: string, variables: Record<string, unknown>): string =>
  JSON.stringify({ query: operation(name).text, variables });
