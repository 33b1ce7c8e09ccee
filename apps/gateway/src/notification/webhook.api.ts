import {
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  globalId,
  ListSendings,
  Resend,
  RotateWebhookSecret,
  SENT_TYPES,
  TestWebhook,
  Webhooks,
  type AskReply,
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
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { Public } from '../access/guard.ts';
import { parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { PagePart, Part, RefusalResult, resultUnion } from '../graphql/text.ts';

export enum WebhookSendingStatus {
  QUEUED = 'queued',
  DELIVERED = 'delivered',
  FAILED = 'failed',
}
registerEnumType(WebhookSendingStatus, {
  name: 'WebhookSendingStatus',
  description: 'What became of a fact on its way to a webhook.',
  valuesMap: {
    QUEUED: { description: 'It waits for its first or next attempt.' },
    DELIVERED: { description: 'Its receiver answered with a status of 200-299.' },
    FAILED: { description: 'A day of trying is over; it is sent again when somebody says so.' },
  },
});

@ObjectType({ description: 'A fact on its way to a webhook.' })
class WebhookSending {
  @Field(() => ID) id: string;
  @Field({ description: 'Id of the fact, and of the request (`webhook-id`): the same in every attempt.' })
  factId: string;
  @Field() type: string;
  @Field(() => String, { nullable: true }) unitName: string | null;
  @Field(() => WebhookSendingStatus) status: WebhookSendingStatus;
  @Field(() => Int) attempts: number;
  @Field(() => Instant) queuedAt: string;
  @Field(() => Instant, { nullable: true, description: 'Null when it waits for nothing.' })
  nextAttemptAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'When it was taken or given up.' })
  settledAt: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the last answer; null when there was none.',
  })
  lastStatus: number | null;
  @Field(() => String, { nullable: true, description: 'What was wrong with the last attempt.' })
  lastError: string | null;
}
@ObjectType()
class WebhookSendingEdge {
  @Field() cursor: string;
  @Field(() => WebhookSending) node: WebhookSending;
}
@ObjectType()
class WebhookSendingsPart extends PagePart {
  @Field(() => [WebhookSending], { nullable: true }) nodes?: WebhookSending[] | null;
  @Field(() => [WebhookSendingEdge], { nullable: true }) edges?: WebhookSendingEdge[] | null;
}

@ObjectType()
class WebhookPuskesmas {
  @Field() code: string;
  @Field() name: string;
}
@ObjectType({ description: 'Another system that has facts of a district sent to it.' })
class Webhook {
  @Field(() => ID) id: string;
  @Field(() => Int) revision: number;
  @Field() name: string;
  @Field({ description: 'Where facts are sent, by POST.' }) url: string;
  @Field(() => [String], { description: 'Types of the facts, as facts.asyncapi.json has them.' })
  types: string[];
  @Field(() => [WebhookPuskesmas], { nullable: true, description: 'Null: all puskesmas of the district.' })
  puskesmas: WebhookPuskesmas[] | null;
  @Field({ description: 'False: what is to be sent waits.' }) enabled: boolean;
  @Field(() => Instant, {
    nullable: true,
    description: 'Until when the secret from before the last rotation signs too.',
  })
  formerSecretUntil: string | null;
  @Field(() => Int, { description: 'Facts that wait for an attempt.' }) queued: number;
  @Field(() => Int, { description: 'Facts that were given up, of the last 30 days.' }) failed: number;
  @Field(() => Instant, { nullable: true }) lastDeliveredAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'Null when the last attempt succeeded.' })
  failingSince: string | null;
}
@ObjectType()
class WebhooksPart extends Part {
  @Field(() => [Webhook], { nullable: true }) nodes?: Webhook[] | null;
}

