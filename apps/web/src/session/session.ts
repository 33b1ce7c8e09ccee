import { Client, fetchExchange } from 'urql';
import { sendIds } from '../api/known.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import {
  CompleteSignInDocument,
  RefreshSessionDocument,
  SignInDocument,
  SignOutDocument,
  SingleSignOnDocument,
  UseCodeDocument,
  type SecondStepFieldsFragment,
  type ViewerFieldsFragment,
} from '../api/operations.generated.ts';

/** Who is signed in on this page. */
export type SessionState =
  | { status: 'starting' }
  /** `network`: nothing answers. `service`: the server does, but sign-in is not available at present. It is tried again. */
  | { status: 'unreachable'; why: 'network' | 'service' }
  /** `ended`: there was a session and it is over; a sign-out by the person themselves is not told as an ending. */
  | { status: 'out'; ended: boolean }
  | { status: 'in'; viewer: ViewerFieldsFragment };

let state: SessionState = { status: 'starting' };
// The access token lives in memory only: it is gone with the page, and a new page asks for another with the cookie.
let token: { text: string; staleAt: number } | null = null;
const listeners = new Set<() => void>();

export const readSession = (): SessionState => state;
export const watchSession = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};
function setState(next: SessionState): void {
  state = next;
  for (const changed of listeners) changed();
}

/** Sign-in, refresh and sign-out go past the client of the pages: they are what it waits for. */
const door = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [sendIds, fetchExchange] });

/** Tells the other pages of this browser that the person signed out: they share one cookie. */
const otherPages = new BroadcastChannel('lokmin-session');
otherPages.onmessage = () => {
  token = null;
  setState({ status: 'out', ended: true });
};

/**
 * How long a token lives, in milliseconds: by its own issue and expiry times, because the clock of this device may be wrong.
 * A token that cannot be read is measured against this device's clock.
 */
function lifetimeMs(accessToken: string, expiresAt: string): number {
  try {
    const payload = accessToken.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const { iat, exp } = JSON.parse(atob(payload)) as { iat: number; exp: number };
    if (exp > iat) return (exp - iat) * 1000;
  } catch {
    // Not a token of that form.
  }
  return new Date(expiresAt).getTime() - Date.now();
}

function accept(session: {
  accessToken: string;
  accessExpiresAt: string;
  viewer: ViewerFieldsFragment;
}): void {
  const life = lifetimeMs(session.accessToken, session.accessExpiresAt);
  // Renewed a little before its end, so that no request travels with a token that ends on the way.
  token = { text: session.accessToken, staleAt: Date.now() + life - Math.min(30_000, life / 5) };
  setState({ status: 'in', viewer: session.viewer });
}

/** What people call the system whose accounts they may sign in with; null where there is none, or nobody says. */
export async function singleSignOnName(): Promise<string | null> {
  const { data } = await door.query(SingleSignOnDocument, {}).toPromise();
  return data?.singleSignOn?.name ?? null;
}

/** A sign-in whose password was right, and which asks for a code. */
export type SecondStep = SecondStepFieldsFragment;

/** Why it did not work, or what is asked for next; null when signed in. */
export async function signIn(login: string, password: string): Promise<Failure | SecondStep | null> {
  const { data, error } = await door.mutation(SignInDocument, { login, password }).toPromise();
  if (!data) return failureOf(error);
  if (data.signIn.__typename !== 'Session') return data.signIn;
  accept(data.signIn);
  return null;
}

/** Sets a password with a one-time code. The same answers as of a sign-in. */
export async function enterWithCode(
  login: string,
  code: string,
  newPassword: string,
): Promise<Failure | SecondStep | null> {
  const { data, error } = await door.mutation(UseCodeDocument, { login, code, newPassword }).toPromise();
  if (!data) return failureOf(error);
  if (data.useCode.__typename !== 'Session') return data.useCode;
  accept(data.useCode);
  return null;
}

/** The second step was taken. */
export interface Completed {
  /** Shown only now; null: there were some before. */
  readonly recoveryCodes: readonly string[] | null;
  /** Goes on to the pages. */
  enter(): void;
}

/** Takes the second step. The person is signed in once `enter` is called: what is shown only once comes before. */
export async function completeSignIn(challenge: string, code: string): Promise<Failure | Completed> {
  const { data, error } = await door.mutation(CompleteSignInDocument, { challenge, code }).toPromise();
  if (!data) return failureOf(error);
  const session = data.completeSignIn;
  if (session.__typename === 'Refusal') return session;
  if (session.__typename !== 'Session') return 'internal';
  return { recoveryCodes: session.recoveryCodes, enter: () => accept(session) };
}

/** Refusals that end a session; others, such as a stopped directory, only delay it. */
const ENDED = new Set(['session.ended', 'access.signed-out']);

const RETRY_MS = 5_000;
let retry: ReturnType<typeof setTimeout> | undefined;

function waitForServer(why: 'network' | 'service'): void {
  setState({ status: 'unreachable', why });
  clearTimeout(retry);
  retry = setTimeout(() => void renewSession(), RETRY_MS);
}

let renewing: Promise<void> | null = null;

/**
 * A new access token by the cookie; one request however many ask for it. The pages of one browser take turns where it has
 * locks (over HTTPS or on this machine); elsewhere the directory bears with two that ask in the same half minute.
 */
export function renewSession(): Promise<void> {
  const turn = <T>(work: () => Promise<T>): Promise<T> =>
    navigator.locks ? navigator.locks.request('lokmin-session', work) : work();
  renewing ??= turn(async () => {
    const { data, error } = await door.mutation(RefreshSessionDocument, {}).toPromise();
    const result = data?.refreshSession;
    if (!result || (result.__typename === 'Refusal' && !ENDED.has(result.code))) {
      // Signed in and cut off is not signed out: what is on the screen stays, and the next request tries again.
      if (state.status === 'starting' || state.status === 'unreachable')
        waitForServer(!result && failureOf(error) === 'network' ? 'network' : 'service');
    } else if (result.__typename === 'Session') accept(result);
    else {
      token = null;
      setState({ status: 'out', ended: state.status === 'in' });
    }
  }).finally(() => {
    renewing = null;
  });
  return renewing;
}

export async function startSession(): Promise<void> {
  setState({ status: 'starting' });
  await renewSession();
}

/** Ends the session on all pages of this browser. @returns why it did not: then the cookie still stands, and so does the session */
export async function signOut(): Promise<Failure | null> {
  const { data, error } = await door.mutation(SignOutDocument, {}).toPromise();
  if (!data) return failureOf(error);
  if (data.signOut.__typename === 'Refusal') return data.signOut;
  token = null;
  setState({ status: 'out', ended: false });
  otherPages.postMessage('signed-out');
  return null;
}

/** The access token as it is, or null. */
export const accessToken = (): string | null => token?.text ?? null;
export const isTokenStale = (): boolean => token !== null && Date.now() >= token.staleAt;

/** The headers of a request outside the client of the pages: live updates, files. */
export async function authorization(): Promise<Record<string, string>> {
  if (!token || isTokenStale()) await renewSession();
  return token ? { authorization: `Bearer ${token.text}` } : {};
}
