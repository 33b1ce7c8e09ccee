import { globalId, ListDeliveries, SendAgain, type AskReply } from '@lokmin/contracts';
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
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { PagePart, RefusalResult, resultUnion } from '../graphql/text.ts';

export enum DeliveryStatus {
  QUEUED = 'queued',
  SENDING = 'sending',
  SENT = 'sent',
  FAILED = 'failed',
  UNCERTAIN = 'uncertain',
  SKIPPED = 'skipped',
}
registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'What became of a mail.',
  valuesMap: {
    UNCERTAIN: { description: 'The mail server may have taken it; it is not sent again by itself.' },
    SKIPPED: { description: 'None went out; `skipReason` says why.' },
  },
});

@ObjectType({ description: 'A mail: about one message, or the digest of a person and day.' })
export class Delivery {
  @Field(() => ID) id: string;
  @Field({ description: '`message` or `digest`.' }) kind: string;
  @Field(() => DeliveryStatus) status: DeliveryStatus;
  @Field() personName: string;
  @Field(() => String, { nullable: true }) unitName: string | null;
  @Field() subject: string;
  @Field(() => String, { nullable: true, description: 'As it was used; null before the first attempt.' })
  address: string | null;
  @Field(() => Int) attempts: number;
  @Field(() => Instant) queuedAt: string;
  @Field(() => Instant, { nullable: true }) nextAttemptAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'When it was sent, failed or given up.' })
  settledAt: string | null;
  @Field(() => String, {
    nullable: true,
    description: '`no-smtp`, `no-address`, `address-refused`, `inactive`, `off`, `read` or `superseded`.',
  })
  skipReason: string | null;
  @Field(() => String, { nullable: true, description: 'Last word of the mail server.' })
  lastError: string | null;
  @Field() rfcMessageId: string;
  @Field() mayBeSentAgain: boolean;
}
@ObjectType()
export class DeliveryEdge {
  @Field() cursor: string;
  @Field(() => Delivery) node: Delivery;
}
@ObjectType()
export class DeliveriesPart extends PagePart {
  @Field(() => [Delivery], { nullable: true }) nodes?: Delivery[] | null;
  @Field(() => [DeliveryEdge], { nullable: true }) edges?: DeliveryEdge[] | null;
}

@InputType()
class SendAgainInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) delivery: string;
}
@ObjectType()
class QueuedAgain {
  readonly __typename = 'QueuedAgain';
  @Field(() => Delivery) delivery: Delivery;
}
const SendAgainResult = resultUnion('SendAgainResult', () => [QueuedAgain]);

const shown = ({ deliveryId, status, ...rest }: AskReply<typeof SendAgain>): Delivery => ({
  ...rest,
  id: globalId('Delivery', deliveryId),
  status: status as DeliveryStatus,
});

@Resolver(() => Delivery)
export class DeliveryApi {
  constructor(private readonly services: Services) {}

  @Query(() => DeliveriesPart, { description: 'Mails of a district, newest first, for its administrators.' })
  @Extensions({ asks: 1 })
  async deliveries(
    @Args('district') district: string,
    @Args('status', { type: () => DeliveryStatus, nullable: true }) status: DeliveryStatus | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<DeliveriesPart> {
    const districtCode = parseDistrictCode(district, 'district');
    const { reply, ...part } = await this.services.part(
      context,
      readPage(
        { first: first ?? 50, after },
        (page) =>
          this.services.query(context, ListDeliveries, { districtCode, status: status ?? null, ...page }),
        shown,
      ),
    );
    return { ...part, ...reply };
  }

  @Mutation(() => SendAgainResult, {
    description:
      'Queues a mail again that failed, is uncertain or could not go out; an uncertain one may arrive twice.',
  })
  sendAgain(
    @Args('input') { commandId, delivery }: SendAgainInput,
    @Context() context: RequestContext,
  ): Promise<QueuedAgain | RefusalResult> {
    return orRefusal(async () => {
      const deliveryId = keyOf('Delivery', delivery, 'delivery');
      const reply = await this.services.command(context, SendAgain, { commandId, deliveryId });
      return { __typename: 'QueuedAgain', delivery: shown(reply) };
    });
  }
}
