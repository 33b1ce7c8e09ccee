import { parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { withoutSuggestions } from './complaints.ts';
import { limitRules, MAX_ASKS, MAX_TOKENS } from './limits.ts';
import { OPERATIONS } from './operations.generated.ts';
import { RESOLVERS } from '../schema.ts';

describe('limits of an operation', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
    schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS);
    await app.close();
  });
  const problems = (text: string) =>
    validate(schema, parse(text, { maxTokens: 20_000 }), [...specifiedRules, ...limitRules()]).map(
      ({ message }) => message,
    );
  const refuses = (text: string, why: RegExp) => {
    const found = problems(text);
    expect(found.join('\n')).toMatch(why);
  };

  it('leave room for everything that the browser application asks', () => {
    for (const text of Object.values(OPERATIONS)) {
      parse(text, { maxTokens: MAX_TOKENS });
      expect([text, problems(text)]).toEqual([text, []]);
    }
  });

  it('hold against depth', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `puskesmas { actions(first: 1) { nodes { ${deep(levels - 1)} } } }`;
    refuses(`{ action(id: "x") { ${deep(5)} } }`, /depth limit/i);
  });

  it('hold against many aliases', () => {
    const aliases = Array.from({ length: 20 }, (_, i) => `a${i}: viewer { id }`).join(' ');
    refuses(`{ ${aliases} }`, /Aliases limit/);
  });

  it('hold against many directives', () => {
    refuses(`{ viewer { id ${'@include(if: true) '.repeat(30)} } }`, /Directives limit/);
  });

  it.each([
    [
      'below a list',
      '{ district(code: "19.06") { overview(period: "2024-12") { rows { puskesmas { results(period: "2024-12") { status } } } } } }',
    ],
    [
      'in a fragment below a list',
      'query { viewer { id myActions { nodes { ...A } } } } fragment A on Action { history { at } }',
    ],
    [
      'in an inline fragment',
      '{ viewer { myActions { edges { node { ... on Action { history { at } } } } } } }',
    ],
    [
      'side by side',
      `{ ${Array.from({ length: 7 }, (_, i) => `d${i}: district(code: "19.06") { overview(period: "2024-0${i + 1}") { period } }`).join(' ')} }`,
    ],
  ])('hold against many requests to services: %s', (_what, text) => {
    refuses(text, new RegExp(`more than ${MAX_ASKS} times`));
  });

  it('end at fragments that contain each other', () => {
    refuses('{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }', /itself/);
  });
});

it('names near a wrong one are not told', () => {
  expect(withoutSuggestions('Cannot query field "distric" on type "Query". Did you mean "district"?')).toBe(
    'Cannot query field "distric" on type "Query".',
  );
});
