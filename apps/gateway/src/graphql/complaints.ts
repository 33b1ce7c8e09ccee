import { invalidInput, problem, Refusal, type Problem, type Text } from '@lokmin/contracts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What is wrong with a request as such, before any resolver saw it. Resolvers' own errors bring their texts along. */
export type Complaint = (error: Error, place: Text) => Refusal;

const WHOLE: Text = { id: 'permintaan ini', en: 'this request' };

/** Names of the schema are not given away by guessing near them. */
export const withoutSuggestions = (message: string): string => message.replace(/ ?Did you mean .+\?/gs, '');

/** By the code that the server gives its errors. */
const COMPLAINTS: Record<string, Complaint> = {
  GRAPHQL_PARSE_FAILED: ({ message }, place) =>
    /tokens\. Parsing aborted/.test(message)
      ? new Refusal('request.too-large')
      : new Refusal('request.syntax', { place }),
  GRAPHQL_VALIDATION_FAILED: (error, place) => {
    const wrong = wrongValue(reasonOf(error));
    return wrong ? wrongInput([], wrong, place) : new Refusal('request.not-in-schema', { place });
  },
  OPERATION_RESOLUTION_FAILURE: () => new Refusal('request.unknown-operation'),
  BAD_USER_INPUT: (error, place) => {
    const { variable, path, reason } = variableOf(error);
    return wrongInput(path, wrongValue(reason) ?? { problem: problem('other') }, variable ?? place);
  },
  BAD_REQUEST: ({ message }) =>
    new Refusal(/batching/i.test(message) ? 'request.batched' : 'request.unreadable'),
  PERSISTED_QUERY_NOT_SUPPORTED: () => new Refusal('request.unreadable'),
};

/** True for a code whose errors a client may see. */
export const isComplaint = (code: string): boolean => Object.hasOwn(COMPLAINTS, code);

/**
 * Says in both languages what the GraphQL server says in English, for programmers.
 * @param code one of those that `isComplaint` knows
 */
export function complain(code: string, error: Error, { locations }: GraphQLFormattedError): Refusal {
  const [at] = locations ?? [];
  const place = at
    ? { id: `baris ${at.line}, kolom ${at.column}`, en: `line ${at.line}, column ${at.column}` }
    : WHOLE;
  return COMPLAINTS[code]!(error, place);
}

interface WrongValue {
  readonly problem: Text;
  /** Of the part that it is about, where the reason names one. */
  readonly name?: string | undefined;
}

/** The words of `graphql` for values that do not fit, and ours. */
const VALUES: readonly [RegExp, Problem][] = [
  [/^Int cannot represent non 32-bit signed integer value: -/, 'too-small'],
  [/^Int cannot represent non 32-bit signed integer value: /, 'too-large'],
  [/^Int cannot represent /, 'wrong-type.whole'],
  [/^Float cannot represent /, 'wrong-type.number'],
  [/^(String|ID) cannot represent /, 'wrong-type.text'],
  [/^Boolean cannot represent /, 'wrong-type.truth'],
  [/^Value ".*" does not exist in "(?<type>\w+)" enum\./s, 'wrong-choice.of-type'],
  [/^Enum "(?<type>\w+)" cannot represent /, 'wrong-choice.of-type'],
  [/^Expected (?:value of )?(?:non-nullable )?type "[^"]+"(?: not to be null|, found null)\./, 'missing'],
  [/^Expected type "\w+" to be an object\./, 'wrong-type.parts'],
  [/^Field "(?:\w+\.)?(?<name>\w+)" of required type .* was not provided\./, 'missing'],
  [/^Field "(?<name>\w+)" is not defined by type /, 'unknown-field'],
  [/^Variable ".+" of (?:required|non-null) type /, 'missing'],
];
const LARGEST = 2 ** 31 - 1;

/** What a value has against it; null for what is not about a value. */
function wrongValue(reason: Error): WrongValue | null {
  const ours = (reason as Partial<GraphQLError>).extensions?.['problem'] as Text | undefined;
  if (ours) return { problem: ours };
  for (const [pattern, name] of VALUES) {
    const found = pattern.exec(reason.message);
    if (!found) continue;
    const n = name === 'too-small' ? -LARGEST - 1 : LARGEST;
    return {
      problem: problem(name, { n, type: found.groups?.['type'] ?? '' }),
      name: found.groups?.['name'],
    };
  }
  return null;
}

/**
 * Names the field as refusals of commands do, without the `input` around it.
 * @param otherwise the variable, or the place in the operation, where no field is named
 */
function wrongInput(
  path: readonly string[],
  { problem, name }: WrongValue,
  otherwise: string | Text,
): Refusal {
  const field = [...path, ...(name ? [name] : [])].join('.');
  if (field !== '') return invalidInput(field, problem);
  return typeof otherwise === 'string'
    ? invalidInput(otherwise, problem)
    : new Refusal('input.invalid', { field: otherwise, problem });
}

/** The innermost reason: errors of values come wrapped in those of their variables. */
const reasonOf = (error: Error): Error => {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  return inner instanceof GraphQLError ? reasonOf(inner) : error;
};

/** Which variable an error is about, and why: `Variable "$input" got invalid value 1 at "input.title"; <reason>`. */
function variableOf(error: Error): { variable: string | null; path: string[]; reason: Error } {
  const reason = reasonOf(error);
  const [, variable] = /^Variable "\$(\w+)"/.exec(error.message) ?? [];
  if (!variable) return { variable: null, path: [], reason };
  const before = error.message.slice(0, -`; ${reason.message}`.length);
  const [, at = variable] = / at "([^"]+)"$/.exec(before) ?? [];
  const [, ...within] = at.split(/[.[\]]+/).filter((part) => part !== '');
  return { variable, path: /^\d/.test(within[0] ?? '') ? [variable, ...within] : within, reason };
}
