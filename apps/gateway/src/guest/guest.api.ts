import {
  AddGuest,
  ChangeGuest,
  EndGuest,
  globalId,
  GuestAction as AskGuestAction,
  IssueGuestLink,
  ListGuests,
  OpenGuestLink,
  ReportAsGuest,
  RevokeGuestLink,
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
import { ForGuests, Public } from '../access/guard.ts';
import { ActionStatus } from '../action/action.types.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Part, RefusalResult, resultUnion } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

@ObjectType({
  description: 'A link by which a guest reports on one action, and does nothing else; never its secret.',
})
export class GuestLink {
  @Field(() => ID) id: string;
  @Field(() => ID, { description: 'Of the `Action`.' }) action: string;
  @Field(() => Instant) madeAt: string;
  @Field(() => Instant) expiresAt: string;
  @Field(() => Instant, { nullable: true }) lastOpenedAt: string | null;
}
@ObjectType({
  description: 'Somebody of another sector, kept by a puskesmas, who has no account and can own actions.',
})
export class Guest {
  @Field(() => ID) id: string;
  @Field(() => Int) revision: number;
  @Field() name: string;
  @Field({ description: 'Where the guest comes from: the subdistrict, a village, a school.' }) office: string;
  @Field(() => String, {
    nullable: true,
    description: 'Null also for those who do not keep the guests of the puskesmas.',
  })
  phone: string | null;
  @Field(() => Instant, { nullable: true, description: 'Since when the guest can be chosen no more.' })
  endedAt: string | null;
  @Field(() => [GuestLink], { description: 'Those that are not revoked, the newest first.' })
  links: GuestLink[];
}
@ObjectType()
export class GuestsPart extends Part {
  @Field(() => [Guest], { nullable: true }) nodes?: Guest[] | null;
}

@InputType()
class AddGuestInput {
  @Field(() => ID) commandId: string;
  @Field({ description: 'Registration number of the puskesmas.' }) puskesmas: string;
  @Field() name: string;
  @Field() office: string;
  @Field(() => String, { nullable: true }) phone?: string | null;
}
@InputType()
class ChangeGuestInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) guest: string;
  @Field(() => Int) expectedRevision: number;
  @Field() name: string;
  @Field() office: string;
  @Field(() => String, { nullable: true, description: 'Left out: none.' }) phone?: string | null;
}
@InputType()
class EndGuestInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) guest: string;
  @Field(() => Int) expectedRevision: number;
}
@InputType()
class IssueGuestLinkInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) guest: string;
  @Field(() => ID, { description: 'An action that the guest owns.' }) action: string;
  @Field(() => Day, { description: 'The last day on which it opens, at most 90 days from now.' })
  expiresOn: string;
}
@InputType()
class RevokeGuestLinkInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) link: string;
}
@InputType()
class ReportAsGuestInput {
  @Field(() => ID) commandId: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => Int, { description: 'Whole percent, 0-99.' }) progress: number;
  @Field() note: string;
}

@ObjectType()
class GuestChanged {
  readonly __typename = 'GuestChanged';
  @Field(() => Guest) guest: Guest;
}
@ObjectType()
class GuestLinkIssued {
  readonly __typename = 'GuestLinkIssued';
  @Field(() => Guest) guest: Guest;
  @Field(() => String, {
    nullable: true,
    description:
      'For `/tamu#<secret>` of the browser application, or `openGuestLink`. It is told only here and kept nowhere: null when the command is sent again.',
  })
  secret: string | null;
}
@ObjectType()
class GuestSession {
  readonly __typename = 'GuestSession';
  @Field({ description: 'For `Authorization: Bearer`, at `guestAction` and `reportAsGuest` alone.' })
  accessToken: string;
  @Field(() => Instant, { description: 'Open the link again then.' }) accessExpiresAt: string;
}
@ObjectType()
class GuestReport {
  @Field(() => Instant) at: string;
  @Field(() => Int, { description: 'Whole percent.' }) progress: number;
  @Field() note: string;
}
@ObjectType({ description: 'The one action of a link, as its guest sees it.' })
class GuestAction {
  readonly __typename = 'GuestAction';
  @Field(() => Int) revision: number;
  @Field({ description: 'Name and office of the guest.' }) guestName: string;
  @Field({ description: 'The puskesmas.' }) unitName: string;
  @Field() indicatorName: string;
  @Field() title: string;
  @Field(() => ActionStatus) status: ActionStatus;
  @Field(() => Day) dueDate: string;
  @Field(() => Int, { description: 'Whole percent.' }) progress: number;
  @Field() overdue: boolean;
  @Field(() => [GuestReport], { description: "The guest's own, the newest first; at most 20." })
  reports: GuestReport[];
  @Field(() => Instant) linkExpiresAt: string;
}
const GuestResult = resultUnion('GuestResult', () => [GuestChanged]);
const GuestLinkResult = resultUnion('GuestLinkResult', () => [GuestLinkIssued]);
const OpenGuestLinkResult = resultUnion('OpenGuestLinkResult', () => [GuestSession]);
const GuestActionResult = resultUnion('GuestActionResult', () => [GuestAction]);

