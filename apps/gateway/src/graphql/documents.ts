import { mayDoToday } from '@lokmin/access';
import { Refusal } from '@lokmin/contracts';
import { getOperationAST, Kind, parse, type GraphQLSchema } from 'graphql';
import type { HeldPost, Posts } from '../access/posts.ts';
import type { GatewayConfig } from '../config.ts';
import type { Checked } from './door.ts';
import { MAX_TOKENS } from './limits.ts';
import { OPERATIONS } from './operations.generated.ts';

/** What a request asks: an operation of the browser application by its id, or one in words of its own. */
export interface Asked {
  readonly query: string;
  readonly operationName: string | null;
  readonly adHoc: boolean;
}

/** The text of an operation of the browser application; ids are `sha256:` and the SHA-256 of the text. */
export const textOf = (documentId: string): string | undefined =>
  Object.hasOwn(OPERATIONS, documentId) ? OPERATIONS[documentId] : undefined;

export interface AdHocParts {
  readonly posts: Posts;
  readonly schema: () => GraphQLSchema;
  readonly open: GatewayConfig['LOKMIN_ADHOC'];
}

const mayAskAdHoc = (posts: readonly HeldPost[]): boolean =>
  posts.some(({ districtCode }) => mayDoToday(posts, 'api.adhoc', { districtCode }));

/**
 * Whether a request may be made at all, the same at both doors of GraphQL. What the browser application asks, everybody
 * may ask; services decide what they get. Other words are for those whose posts allow them, and signed out for nothing
 * but what needs no signed-in person.
 * @returns null when it may, and a promise only while the caller's posts have to be asked for
 */
export function refuseAdHoc(
  { adHoc, query, operationName }: Asked,
  { caller }: Checked,
  { posts, schema, open }: AdHocParts,
): Refusal | null | Promise<Refusal | null> {
  if (!adHoc) return null;
  if (!caller) return isPublic(schema(), query, operationName) ? null : new Refusal('access.signed-out');
  if (open === 'everyone') return null;
  const decide = (held: readonly HeldPost[]) =>
    mayAskAdHoc(held) ? null : new Refusal('request.only-known', { operation: 'api.adhoc' });
  const known = posts.recall(caller.personId);
  return known ? decide(known) : posts.of(caller).then(decide);
}

/** True when all that the operation does at its root is marked `@Public()`. */
function isPublic(schema: GraphQLSchema, query: string, operationName: string | null): boolean {
  let document;
  try {
    document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return false;
  }
  const operation = getOperationAST(document, operationName);
  const fields = operation && schema.getRootType(operation.operation)?.getFields();
  return (
    operation?.selectionSet.selections.every(
      (selection) =>
        selection.kind === Kind.FIELD && fields?.[selection.name.value]?.extensions['public'] === true,
    ) ?? false
  );
}
