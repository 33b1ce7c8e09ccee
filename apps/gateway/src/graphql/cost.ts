import { invalidInput, problem, Refusal, type Text } from '@lokmin/contracts';
import {
  getNamedType,
  getVariableValues,
  GraphQLError,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { telling } from './errors.ts';
import { MOST_OF_A_PAGE } from './paging.ts';

/** Cost of one value of an answer is 1, of a request to a service so much, of a change so much. */
const ASK = 20;
const CHANGE = 50;
/** A list counts as this many when the operation does not say how many it wants; one below another list as fewer. */
export const LIST = 100;
const LIST_WITHIN = 10;
/** No operation may cost more, whoever asks. */
export const MAX_COST = 100_000;

const changesOf = ({ operation, selectionSet }: OperationDefinitionNode): number =>
  operation === OperationTypeNode.MUTATION ? selectionSet.selections.length * CHANGE : 0;

/** A refusal of an operation for what its text alone would cost. */
export const tooCostly = (limit: Text, detail: string, node?: OperationDefinitionNode): GraphQLError => {
  const { code: refusal, message: text } = new Refusal('request.too-costly', { limit }).toData();
  const extensions = { code: 'BAD_USER_INPUT', refusal, text, detail, http: { status: 400 } };
  return new GraphQLError(detail, { ...(node ? { nodes: node } : {}), extensions });
};

const noPage = (wrong: Text): GraphQLError =>
  telling('BAD_USER_INPUT', invalidInput('first', wrong).toData(), 400);

/**
 * What an operation may cost at most, by its text and variables, before anything is asked: every value 1, every request to
 * a service 20, every change 50; a page counts with as many items as are asked for, another list with 100, or with 10 for each
 * item of a list above it, unless the schema says how many items it has at the most as a rule (`items`).
 * @param document valid by the rules of GraphQL
 * @param given the variables as they were sent
 * @throws GraphQLError `BAD_USER_INPUT` when a page is longer than a page may be; `request.too-costly` above `MAX_COST`
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): number {
  const { coerced: variables } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!variables) return 1; // nothing will be executed: the variables are refused
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  /** Of one thing of its type; each fragment is gone through once, however often it is spread. */
  const costOfFragment = new Map<string, number>();

  /** @param page how many items the lists right below have at most, by the operation or without its word */
  const costOfSet = (
    set: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    page: number,
    within: boolean,
  ): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, page, within);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const named = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
        cost += costOfSet(selection.selectionSet, named, page, within);
      } else {
        const fragment = fragments.get(selection.name.value)!;
        const key = `${page} ${within} ${selection.name.value}`;
        let known = costOfFragment.get(key);
        if (known === undefined) {
          const named = schema.getType(fragment.typeCondition.name.value);
          known = costOfSet(fragment.selectionSet, named, page, within);
          costOfFragment.set(key, known);
        }
        cost += known;
      }
    }
    return cost;
  };

  const costOfField = (
    node: FieldNode,
    type: GraphQLNamedType | undefined,
    page: number,
    within: boolean,
  ): number => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return 1; // __typename and what else every type has
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const times = isList ? Number(field.extensions['items'] ?? page) : 1;
    const deeper = within || isList;
    const below = node.selectionSet
      ? costOfSet(
          node.selectionSet,
          getNamedType(field.type),
          pageOf(field, node) ?? (deeper ? LIST_WITHIN : LIST),
          deeper,
        )
      : 0;
    return Number(field.extensions['asks'] ?? 0) * ASK + times * (1 + below);
  };

  /** How many items the field is asked for; null when it is no page. */
  const pageOf = ({ args }: GraphQLField<unknown, unknown>, node: FieldNode): number | null => {
    const first = args.find(({ name }) => name === 'first');
    if (!first) return null;
    const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    const items = Number(
      value?.kind === Kind.VARIABLE
        ? (variables[value.name.value] ?? first.defaultValue)
        : value?.kind === Kind.INT
          ? value.value
          : first.defaultValue,
    );
    if (items < 1) throw noPage(problem('too-small', { n: 1 }));
    if (items > MOST_OF_A_PAGE) throw noPage(problem('too-large', { n: MOST_OF_A_PAGE }));
    return items;
  };

  const cost =
    changesOf(operation) +
    costOfSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, LIST, false);
  if (cost > MAX_COST)
    throw tooCostly(
      {
        id: `biaya ${cost.toLocaleString('id-ID')}, paling banyak ${MAX_COST.toLocaleString('id-ID')}`,
        en: `cost ${cost.toLocaleString('en')}, at most ${MAX_COST.toLocaleString('en')}`,
      },
      `The operation costs ${cost}; at most ${MAX_COST} is allowed.`,
      operation,
    );
  return cost;
}

/**
 * What an answer cost: its values, and what was asked and changed for it.
 * @param asked requests to services, each counted once
 */
export function costOfAnswer(data: unknown, operation: OperationDefinitionNode, asked: number): number {
  const valuesIn = (value: unknown): number => {
    if (value === null || typeof value !== 'object') return 1;
    if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + valuesIn(each), 0);
    let values = 1;
    for (const name in value) values += valuesIn((value as Record<string, unknown>)[name]);
    return values;
  };
  const values = valuesIn(data) - 1; // what stands around all of them was not asked for
  return Math.max(1, changesOf(operation) + asked * ASK + values);
}
