import type { ApolloServerPlugin } from '@apollo/server';
import { Refusal } from '@lokmin/contracts';
import { Kind, OperationTypeNode } from 'graphql';
import type { Context } from './context.ts';
import { telling } from './errors.ts';
import type { Text } from './text.ts';

/** Queries whose answers depend on posts alone. Everything else is somebody's own, or changes something. */
const SHARED = new Set(['district', 'puskesmas', '__typename']);

/** Leaves subscriptions to their own door, says of each answer whether it is whole, and lets its errors speak the client's language. */
export const answersPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
        throw telling('BAD_REQUEST', new Refusal('request.only-streamed').toData(), 400);
    },
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
