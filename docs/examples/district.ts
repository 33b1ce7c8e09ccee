/**
 * The same as district.sh with a typed client: what is asked and what comes back are checked by the compiler.
 *
 *   LOKMIN_ADDRESS=http://127.0.0.1:4000 LOKMIN_LOGIN=dinas LOKMIN_PASSWORD=... node docs/examples/district.ts [district] [period] [indicator]
 *
 * `operations.generated.ts` is made from district.graphql and the schema, here by `npm run generate`.
 */
import {
  CompleteSignInDocument,
  DistrictDocument,
  SignInDocument,
  type TypedDocumentString,
} from './operations.generated.ts';

const { LOKMIN_ADDRESS: address, LOKMIN_LOGIN: login, LOKMIN_PASSWORD: password } = process.env;
/** Of the second factor, where the account has one. */
const { LOKMIN_CODE: secondCode = '' } = process.env;
const [code = '19.06', period = '2024-12', indicator = 'KIA-K1'] = process.argv.slice(2);
if (!address || !login || !password) throw new Error('Set LOKMIN_ADDRESS, LOKMIN_LOGIN and LOKMIN_PASSWORD.');

let token = '';

/** @throws Error when the request is wrong as a whole, or nothing answers */
async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  if (errors || !data) throw new Error(errors?.[0]?.message ?? `The gateway answered ${response.status}.`);
  return data;
}

const { signIn } = await ask(SignInDocument, { login, password });
const signedIn =
  signIn.__typename === 'SecondStep'
    ? (await ask(CompleteSignInDocument, { challenge: signIn.challenge, code: secondCode })).completeSignIn
    : signIn;
if (signedIn.__typename === 'Refusal') throw new Error(`${signedIn.code}: ${signedIn.message.en}`);
if (signedIn.__typename !== 'Session') throw new Error('The sign-in asks for one more step.');
token = signedIn.accessToken;

const { district } = await ask(DistrictDocument, { code, period, indicator });
if (!district) throw new Error('There is no such district.');
const { overview, indicator: one } = district;
for (const part of [overview.indicators, one])
  if (part.status !== 'OK') throw new Error(part.message?.en ?? part.status);

console.table(
  Object.fromEntries(
    overview.rows.map(({ puskesmas, tally, openActions, overdueActions }) => [
      puskesmas.name,
      { ...tally, openActions, overdueActions },
    ]),
  ),
);
const { submitted, expected } = overview.indicators;
// Decimals come as text, exact; nothing here computes with them.
console.log(
  `${submitted} of ${expected} submitted; ${indicator}: ` +
    (one.coverage === null ? 'no value' : `${one.numerator} / ${one.denominator} = ${one.coverage} %`),
);
