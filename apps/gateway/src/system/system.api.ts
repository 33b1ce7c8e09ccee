import {
  globalId,
  OPERATING,
  parseGlobalId,
  invalidInput,
  problem,
  SERVICES,
  type AskReply,
  type ServiceName,
} from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from '@nestjs/graphql';
import { AuditService } from '../audit/audit.types.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { PagePart, Part, RefusalResult, resultUnion } from '../graphql/text.ts';

type Asks = (typeof OPERATING)[ServiceName];

@ObjectType({ description: 'How a service is. Null where it did not answer.' })
class SystemService extends Part {
  @Field(() => AuditService) service: ServiceName;
  @Field(() => Boolean, { nullable: true, description: 'It has all it needs, and takes work.' })
  ready?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'What it lacks to be ready, as its log names it.' })
  missing?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'Facts that are still to be published.' })
  unpublished?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Dead letters that wait, of the districts that the caller operates and of none.',
  })
  deadLetters?: number | null;
}

@ObjectType({ description: 'A fact that a service could not take, kept with the reason.' })
class DeadLetter {
  @Field(() => ID) id: string;
  @Field(() => Instant) at: string;
  @Field({ description: 'What should have reacted: the durable consumer.' }) reader: string;
  @Field({ description: 'Subject under which the fact came.' }) subject: string;
  @Field(() => ID, { nullable: true, description: 'Null when it cannot be read.' }) factId: string | null;
  @Field(() => String, { nullable: true, description: 'Null when the fact belongs to none.' })
  districtCode: string | null;
  @Field(() => Int) attempts: number;
  @Field({ description: 'Why, for whoever operates the system: in English, with the place in the code.' })
  reason: string;
  @Field(() => Instant, {
    nullable: true,
    description: 'When it was replayed; had that failed, another one has stood since.',
  })
  replayedAt: string | null;
}
@ObjectType()
class DeadLetterEdge {
  @Field() cursor: string;
  @Field(() => DeadLetter) node: DeadLetter;
}
@ObjectType()
class DeadLettersPart extends PagePart {
  @Field(() => [DeadLetter], { nullable: true }) nodes?: DeadLetter[] | null;
  @Field(() => [DeadLetterEdge], { nullable: true }) edges?: DeadLetterEdge[] | null;
}

@InputType()
class ReplayDeadLetterInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) deadLetter: string;
}
@ObjectType()
class DeadLetterReplayed {
  readonly __typename = 'DeadLetterReplayed';
  @Field({ description: 'False: it failed again, and a new dead letter says why.' }) succeeded: boolean;
}
const ReplayDeadLetterResult = resultUnion('ReplayDeadLetterResult', () => [DeadLetterReplayed]);

const shown =
  (service: ServiceName) =>
  ({ id, durable, ...rest }: AskReply<Asks['ListDeadLetters']>['items'][number]): DeadLetter => ({
    ...rest,
    id: globalId('DeadLetter', `${service}:${id}`),
    reader: durable,
  });

/** For those who operate the system. */
@Resolver()
export class SystemApi {
  constructor(private readonly services: Services) {}

  @Query(() => [SystemService], { description: 'How each service is, for administrators.' })
  @Extensions({ asks: SERVICES.length })
  system(@Context() context: RequestContext): Promise<SystemService[]> {
    return Promise.all(
      SERVICES.map(async (service) => {
        const { reply, ...part } = await this.services.part(
          context,
          this.services.query(context, OPERATING[service].Health, {}),
        );
        return { ...part, service, ...reply };
      }),
    );
  }

  @Query(() => DeadLettersPart, {
    description:
      'Facts that a service could not take, newest first, for administrators: of their districts, and of none.',
  })
  @Extensions({ asks: 1 })
  async deadLetters(
    @Args('service', { type: () => AuditService }) service: ServiceName,
    @Args('waiting', {
      type: () => Boolean,
      nullable: true,
      defaultValue: true,
      description: 'Only those that were not replayed.',
    })
    waiting: boolean | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<DeadLettersPart> {
    const { reply, ...part } = await this.services.part(
      context,
      readPage(
        { first: first ?? 50, after },
        (page) =>
          this.services.query(context, OPERATING[service].ListDeadLetters, {
            waiting: waiting ?? true,
            ...page,
          }),
        shown(service),
      ),
    );
    return { ...part, ...reply };
  }

  @Mutation(() => ReplayDeadLetterResult, {
    description: 'Has the service react to a dead letter again, now, when its cause was mended.',
  })
  replayDeadLetter(
    @Args('input') { commandId, deadLetter }: ReplayDeadLetterInput,
    @Context() context: RequestContext,
  ): Promise<DeadLetterReplayed | RefusalResult> {
    return orRefusal(async () => {
      const { service, id } = placeOf(deadLetter);
      const { succeeded } = await this.services.command(context, OPERATING[service].ReplayDeadLetter, {
        commandId,
        id,
      });
      return { __typename: 'DeadLetterReplayed', succeeded };
    });
  }
}

/** @throws Refusal `input.invalid` */
function placeOf(deadLetter: string): { service: ServiceName; id: string } {
  const parsed = parseGlobalId(deadLetter);
  const [name, id = ''] = parsed?.type === 'DeadLetter' ? parsed.key.split(':') : [];
  const service = SERVICES.find((known) => known === name);
  if (!service || !/^\d{1,18}$/.test(id))
    throw invalidInput(
      'deadLetter',
      problem('format.id', { thing: { id: 'peristiwa tertahan', en: 'a dead letter' } }),
    );
  return { service, id };
}
