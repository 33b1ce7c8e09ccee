import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { Refusal } from '@lokmin/contracts';
import { Kind, OperationTypeNode } from 'graphql';
import type { Context } from './context.ts';
import type { Budgets } from '../access/budgets.ts';
import { costOf, costOfAnswer } from './cost.ts';
import { outOfBudget } from './door.ts';
import { telling } from './errors.ts';
import { executeQuery } from './execute.ts';
import type { Text } from './text.ts';

/** Queries whose answers depend on posts alone. Everything else is somebody's own, or changes something. */
const SHARED = new Set(['district', 'puskesmas', '__typename']);

/** Leaves subscriptions to their own door, takes the cost of an operation before anything is asked, executes what goes well, says of each answer whether it is whole, and lets its errors speak the client's language. */
export const answersPlugin = (budgets: Budgets): ApolloServerPlugin<Context> => ({
  requestDidStart: async ({ contextValue: { caller } }) => {
    let taken = 0;
    return {
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        if (!operation) return; // refused next
        if (operation.operation === OperationTypeNode.SUBSCRIPTION)
          throw telling('BAD_REQUEST', new Refusal('request.only-streamed').toData(), 400);
        const cost = costOf(schema, document, operation, request.variables ?? {});
        const refused = budgets.spend(caller, contextValue.request, contextValue.reply!, cost);
        if (refused) throw outOfBudget(refused, contextValue.reply!);
        taken = cost;
      },
      responseForOperation: async ({ schema, document, operationName, request, contextValue }) => {
        const variables = request.variables ?? {};
        const data = await executeQuery({
          schema,
          document,
          operationName,
          variables,
          context: contextValue,
        });
        return (
          data && {
            http: { status: undefined, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data } },
          }
        );
      },
      willSendResponse: async ({ operation, contextValue, response }) => {
        if (response.body.kind !== 'single') return;
        const { data, errors } = response.body.singleResult;
        if (operation && taken > 0) {
          const cost = costOfAnswer(data, operation, contextValue.asked.size);
          budgets.settle(caller, contextValue.request, contextValue.reply!, { taken, cost });
        }
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
    };
  },
});
