import { makeOperation, mapExchange, type TypedDocumentNode } from 'urql';

/** An operation that the gateway knows by its id; its text stays there, and is neither loaded nor sent. */
export interface KnownDocument {
  readonly documentId: string;
}

/** A document for the client: the id, and what kind of operation it is, which the client wants to know. */
export const known = <Data, Variables extends Record<string, unknown>>(
  operation: 'query' | 'mutation' | 'subscription',
  documentId: string,
): TypedDocumentNode<Data, Variables> & KnownDocument => {
  const selectionSet = { kind: 'SelectionSet', selections: [] };
  return {
    kind: 'Document',
    definitions: [{ kind: 'OperationDefinition', operation, selectionSet }],
    documentId,
  } as never;
};

/** Sends the id instead of a text: that is what the client does with a document in which nothing is defined. */
export const sendIds = mapExchange({
  onOperation: (operation) =>
    makeOperation(operation.kind, { ...operation, query: { ...operation.query, definitions: [] } }),
});