@InputType()
class CreateWebhookInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field() name: string;
  @Field({ description: 'https, or http for hosts that the operator listed.' }) url: string;
  @Field(() => [String]) types: string[];
  @Field(() => [String], {
    nullable: true,
    description: 'Registration numbers; left out: the whole district.',
  })
  puskesmas?: string[] | null;
}
@InputType({ isAbstract: true })
class WebhookInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) webhook: string;
}
@InputType({ isAbstract: true })
class WebhookRevisionInput extends WebhookInput {
  @Field(() => Int) expectedRevision: number;
}
@InputType()
class ChangeWebhookInput extends WebhookRevisionInput {
  @Field() name: string;
  @Field() url: string;
  @Field(() => [String]) types: string[];
  @Field(() => [String], {
    nullable: true,
    description: 'Registration numbers; left out: the whole district.',
  })
  puskesmas?: string[] | null;
  @Field() enabled: boolean;
}
@InputType()
class RotateWebhookSecretInput extends WebhookRevisionInput {}
@InputType()
class DeleteWebhookInput extends WebhookRevisionInput {}
@InputType()
class TestWebhookInput extends WebhookInput {}
@InputType()
class ResendToWebhookInput extends WebhookInput {
  @Field(() => ID, { nullable: true, description: 'Left out: everything that failed.' }) sending?:
    string | null;
}

@ObjectType()
class WebhookWithSecret {
  readonly __typename = 'WebhookWithSecret';
  @Field(() => Webhook) webhook: Webhook;
  @Field({ description: 'For the receiver, to check signatures with (`whsec_...`). It is told only here.' })
  secret: string;
}
@ObjectType()
class WebhookChanged {
  readonly __typename = 'WebhookChanged';
  @Field(() => Webhook) webhook: Webhook;
}
@ObjectType()
class WebhookDeleted {
  readonly __typename = 'WebhookDeleted';
  @Field(() => ID) id: string;
}
@ObjectType()
class WebhookTested {
  readonly __typename = 'WebhookTested';
  @Field(() => WebhookSending) sending: WebhookSending;
}
@ObjectType()
class ResentToWebhook {
  readonly __typename = 'ResentToWebhook';
  @Field(() => Int, { description: 'How many facts were queued again.' }) queued: number;
}
const WebhookSecretResult = resultUnion('WebhookSecretResult', () => [WebhookWithSecret]);
const ChangeWebhookResult = resultUnion('ChangeWebhookResult', () => [WebhookChanged]);
const DeleteWebhookResult = resultUnion('DeleteWebhookResult', () => [WebhookDeleted]);
const TestWebhookResult = resultUnion('TestWebhookResult', () => [WebhookTested]);
const ResendToWebhookResult = resultUnion('ResendToWebhookResult', () => [ResentToWebhook]);

const shown = ({ webhookId, units, ...rest }: AskReply<typeof ChangeWebhook>): Webhook => ({
  ...rest,
  id: globalId('Webhook', webhookId),
  puskesmas: units?.map(({ code, name }) => ({ code, name })) ?? null,
});
const sendingShown = ({ sendingId, status, ...rest }: AskReply<typeof TestWebhook>): WebhookSending => ({
  ...rest,
  id: globalId('WebhookSending', sendingId),
  status: status as WebhookSendingStatus,
});
const keyed = <Input extends WebhookInput>({ webhook, ...rest }: Input) => ({
  ...rest,
  webhookId: keyOf('Webhook', webhook, 'webhook'),
});

@Resolver(() => Webhook)
export class WebhookApi {
  constructor(private readonly services: Services) {}

