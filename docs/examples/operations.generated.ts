// Generated from docs/examples/*.graphql and the gateway's schema by `npm run generate`. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** State of the service behind a part of an answer. */
export type PartStatus =
  /** The posts of the caller do not reach so far. */
  | 'FORBIDDEN'
  /** It answered. With a message: it has nothing to show, and the message says why. */
  | 'OK'
  /** It answered with what it knew some time ago (`asOf`). */
  | 'STALE'
  /** It did not answer in time; the other parts stand. */
  | 'UNAVAILABLE';

export type SignInMutationVariables = Exact<{
  login: string;
  password: string;
}>;

export type SignInMutation = {
  signIn:
    | { __typename: 'Refusal'; code: string; message: { id: string; en: string } }
    | { __typename: 'SecondStep'; challenge: string }
    | { __typename: 'Session'; accessToken: string };
};

export type CompleteSignInMutationVariables = Exact<{
  challenge: string;
  code: string;
}>;

export type CompleteSignInMutation = {
  completeSignIn:
    | { __typename: 'Refusal'; code: string; message: { id: string; en: string } }
    | { __typename: 'SecondStep' }
    | { __typename: 'Session'; accessToken: string };
};

export type SignInServiceMutationVariables = Exact<{
  login: string;
  secret: string;
}>;

export type SignInServiceMutation = {
  signInService:
    | { __typename: 'Refusal'; code: string; message: { id: string; en: string } }
    | { __typename: 'ServiceSession'; accessToken: string };
};

export type DistrictQueryVariables = Exact<{
  code: string;
  period: string;
  indicator: string;
}>;

export type DistrictQuery = {
  district: {
    indicator: {
      status: PartStatus;
      numerator: string | null;
      denominator: string | null;
      coverage: string | null;
      message: { en: string } | null;
    };
    overview: {
      indicators: {
        status: PartStatus;
        asOf: string | null;
        districtName: string | null;
        submitted: number | null;
        expected: number | null;
        message: { en: string } | null;
      };
      rows: Array<{
        openActions: number | null;
        overdueActions: number | null;
        puskesmas: { code: string; name: string };
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number } | null;
      }>;
    };
  } | null;
};

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($login: String!, $password: String!) {
  signIn(login: $login, password: $password) {
    __typename
    ... on Session {
      accessToken
    }
    ... on SecondStep {
      challenge
    }
    ... on Refusal {
      code
      message {
        id
        en
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const CompleteSignInDocument = new TypedDocumentString(`
    mutation CompleteSignIn($challenge: String!, $code: String!) {
  completeSignIn(challenge: $challenge, code: $code) {
    __typename
    ... on Session {
      accessToken
    }
    ... on Refusal {
      code
      message {
        id
        en
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteSignInMutation, CompleteSignInMutationVariables>;
export const SignInServiceDocument = new TypedDocumentString(`
    mutation SignInService($login: String!, $secret: String!) {
  signInService(login: $login, secret: $secret) {
    __typename
    ... on ServiceSession {
      accessToken
    }
    ... on Refusal {
      code
      message {
        id
        en
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SignInServiceMutation, SignInServiceMutationVariables>;
export const DistrictDocument = new TypedDocumentString(`
    query District($code: String!, $period: YearMonth!, $indicator: String!) {
  district(code: $code) {
    indicator(code: $indicator, period: $period) {
      status
      message {
        en
      }
      numerator
      denominator
      coverage
    }
    overview(period: $period) {
      indicators {
        status
        message {
          en
        }
        asOf
        districtName
        submitted
        expected
      }
      rows {
        puskesmas {
          code
          name
        }
        tally {
          baik
          cukup
          kurang
          tanpaTarget
          tanpaData
        }
        openActions
        overdueActions
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DistrictQuery, DistrictQueryVariables>;
