import { globalId, Inbox, ListActions, MarkRead, Viewer as AskViewer } from '@lokmin/contracts';
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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Caller } from '../access/tokens.ts';
import { Public } from '../access/guard.ts';
import { Action, ActionsPart, ActionStatus } from '../action/action.types.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal, signedOut } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Node, PagePart, RefusalResult, resultUnion, Text } from '../graphql/text.ts';
import { CoachingGroup } from '../district/coaching-group.api.ts';
import { Puskesmas, Role, toRole } from '../puskesmas/puskesmas.types.ts';

@ObjectType({ description: 'What the person is, where; services decide by it what the person may do.' })
export class Post {
  @Field() title: string;
  @Field(() => Role) role: Role;
  @Field(() => String, { nullable: true, description: 'The programme it is responsible for; null: all.' })
  program: string | null;
  @Field(() => Puskesmas, { nullable: true, description: 'Null for a post in the district office.' })
  puskesmas: Puskesmas | null;
  @Field(() => CoachingGroup, { nullable: true, description: 'What a member of a coaching team coaches.' })
  coachingGroup: CoachingGroup | null;
  @Field() districtCode: string;
  @Field() unitName: string;
}

@ObjectType({ implements: () => [Node], description: 'The signed-in person.' })
export class Viewer implements Node {
  readonly __typename = 'Viewer';
  id: string;

  constructor({ personId }: Caller) {
    this.id = globalId('Person', personId);
  }
}

@ObjectType()
export class Message {
  @Field(() => ID) id: string;
  @Field({ description: 'What happened, for example `evaluation.submitted`.' }) kind: string;
  @Field({ description: '`evaluation`, `action` or `meeting`.' }) about: string;
  @Field(() => Text) title: Text;
  @Field(() => Text) body: Text;
  @Field({ description: 'Page of the browser application that shows it, relative.' }) link: string;
  @Field() unitName: string;
  @Field(() => Instant) deliveredAt: string;
  @Field(() => Instant, { nullable: true }) readAt: string | null;
}
@ObjectType()
export class MessageEdge {
  @Field() cursor: string;
  @Field(() => Message) node: Message;
}
@ObjectType()
export class InboxPart extends PagePart {
  @Field(() => Int, { nullable: true }) unread?: number | null;
  @Field(() => [Message], { nullable: true }) nodes?: Message[] | null;
  @Field(() => [MessageEdge], { nullable: true }) edges?: MessageEdge[] | null;
}

@InputType()
class MarkMessagesReadInput {
  @Field(() => ID) commandId: string;
  @Field(() => [ID], { description: 'An empty list means all.' }) messages: string[];
}
@ObjectType()
class MessagesRead {
  readonly __typename = 'MessagesRead';
  @Field(() => Int) unread: number;
}
const MarkMessagesReadResult = resultUnion('MarkMessagesReadResult', () => [MessagesRead]);

@Resolver(() => Viewer)
export class ViewerApi {
  constructor(private readonly services: Services) {}

  @Public()
  @Query(() => Viewer, { nullable: true, description: 'The signed-in person; null when signed out.' })
  viewer(@Context() context: RequestContext): Viewer | null {
    if (context.badToken) throw signedOut();
    return context.caller && new Viewer(context.caller);
  }

  @ResolveField(() => String)
  @Extensions({ asks: 1 })
  async name(@Context() context: RequestContext): Promise<string> {
    const { name } = await this.services.queryOrError(context, AskViewer, {});
    return name;
  }

  @ResolveField(() => [Post], { description: 'Those of today.' })
  async posts(@Context() context: RequestContext): Promise<Post[]> {
    const { posts } = await this.services.queryOrError(context, AskViewer, {});
    return posts.map(({ unitId, unitCode, unitName, title, role, program, districtCode, coachingGroup }) => ({
      title,
      role: toRole(role),
      program,
      // A puskesmas has a registration number of seven digits, a district office the code of its district.
      puskesmas: unitCode === districtCode ? null : new Puskesmas({ unitId, code: unitCode, name: unitName }),
      coachingGroup: coachingGroup && new CoachingGroup(coachingGroup),
      districtCode,
      unitName,
    }));
  }

  @ResolveField(() => InboxPart, { description: 'Newest first.' })
  @Extensions({ asks: 1 })
  async inbox(
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('unreadOnly', { nullable: true, defaultValue: false }) unreadOnly: boolean,
    @Context() context: RequestContext,
  ): Promise<InboxPart> {
    let unread: number | null = null;
    const { status, message, reply } = await this.services.part(
      context,
      readPage(
        { first: first ?? 20, after },
        async (page) => {
          const inbox = await this.services.query(context, Inbox, {
            unreadOnly: unreadOnly ?? false,
            ...page,
          });
          unread = inbox.unread;
          return inbox;
        },
        (view) => ({ ...view, id: globalId('Message', view.messageId) }),
      ),
    );
    return { status, message, unread, ...reply };
  }

  @ResolveField(() => ActionsPart, { description: 'Actions that the person owns, newest first.' })
  @Extensions({ asks: 1 })
  async myActions(
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('statuses', { type: () => [ActionStatus], nullable: true }) statuses: ActionStatus[] | null,
    @Context() context: RequestContext,
  ): Promise<ActionsPart> {
    const { status, message, reply } = await this.services.part(
      context,
      readPage(
        { first: first ?? 50, after },
        (page) =>
          this.services.query(context, ListActions, { unitId: null, statuses: statuses ?? [], ...page }),
        (view) => new Action(view),
      ),
    );
    return { status, message, ...reply };
  }

  @Mutation(() => MarkMessagesReadResult)
  markMessagesRead(
    @Args('input') { commandId, messages }: MarkMessagesReadInput,
    @Context() context: RequestContext,
  ): Promise<MessagesRead | RefusalResult> {
    return orRefusal(async () => {
      const messageIds = messages.map((id, i) => keyOf('Message', id, `messages.${i}`));
      const { unread } = await this.services.command(context, MarkRead, { commandId, messageIds });
      return { __typename: 'MessagesRead', unread };
    });
  }
}
