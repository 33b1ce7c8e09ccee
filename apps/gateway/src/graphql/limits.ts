import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Text } from '@lokmin/contracts';
import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  Kind,
  type ASTVisitor,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { LIST, tooCostly } from './cost.ts';

export const MAX_TOKENS = 2_000;
const MAX_DEPTH = 12;
const MAX_ALIASES = 15;
const MAX_DIRECTIVES = 20;
/** Requests to services that one operation may cause, by its text alone. */
export const MAX_ASKS = 12;

const limited = (limit: Text) => ({
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, { message }: GraphQLError) =>
      context?.reportError(tooCostly(limit, message.replace('Syntax Error: ', ''))),
  ],
});
const LIMITS = {
  aliases: { id: `paling banyak ${MAX_ALIASES} alias`, en: `at most ${MAX_ALIASES} aliases` },
  directives: { id: `paling banyak ${MAX_DIRECTIVES} direktif`, en: `at most ${MAX_DIRECTIVES} directives` },
  depth: { id: `kedalaman paling banyak ${MAX_DEPTH}`, en: `depth at most ${MAX_DEPTH}` },
  asks: {
    id: `paling banyak ${MAX_ASKS} permintaan ke layanan; kurangi yang diminta di bawah daftar`,
    en: `at most ${MAX_ASKS} requests to services; ask for less below lists`,
  },
} satisfies Record<string, Text>;

/** What an operation must satisfy before anything is executed or asked; the same at both doors of GraphQL. */
export const limitRules = (): ValidationRule[] => [
  ...new ApolloArmor({
    blockFieldSuggestion: { enabled: false }, // done for both doors by `formatErrors`
    maxTokens: { enabled: false }, // the parser itself counts
    costLimit: { enabled: false }, // `costOf` counts, by the schema and the variables
    maxAliases: { n: MAX_ALIASES, ...limited(LIMITS.aliases) },
    maxDirectives: { n: MAX_DIRECTIVES, ...limited(LIMITS.directives) },
    // As deep as the answer: how it is written down in fragments costs nothing.
    maxDepth: { n: MAX_DEPTH, flattenFragments: true, ...limited(LIMITS.depth) },
  }).protect().validationRules,
  limitAsks,
];

/**
 * Counts the requests to services that an operation would cause: a field says what it costs (`extensions.asks`), below a
 * list it costs that for each item.
 */
export function limitAsks(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  const asksOf = (
    set: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    times: number,
    within: Set<string>,
  ): number => {
    let asks = 0;
    for (const selection of set.selections) {
      if (asks > MAX_ASKS) return asks;
      if (selection.kind === Kind.FIELD) {
        const field: GraphQLField<unknown, unknown> | undefined =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
        if (!field) continue;
        asks += times * Number(field.extensions['asks'] ?? 0);
        if (!selection.selectionSet) continue;
        const nullable = isNonNullType(field.type) ? field.type.ofType : field.type;
        asks += asksOf(
          selection.selectionSet,
          getNamedType(field.type),
          isListType(nullable) ? times * LIST : times,
          within,
        );
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const named = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
        asks += asksOf(selection.selectionSet, named, times, within);
      } else {
        const name = selection.name.value;
        const fragment = within.has(name) ? undefined : context.getFragment(name);
        if (!fragment) continue;
        const named = schema.getType(fragment.typeCondition.name.value);
        asks += asksOf(fragment.selectionSet, named, times, new Set([...within, name]));
      }
    }
    return asks;
  };
  return {
    OperationDefinition(operation) {
      const root = schema.getRootType(operation.operation);
      if (asksOf(operation.selectionSet, root ?? undefined, 1, new Set()) > MAX_ASKS) {
        context.reportError(
          tooCostly(LIMITS.asks, `The operation asks the services more than ${MAX_ASKS} times.`, operation),
        );
      }
    },
  };
}
