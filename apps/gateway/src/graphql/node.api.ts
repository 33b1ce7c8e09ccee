import { parseGlobalId } from '@lokmin/contracts';
import { Args, Context, Extensions, ID, Query, Resolver } from '@nestjs/graphql';
import { ActionApi } from '../action/action.api.ts';
import { CoachingGroupApi } from '../district/coaching-group.api.ts';
import { DistrictApi } from '../district/district.api.ts';
import { MeetingApi } from '../meeting/meeting.api.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import { Viewer } from '../viewer/viewer.api.ts';
import type { Context as RequestContext } from './context.ts';
import { asGraphQLError } from './errors.ts';
import { UUID } from './ids.ts';
import { Services } from './services.ts';
import { Node } from './text.ts';

@Resolver(() => Node)
export class NodeApi {
  constructor(
    private readonly services: Services,
    private readonly districts: DistrictApi,
    private readonly coachingGroups: CoachingGroupApi,
    private readonly actions: ActionApi,
    private readonly meetings: MeetingApi,
  ) {}

  @Query(() => Node, {
    nullable: true,
    description: 'A thing by its opaque id; null when unknown or not visible.',
  })
  @Extensions({ asks: 1 })
  async node(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<Node | null> {
    const { type, key } = parseGlobalId(id) ?? { type: '', key: '' };
    if (type === 'District') return /^\d{2}\.\d{2}$/.test(key) ? this.districts.find(context, key) : null;
    if (!UUID.test(key)) return null;
    if (type === 'CoachingGroup') return this.coachingGroups.find(context, key);
    if (type === 'Person') return context.caller?.personId === key ? new Viewer(context.caller) : null;
    try {
      if (type === 'Action') return await this.actions.find(context, key);
      if (type === 'Meeting') return await this.meetings.find(context, key);
      if (type !== 'Puskesmas') return null;
      const unit = await this.services.unitById(context, key);
      return unit && new Puskesmas(unit);
    } catch (error) {
      throw asGraphQLError(error);
    }
  }
}
