import {
  CompleteAction,
  FindAction,
  ReadyAction,
  Refusal,
  ReportProgress,
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
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { asGraphQLError, orRefusal } from '../graphql/errors.ts';
import { keyOf, uuidOf } from '../graphql/ids.ts';
import { Day } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { Action, ActionEntry } from './action.types.ts';

@InputType()
class ReadyActionInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) action: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => ID, {
    description: 'Id of a person of `Puskesmas.people`, or of a guest of `Puskesmas.guests`.',
  })
  owner: string;
  @Field(() => Day, { description: 'Last day for completion, where the puskesmas is.' }) dueDate: string;
  @Field(() => String, { nullable: true, description: 'Left out: the wording stays.' }) title?: string | null;
}
const EvidenceIds = () =>
  Field(() => [ID], {
    defaultValue: [],
    description: 'Ids of files that were put for this action (`POST /files/evidence/<its id>`), at most 5.',
  });

@InputType()
class ReportProgressInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) action: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => Int, { description: 'Whole percent, 0-99.' }) progress: number;
  @Field() note: string;
  @EvidenceIds() evidence: string[];
}
@InputType()
class CompleteActionInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) action: string;
  @Field(() => Int) expectedRevision: number;
  @Field({ description: 'What was done.' }) note: string;
  @EvidenceIds() evidence: string[];
}
/** @throws Refusal `input.invalid` for an id of something else */
const filesOf = (ids: readonly string[]) => ids.map((id, i) => keyOf('EvidenceFile', id, `evidence.${i}`));

@ObjectType()
class ActionChanged {
  readonly __typename = 'ActionChanged';
  @Field(() => Action) action: Action;
}
const ActionResult = resultUnion('ActionResult', () => [ActionChanged]);

@Resolver(() => Action)
export class ActionApi {
  constructor(private readonly services: Services) {}

  @Query(() => Action, { nullable: true, description: 'Null when it is unknown or not visible.' })
  @Extensions({ asks: 1 })
  async action(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<Action | null> {
    const key = uuidOf('Action', id);
    if (!key) return null;
    try {
      return await this.find(context, key);
    } catch (error) {
      throw asGraphQLError(error);
    }
  }

  /** @throws Refusal, ServiceUnavailable */
  async find(context: RequestContext, actionId: string): Promise<Action | null> {
    try {
      const { action, history } = await this.services.query(context, FindAction, { actionId });
      return new Action(
        action,
        history.map((entry) => new ActionEntry(entry)),
      );
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'not-found' || error.code === 'access.forbidden'))
        return null;
      throw error;
    }
  }

  @ResolveField(() => [ActionEntry], {
    nullable: true,
    description: 'Oldest first. Ask for it of one action, not of a list.',
  })
  @Extensions({ asks: 1 })
  async history(@Parent() action: Action, @Context() context: RequestContext): Promise<ActionEntry[] | null> {
    if (action.knownHistory) return action.knownHistory;
    const { history } = await this.services.queryOrError(context, FindAction, { actionId: action.actionId });
    return history.map((entry) => new ActionEntry(entry));
  }

  @Mutation(() => ActionResult, {
    description: 'Gives a proposal (or an open action) its owner, due date and wording.',
  })
  readyAction(
    @Args('input') { commandId, action, expectedRevision, owner, dueDate, title }: ReadyActionInput,
    @Context() context: RequestContext,
  ): Promise<ActionChanged | RefusalResult> {
    return this.#change(context, () =>
      this.services.command(context, ReadyAction, {
        commandId,
        actionId: keyOf('Action', action, 'action'),
        expectedRevision,
        ownerId: uuidOf('Guest', owner) ?? keyOf('Person', owner, 'owner'),
        dueDate,
        title: title ?? null,
      }),
    );
  }

  @Mutation(() => ActionResult, {
    description:
      'The owner says how far it is; for a guest who owns it, so may whoever may give it an owner.',
  })
  reportProgress(
    @Args('input') { commandId, action, expectedRevision, progress, note, evidence }: ReportProgressInput,
    @Context() context: RequestContext,
  ): Promise<ActionChanged | RefusalResult> {
    return this.#change(context, () =>
      this.services.command(context, ReportProgress, {
        commandId,
        actionId: keyOf('Action', action, 'action'),
        expectedRevision,
        progress,
        note,
        evidence: filesOf(evidence),
      }),
    );
  }

  @Mutation(() => ActionResult, {
    description:
      'The owner completes it, saying what was done; for a guest who owns it, whoever may give it an owner does.',
  })
  completeAction(
    @Args('input') { commandId, action, expectedRevision, note, evidence }: CompleteActionInput,
    @Context() context: RequestContext,
  ): Promise<ActionChanged | RefusalResult> {
    return this.#change(context, () =>
      this.services.command(context, CompleteAction, {
        commandId,
        actionId: keyOf('Action', action, 'action'),
        expectedRevision,
        note,
        evidence: filesOf(evidence),
      }),
    );
  }

  #change(
    context: RequestContext,
    command: () => Promise<AskReply<typeof ReadyAction>>,
  ): Promise<ActionChanged | RefusalResult> {
    return orRefusal(async () => {
      const view = await command();
      this.services.made(context, `action ${view.actionId}`, view.revision);
      return { __typename: 'ActionChanged', action: new Action(view) };
    });
  }
}
