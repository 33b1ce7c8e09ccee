import { authExchange } from '@urql/exchange-auth';
import { cacheExchange, Client, fetchExchange, type CombinedError } from 'urql';
import { sendIds } from './known.ts';
import { fetchSeen } from './seen.ts';
import { accessToken, isTokenStale, renewSession } from '../session/session.ts';

const SIGNED_OUT = new Set<unknown>(['access.signed-out', 'session.ended', 'UNAUTHENTICATED']);

const isSignedOut = (error: CombinedError): boolean =>
  (error.response as Response | undefined)?.status === 401 ||
  error.graphQLErrors.some((each) => SIGNED_OUT.has(each.extensions?.['code']));

/** The client of the pages of one signed-in person: nothing kept for one is shown to the next. */
export const newClient = (): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: fetchSeen,
    // A page that is opened again shows what was kept and asks for what is new.
    requestPolicy: 'cache-and-network',
    exchanges: [
      cacheExchange,
      authExchange(async ({ appendHeaders }) => ({
        addAuthToOperation(operation) {
          const token = accessToken();
          return token ? appendHeaders(operation, { authorization: `Bearer ${token}` }) : operation;
        },
        willAuthError: isTokenStale,
        didAuthError: isSignedOut,
        refreshAuth: renewSession,
      })),
      sendIds,
      fetchExchange,
    ],
  });
