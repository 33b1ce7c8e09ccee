import {
  defaultFieldResolver,
  getArgumentValues,
  getDirectiveValues,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** A query as Apollo has found it valid. */
export interface Query<Context> {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** What a field takes part in an object with: everything that is the same for each object of a list. */
interface Planned {
  readonly key: string;
  /** Of `__typename` the name of the type. */
  readonly constant: string | undefined;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  readonly args: Record<string, unknown>;
  readonly info: GraphQLResolveInfo;
  readonly complete: (value: unknown) => unknown;
}

/** Something goes on that only graphql-js does. */
const UNEVEN = new Error('This query is for graphql-js');

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as Promise<unknown>).then === 'function';

/**
 * Executes a query the quick way: what is the same for each row of a list (fields, arguments, types) is looked up once, and
 * the answer is made of ordinary objects. It does what graphql-js would do, as long as everything goes well.
 * @returns the data; null when graphql-js has to execute it: for anything but a query of objects, lists and leaves, and for
 * every error, so that there is one place that words errors and says which fields they empty. What was asked of services
 * is then not asked again (`Services.query`). Resolvers find no position in lists in `info.path`.
 */
export async function executeQuery<Context>(query: Query<Context>): Promise<Record<string, unknown> | null> {
  const { schema, operation, context } = query;
  const root = schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || !root) return null;
  try {
    const fields = plan(query, root);
    return (await objectOf(fields, undefined, context)) as Record<string, unknown>;
  } catch {
    return null; // whatever it was comes again, where it is told
  }
}

/** @throws UNEVEN; and what resolvers throw */
function objectOf(fields: readonly Planned[], source: unknown, context: unknown): unknown {
  const object: Record<string, unknown> = {};
  let waiting: Promise<void>[] | undefined;
  try {
    for (const { key, constant, resolve, args, info, complete } of fields) {
      if (constant !== undefined) {
        object[key] = constant;
        continue;
      }
      const resolved = resolve(source, args, context, info);
      const value = isPromise(resolved) ? resolved.then(complete) : complete(resolved);
      object[key] = value; // keeps its place
      if (isPromise(value))
        (waiting ??= []).push(
          value.then((done) => {
            object[key] = done;
          }),
        );
    }
  } catch (error) {
    for (const each of waiting ?? []) each.catch(() => {}); // nobody waits for them any more
    throw error;
  }
  return waiting ? Promise.all(waiting).then(() => object) : object;
}

/** @throws UNEVEN; and what resolvers throw */
function listOf(items: readonly unknown[], complete: Planned['complete']): unknown {
  const list: unknown[] = [];
  let isWaiting = false;
  try {
    for (const item of items) {
      const value = isPromise(item) ? item.then(complete) : complete(item);
      list.push(value);
      isWaiting ||= isPromise(value);
    }
  } catch (error) {
    for (const each of list) if (isPromise(each)) each.catch(() => {});
    throw error;
  }
  return isWaiting ? Promise.all(list) : list;
}

/** @throws UNEVEN */
function plan<Context>(query: Query<Context>, root: GraphQLObjectType): Planned[] {
  const { schema, document, operation, context } = query;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], query.variables);
  if (!coerced) throw UNEVEN;
  const variableValues = coerced;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;

  const isLeftOut = (node: Parameters<typeof getDirectiveValues>[1]) =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] === false;

  /** The fields of an object by the names that they are answered under. */
  const collect = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> => {
    const found = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const isOf = (name: string | undefined) => {
      if (name === undefined || name === type.name) return true;
      const condition = schema.getType(name);
      return isAbstractType(condition) && schema.isSubType(condition, type);
    };
    const read = (set: SelectionSetNode): void => {
      for (const node of set.selections) {
        if (isLeftOut(node)) continue;
        if (node.kind === Kind.FIELD) {
          const key = (node.alias ?? node.name).value;
          const nodes = found.get(key);
          if (nodes) nodes.push(node);
          else found.set(key, [node]);
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          if (isOf(node.typeCondition?.name.value)) read(node.selectionSet);
        } else if (!spread.has(node.name.value)) {
          spread.add(node.name.value);
          const fragment = fragments[node.name.value];
          if (fragment && isOf(fragment.typeCondition.name.value)) read(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) read(set);
    return found;
  };

  const planned = (
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    above: GraphQLResolveInfo['path'] | undefined,
  ): Planned[] =>
    [...collect(type, sets)].map(([key, fieldNodes]) => {
      const fieldName = fieldNodes[0]!.name.value;
      const field = type.getFields()[fieldName];
      const isTypeName = fieldName === '__typename';
      // Introspection has fields of its own; this one name is no property of an ordinary object.
      if ((!field && !isTypeName) || key === '__proto__') throw UNEVEN;
      const path = { prev: above, key, typename: type.name };
      const info = {
        ...{ fieldName, fieldNodes, parentType: type, path, schema, fragments, operation, variableValues },
        returnType: field?.type ?? GraphQLString,
        rootValue: undefined,
      } satisfies GraphQLResolveInfo;
      return {
        key,
        constant: isTypeName ? type.name : undefined,
        resolve: field?.resolve ?? defaultFieldResolver,
        args: field ? getArgumentValues(field, fieldNodes[0]!, variableValues) : {},
        info,
        complete: field ? completing(field.type, info) : (value) => value,
      };
    });

  /** What graphql-js calls the completion of a value, for one field. */
  const completing = (type: GraphQLOutputType, info: GraphQLResolveInfo): Planned['complete'] => {
    if (isNonNullType(type)) {
      const complete = completing(type.ofType, info);
      return (value) => {
        if (value === null || value === undefined) throw UNEVEN;
        return complete(value);
      };
    }
    const complete = completingNullable(type, info);
    return (value) => (value === null || value === undefined ? null : complete(value));
  };
  const completingNullable = (type: GraphQLOutputType, info: GraphQLResolveInfo): Planned['complete'] => {
    if (isListType(type)) {
      const complete = completing(type.ofType, info);
      return (value) => {
        if (!Array.isArray(value)) throw UNEVEN;
        return listOf(value, complete);
      };
    }
    if (isLeafType(type))
      return (value) => {
        const leaf = type.serialize(value);
        if (leaf === null || leaf === undefined) throw UNEVEN;
        return leaf;
      };
    if (!isObjectType(type)) throw UNEVEN; // its type is only known with its value
    const sets = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = planned(type, sets, info.path);
    return (value) => {
      if (value instanceof Error) throw UNEVEN;
      if (type.isTypeOf && type.isTypeOf(value, context, info) !== true) throw UNEVEN;
      return objectOf(fields, value, context);
    };
  };

  return planned(root, [operation.selectionSet], undefined);
}
