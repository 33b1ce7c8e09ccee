import { parseValue } from 'graphql';
import { Day, Decimal, Instant, YearMonth } from './scalars.ts';
import { languageOf } from './text.ts';

describe('strict scalars', () => {
  it.each([
    [YearMonth, '2024-12'],
    [Day, '2024-02-29'],
    [Day, '2000-02-29'],
    [Day, '2025-12-31'],
    [Instant, '2025-01-31T08:00:00+07:00'],
    [Instant, '2025-01-31T01:00:00.123Z'],
    [Decimal, '76.80'],
    [Decimal, '-0.5'],
    [Decimal, '123456789012345678901234567890'],
  ])('%s takes %s as it is', (scalar, text) => {
    expect(scalar.parseValue(text)).toBe(text);
    expect(scalar.serialize(text)).toBe(text);
    expect(scalar.parseLiteral(parseValue(JSON.stringify(text)))).toBe(text);
  });

  it.each([
    [YearMonth, '2024-13'],
    [YearMonth, '2024-1'],
    [YearMonth, 202412],
    [Day, '2023-02-29'],
    [Day, '1900-02-29'],
    [Day, '2025-04-31'],
    [Day, '2025-00-10'],
    [Day, '2025-13-01'],
    [Day, '2025-01-00'],
    [Day, '2025-01-31T00:00:00Z'],
    [Instant, '2025-01-31'],
    [Instant, '2025-01-31T08:00:00'],
    [Instant, '2025-02-30T08:00:00Z'],
    [Instant, '2025-01-31T24:00:00Z'],
    [Decimal, '1,5'],
    [Decimal, '1e3'],
    [Decimal, '#DIV/0!'],
    [Decimal, 1.5],
    [Decimal, ' 1'],
    [Decimal, null],
  ])('%s refuses %j', (scalar, value) => {
    expect(() => scalar.parseValue(value)).toThrow(`${scalar.name} cannot be`);
    expect(() => scalar.parseLiteral(parseValue(JSON.stringify(value)))).toThrow(`${scalar.name} cannot be`);
    expect(() => scalar.serialize(value)).toThrow();
  });
});

it.each([
  [undefined, 'id'],
  ['*', 'id'],
  ['en-GB,en;q=0.9,id;q=0.8', 'en'],
  ['id-ID,id;q=0.9,en;q=0.8', 'id'],
  ['fr', 'id'],
  ['en', 'en'],
])('a client that prefers %s reads %s', (accept, language) => {
  expect(languageOf(accept)).toBe(language);
});
