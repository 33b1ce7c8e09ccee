import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, OperationTypeNode } from 'graphql';
import type { Context } from './context.ts';
import type { Text } from './text.ts';

/** Queries whose answers depend on posts alone. Everything else is somebody's own, or changes something. */
const SHARED = new Set(['district', 'puskesmas', '__typename']);

/** Says of each answer whether it is whole, and lets its errors speak the client's language. */
export const answersPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ operation, contextValue, response }) => {
      if (response.body.kind !== 'single') return;
      const { errors } = response.body.singleResult;
      for (const error of errors ?? []) {
        const text = error.extensions?.['text'] as Text;
        Object.assign(error, { message: text[contextValue.language] });
      }
      contextValue.composing.whole =
        !errors?.length &&
        operation?.operation === OperationTypeNode.QUERY &&
        operation.selectionSet.selections.every(
          (selection) => selection.kind === Kind.FIELD && SHARED.has(selection.name.value),
        );
    },
  }),
};
