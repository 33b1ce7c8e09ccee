import { period, problem, type Problem } from '@lokmin/contracts';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { z } from 'zod';

/** A scalar that is text of one form, in both directions: what does not fit is refused, nothing is bent to fit. */
function textScalar(
  name: string,
  description: string,
  fits: (text: string) => boolean,
  form: Problem,
): GraphQLScalarType<string, string> {
  const check = (value: unknown, nodes?: ValueNode): string => {
    if (typeof value === 'string' && fits(value)) return value;
    throw new GraphQLError(`${name} cannot be ${JSON.stringify(value)?.slice(0, 100)}: ${description}`, {
      ...(nodes ? { nodes } : {}),
      extensions: { code: 'BAD_USER_INPUT', problem: problem(form) },
    });
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => check(value),
    parseValue: (value) => check(value),
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : null, node),
  });
}

/** A pattern, not a `Date`: an overview has hundreds of instants. */
const isDay = (text: string): boolean => z.regexes.date.test(text);
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const YearMonth = textScalar(
  'YearMonth',
  'A reporting month, `2024-12`, of the years 1900-2199.',
  (text) => period.safeParse(text).success,
  'format.period',
);
export const Day = textScalar('Date', 'A calendar day, `2025-01-31`.', isDay, 'format.date');
export const Instant = textScalar(
  'DateTime',
  'An instant, ISO 8601 with offset, `2025-01-31T08:00:00+07:00`.',
  (text) => {
    const [, day] = INSTANT.exec(text) ?? [];
    return day !== undefined && isDay(day);
  },
  'format.datetime',
);
export const Decimal = textScalar(
  'Decimal',
  'An exact decimal as text with a point, `76.80`; never a float.',
  (text) => /^-?\d{1,30}(\.\d{1,30})?$/.test(text),
  'format.decimal',
);
