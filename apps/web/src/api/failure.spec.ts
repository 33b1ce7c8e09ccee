import { GraphQLError } from 'graphql';
import { failureOf } from './failure.ts';

describe('why something was not done', () => {
  it('is told in the words of the gateway', () => {
    const text = {
      id: 'Layanan directory sedang tidak menjawab.',
      en: 'The service directory does not answer.',
    };
    const error = new GraphQLError('', {
      extensions: { code: 'SERVICE_UNAVAILABLE', refusal: 'service.unavailable', text },
    });
    expect(failureOf({ graphQLErrors: [error] })).toEqual({
      code: 'service.unavailable',
      message: text,
      field: null,
    });
  });

  it('is the network when no answer came', () => {
    expect(failureOf({ networkError: new TypeError('Failed to fetch'), graphQLErrors: [] })).toBe('network');
  });

  it('is the server when it says nothing for a person', () => {
    expect(failureOf({ graphQLErrors: [new GraphQLError('Internal server error')] })).toBe('internal');
    expect(failureOf(undefined)).toBe('internal');
  });
});
