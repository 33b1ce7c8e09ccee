import { Client, fetchExchange } from 'urql';
import { failureOf, type Failure } from '../api/failure.ts';
import { sendIds } from '../api/known.ts';
import {
  GuestActionDocument,
  OpenGuestLinkDocument,
  ReportAsGuestDocument,
  type GuestActionFieldsFragment,
  type ReportAsGuestInput,
} from '../api/operations.generated.ts';

/** The one action of a link, as its guest sees it. */
export type GuestAction = { __typename: 'GuestAction' } & GuestActionFieldsFragment;

/** What somebody with a link does: no session, no cookie, and a token that lives in memory alone. */
export interface GuestDoor {
  look(): Promise<GuestAction | Failure>;
  /** The same `commandId` again does it once. */
  report(input: ReportAsGuestInput): Promise<GuestAction | Failure>;
}

export const isGuestAction = (answer: GuestAction | Failure): answer is GuestAction =>
  typeof answer === 'object' && '__typename' in answer && answer.__typename === 'GuestAction';

/** @param secret what stands behind `#` in the address of the link */
export function guestDoor(secret: string): GuestDoor {
  let token: string | null = null;
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => (token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    exchanges: [sendIds, fetchExchange],
  });

  /** @returns why the link does not open; null when it did */
  async function open(): Promise<Failure | null> {
    const { data, error } = await client.mutation(OpenGuestLinkDocument, { secret }).toPromise();
    if (!data) return failureOf(error);
    if (data.openGuestLink.__typename !== 'GuestSession') return data.openGuestLink;
    token = data.openGuestLink.accessToken;
    return null;
  }

  /** A token ends after ten minutes, and with its link: the link is opened again, and says itself what became of it. */
  async function inside(ask: () => Promise<GuestAction | Failure>): Promise<GuestAction | Failure> {
    if (token !== null) {
      const answer = await ask();
      if (typeof answer === 'string' || isGuestAction(answer) || answer.code !== 'access.signed-out')
        return answer;
      token = null;
    }
    return (await open()) ?? ask();
  }

  return {
    look: () =>
      inside(async () => {
        const { data, error } = await client.query(GuestActionDocument, {}).toPromise();
        return data?.guestAction ?? failureOf(error);
      }),
    report: (input) =>
      inside(async () => {
        const { data, error } = await client.mutation(ReportAsGuestDocument, { input }).toPromise();
        return data?.reportAsGuest ?? failureOf(error);
      }),
  };
}