const toGuest = ({ guestId, links, ...guest }: AskReply<typeof AddGuest>): Guest => ({
  ...guest,
  id: globalId('Guest', guestId),
  links: links.map(({ linkId, aboutId, madeAt, expiresAt, lastOpenedAt }) => ({
    id: globalId('GuestLink', linkId),
    action: globalId('Action', aboutId),
    madeAt,
    expiresAt,
    lastOpenedAt,
  })),
});
const changed = (guest: AskReply<typeof AddGuest>): GuestChanged => ({
  __typename: 'GuestChanged',
  guest: toGuest(guest),
});
const toGuestAction = (action: AskReply<typeof AskGuestAction>): GuestAction => ({
  ...action,
  __typename: 'GuestAction',
  status: action.status as ActionStatus,
});

@Resolver(() => Puskesmas)
export class GuestsOfPuskesmas {
  constructor(private readonly services: Services) {}

  @ResolveField(() => GuestsPart, {
    description: 'Guests of other sectors, by name, those who have ended last; at most 200.',
  })
  @Extensions({ asks: 1 })
  async guests(@Parent() { unitId }: Puskesmas, @Context() context: RequestContext): Promise<GuestsPart> {
    // Announced without telephone numbers and openings, so that no fact would drop a kept answer when they change.
    context.composing.partial = true;
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, ListGuests, { unitId }),
    );
    return { ...part, nodes: reply && reply.items.map(toGuest) };
  }
}

/** Guests as their puskesmas keeps them, and what a guest does by a link (decision 0025). */
@Resolver()
export class GuestApi {
  constructor(private readonly services: Services) {}

  @Mutation(() => GuestResult, { description: 'Writes down somebody of another sector.' })
  addGuest(
    @Args('input') { puskesmas, phone, ...input }: AddGuestInput,
    @Context() context: RequestContext,
  ): Promise<GuestChanged | RefusalResult> {
    return orRefusal(async () => {
      const { unitId } = await this.services.puskesmas(context, puskesmas);
      return changed(
        await this.services.command(context, AddGuest, { ...input, phone: phone ?? null, unitId }),
      );
    });
  }

  @Mutation(() => GuestResult, { description: 'Corrects name, office or telephone number.' })
  changeGuest(
    @Args('input') { guest, phone, ...input }: ChangeGuestInput,
    @Context() context: RequestContext,
  ): Promise<GuestChanged | RefusalResult> {
    return orRefusal(async () => {
      const guestId = keyOf('Guest', guest, 'guest');
      return changed(
        await this.services.command(context, ChangeGuest, { ...input, phone: phone ?? null, guestId }),
      );
    });
  }

  @Mutation(() => GuestResult, { description: 'Ends a guest, with every link of theirs.' })
  endGuest(
    @Args('input') { guest, ...input }: EndGuestInput,
    @Context() context: RequestContext,
  ): Promise<GuestChanged | RefusalResult> {
    return orRefusal(async () => {
      const guestId = keyOf('Guest', guest, 'guest');
      return changed(await this.services.command(context, EndGuest, { ...input, guestId }));
    });
  }

  @Mutation(() => GuestLinkResult, {
    description:
      'A link by which the guest reports on one action; one that was issued for it before is revoked.',
  })
  issueGuestLink(
    @Args('input') { commandId, guest, action, expiresOn }: IssueGuestLinkInput,
    @Context() context: RequestContext,
  ): Promise<GuestLinkIssued | RefusalResult> {
    return orRefusal(async () => {
      const issued = await this.services.command(context, IssueGuestLink, {
        commandId,
        guestId: keyOf('Guest', guest, 'guest'),
        purpose: 'report-action',
        aboutId: keyOf('Action', action, 'action'),
        expiresOn,
      });
      return { __typename: 'GuestLinkIssued', guest: toGuest(issued.guest), secret: issued.secret };
    });
  }

  @Mutation(() => GuestResult, {
    description: 'Ends a link at once, with what it was exchanged for.',
  })
  revokeGuestLink(
    @Args('input') { commandId, link }: RevokeGuestLinkInput,
    @Context() context: RequestContext,
  ): Promise<GuestChanged | RefusalResult> {
    return orRefusal(async () => {
      const linkId = keyOf('GuestLink', link, 'link');
      return changed(await this.services.command(context, RevokeGuestLink, { commandId, linkId }));
    });
  }

  @Public()
  @Mutation(() => OpenGuestLinkResult, {
    description: 'For guests, with the secret of a link: an access token for ten minutes, for one action.',
  })
  openGuestLink(
    @Args('secret') secret: string,
    @Context() context: RequestContext,
  ): Promise<GuestSession | RefusalResult> {
    return orRefusal(async () => {
      const session = await this.services.command(context, OpenGuestLink, {
        secret,
        address: context.request.ip,
      });
      return { __typename: 'GuestSession', ...session };
    });
  }

  @ForGuests()
  @Query(() => GuestActionResult, {
    description: 'The action of the link that was opened, with the token of `openGuestLink`.',
  })
  @Extensions({ asks: 1 })
  guestAction(@Context() context: RequestContext): Promise<GuestAction | RefusalResult> {
    return orRefusal(async () => toGuestAction(await this.services.query(context, AskGuestAction, {})));
  }

  @ForGuests()
  @Mutation(() => GuestActionResult, { description: 'The guest who owns the action says how far it is.' })
  reportAsGuest(
    @Args('input') input: ReportAsGuestInput,
    @Context() context: RequestContext,
  ): Promise<GuestAction | RefusalResult> {
    return orRefusal(async () => toGuestAction(await this.services.command(context, ReportAsGuest, input)));
  }
}