  @Query(() => WebhooksPart, { description: 'Webhooks of a district, for its administrators.' })
  @Extensions({ asks: 1 })
  async webhooks(
    @Args('district') district: string,
    @Context() context: RequestContext,
  ): Promise<WebhooksPart> {
    const districtCode = parseDistrictCode(district, 'district');
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, Webhooks, { districtCode }),
    );
    return { ...part, nodes: reply?.items.map(shown) };
  }

  @Public() // the catalogue of facts is
  @Query(() => [String], { description: 'The types of facts that a webhook may choose.' })
  webhookTypes(): readonly string[] {
    return SENT_TYPES;
  }

  @Query(() => WebhookSendingsPart, {
    description: 'What was and is to be sent to a webhook, newest first; kept for 30 days.',
  })
  @Extensions({ asks: 1 })
  async webhookSendings(
    @Args('webhook', { type: () => ID }) webhook: string,
    @Args('status', { type: () => WebhookSendingStatus, nullable: true }) status: WebhookSendingStatus | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<WebhookSendingsPart> {
    const { reply, ...part } = await this.services.part(
      context,
      (async () => {
        const asked = { webhookId: keyOf('Webhook', webhook, 'webhook'), status: status ?? null };
        return readPage(
          { first: first ?? 50, after },
          (page) => this.services.query(context, ListSendings, { ...asked, ...page }),
          sendingShown,
        );
      })(),
    );
    return { ...part, ...reply };
  }

  @Mutation(() => WebhookSecretResult, { description: 'Has facts sent to another system, from now on.' })
  createWebhook(
    @Args('input') { district, puskesmas, ...rest }: CreateWebhookInput,
    @Context() context: RequestContext,
  ): Promise<WebhookWithSecret | RefusalResult> {
    return orRefusal(async () => {
      const districtCode = parseDistrictCode(district, 'district');
      const input = { ...rest, districtCode, unitCodes: puskesmas ?? null };
      const { webhook, secret } = await this.services.command(context, CreateWebhook, input);
      return { __typename: 'WebhookWithSecret', webhook: shown(webhook), secret };
    });
  }

  @Mutation(() => ChangeWebhookResult, {
    description: 'Changes what is sent where, or holds a webhook; what waits is sent when it goes on.',
  })
  changeWebhook(
    @Args('input') { puskesmas, ...rest }: ChangeWebhookInput,
    @Context() context: RequestContext,
  ): Promise<WebhookChanged | RefusalResult> {
    return orRefusal(async () => {
      const input = { ...keyed(rest), unitCodes: puskesmas ?? null };
      const webhook = await this.services.command(context, ChangeWebhook, input);
      return { __typename: 'WebhookChanged', webhook: shown(webhook) };
    });
  }

  @Mutation(() => WebhookSecretResult, {
    description: 'Makes a new secret; for a day the former one signs beside it.',
  })
  rotateWebhookSecret(
    @Args('input') input: RotateWebhookSecretInput,
    @Context() context: RequestContext,
  ): Promise<WebhookWithSecret | RefusalResult> {
    return orRefusal(async () => {
      const { webhook, secret } = await this.services.command(context, RotateWebhookSecret, keyed(input));
      return { __typename: 'WebhookWithSecret', webhook: shown(webhook), secret };
    });
  }

  @Mutation(() => DeleteWebhookResult, {
    description: 'Ends a webhook; what still waits is dropped with the log of it.',
  })
  deleteWebhook(
    @Args('input') input: DeleteWebhookInput,
    @Context() context: RequestContext,
  ): Promise<WebhookDeleted | RefusalResult> {
    return orRefusal(async () => {
      await this.services.command(context, DeleteWebhook, keyed(input));
      return { __typename: 'WebhookDeleted', id: input.webhook };
    });
  }

  @Mutation(() => TestWebhookResult, {
    description: 'Sends a request without content of the district, to see whether it arrives.',
  })
  testWebhook(
    @Args('input') input: TestWebhookInput,
    @Context() context: RequestContext,
  ): Promise<WebhookTested | RefusalResult> {
    return orRefusal(async () => {
      const sending = await this.services.command(context, TestWebhook, keyed(input));
      return { __typename: 'WebhookTested', sending: sendingShown(sending) };
    });
  }

  @Mutation(() => ResendToWebhookResult, {
    description: 'Sends again: one fact, or everything that failed. The ids of the requests stay.',
  })
  resendToWebhook(
    @Args('input') { sending, ...rest }: ResendToWebhookInput,
    @Context() context: RequestContext,
  ): Promise<ResentToWebhook | RefusalResult> {
    return orRefusal(async () => {
      const sendingId = sending ? keyOf('WebhookSending', sending, 'sending') : null;
      const { queued } = await this.services.command(context, Resend, { ...keyed(rest), sendingId });
      return { __typename: 'ResentToWebhook', queued };
    });
  }
}
