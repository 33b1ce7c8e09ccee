import {
  createUnionType,
  Field,
  InterfaceType,
  ObjectType,
  ID,
  Int,
  registerEnumType,
} from '@nestjs/graphql';
import { detailIn, type RefusalData } from '@lokmin/contracts';

@ObjectType({ description: 'A text that a person reads, Indonesian (`id`) and English.' })
export class Text {
  @Field() id: string;
  @Field() en: string;
}

export type Language = keyof Text;

/** The language for the places that have room for one: Indonesian, unless the client prefers English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage) return 'id';
  const weight = (language: string) =>
    Math.max(
      0,
      ...acceptLanguage
        .slice(0, 200)
        .split(',')
        .map((part) => /^\s*([a-z]{2})(?:-[\w-]+)?(?:\s*;\s*q=([\d.]+))?\s*$/i.exec(part))
        .filter((match) => match?.[1]?.toLowerCase() === language)
        .map((match) => Number(match?.[2] ?? 1)),
    );
  return weight('en') > weight('id') ? 'en' : 'id';
}

@InterfaceType({
  description: 'A thing with an opaque id; `node` finds it again.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID) id: string;
}

export enum PartStatus {
  OK = 'OK',
  STALE = 'STALE',
  UNAVAILABLE = 'UNAVAILABLE',
  FORBIDDEN = 'FORBIDDEN',
}
registerEnumType(PartStatus, {
  name: 'PartStatus',
  description: 'State of the service behind a part of an answer.',
  valuesMap: {
    OK: { description: 'It answered. With a message: it has nothing to show, and the message says why.' },
    STALE: { description: 'It answered with what it knew some time ago (`asOf`).' },
    UNAVAILABLE: { description: 'It did not answer in time; the other parts stand.' },
    FORBIDDEN: { description: 'The posts of the caller do not reach so far.' },
  },
});

/** What every part says of the service behind it. */
@ObjectType({ isAbstract: true })
export abstract class Part {
  @Field(() => PartStatus) status: PartStatus;
  @Field(() => Text, { nullable: true, description: 'What is wrong, for a person to read.' })
  message?: Text | null;
}

@ObjectType()
export class Detail {
  @Field() name: string;
  @Field() value: string;
}

@ObjectType('Refusal', { description: 'An expected failure: what, where and what to do, in both languages.' })
export class RefusalResult {
  readonly __typename = 'Refusal';
  @Field({ description: 'One of a closed list, for example `revision.stale`.' })
  code: string;
  @Field(() => Text) message: Text;
  @Field(() => String, { nullable: true, description: 'Path of the input field that it is about.' })
  field: string | null;
  @Field(() => [Detail]) details: Detail[];

  constructor({ code, message, field, details }: RefusalData) {
    this.code = code;
    this.message = message;
    this.field = field;
    this.details = Object.entries(details)
      .filter(([name]) => code !== 'access.signed-out' || name !== 'reason') // why a token is bad helps only a forger
      .map(([name, value]) => ({
        name,
        value: name === 'service' ? String(value) : detailIn('id', name, value), // a service by the name of its part
      }));
  }
}

type Outcome = new () => { readonly __typename: string };

/** What a mutation answers: one of its outcomes, or a refusal. */
export const resultUnion = <const Outcomes extends readonly Outcome[]>(
  name: string,
  outcomes: () => Outcomes,
) =>
  createUnionType({
    name,
    types: () => [...outcomes(), RefusalResult] as const,
    resolveType: ({ __typename }: { __typename: string }) => __typename,
  });

@ObjectType()
export class PageInfo {
  @Field() hasNextPage: boolean;
  @Field(() => String, { nullable: true, description: '`after` of the next page; null at the end.' })
  endCursor: string | null;
}

@ObjectType({ isAbstract: true })
export abstract class PagePart extends Part {
  @Field(() => PageInfo, { nullable: true }) pageInfo?: PageInfo | null;
  @Field(() => Int, { nullable: true }) totalCount?: number | null;
}
