import { DistrictCompleteness } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  Int,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import { TimedPart } from './indicator.types.ts';

export enum Timeliness {
  NOT_EXPECTED = 'not_expected',
  RUNNING = 'running',
  ON_TIME = 'on_time',
  SUBMITTED = 'submitted',
  LATE = 'late',
  MISSING = 'missing',
}
registerEnumType(Timeliness, {
  name: 'Timeliness',
  description: 'Of the first submission of a month.',
  valuesMap: {
    NOT_EXPECTED: { description: 'The puskesmas was not open, or nothing was expected yet.' },
    RUNNING: { description: 'Not submitted; there is still time.' },
    ON_TIME: { description: 'Submitted before its window closed.' },
    SUBMITTED: { description: 'Submitted; there was no window to be in time for.' },
    LATE: { description: 'Submitted after its window had closed.' },
    MISSING: { description: 'Not submitted, and the time is over.' },
  },
});

@ObjectType()
class CompletenessMonth {
  @Field(() => YearMonth) period: string;
  @Field(() => Timeliness) timeliness: Timeliness;
  @Field(() => Int, { description: 'Indicators that are expected that month.' }) expected: number;
  @Field(() => Int, { description: 'Of these, those for which something was entered; 0 counts.' })
  reported: number;
  @Field(() => Instant, { nullable: true, description: 'For the first time.' }) submittedAt: string | null;
}
@ObjectType()
class CompletenessRow {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => [CompletenessMonth], { description: 'January to December.' }) months: CompletenessMonth[];
}
@ObjectType()
class CompletenessPart extends TimedPart {
  @Field(() => String, { nullable: true }) districtName?: string | null;
  @Field(() => Boolean, { nullable: true }) hasBundle?: boolean | null;
  @Field(() => [CompletenessRow], { nullable: true }) rows?: CompletenessRow[] | null;
}

@Resolver(() => District)
export class CompletenessApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => CompletenessPart, {
    description: 'How much of what is expected was reported in each month of a year, and whether in time.',
  })
  @Extensions({ asks: 1 })
  async completeness(
    @Parent() { code }: District,
    @Args('year', { type: () => Int }) year: number,
    @Context() context: RequestContext,
  ): Promise<CompletenessPart> {
    const asking = this.services.query(context, DistrictCompleteness, { districtCode: code, year });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    return {
      status,
      message,
      asOf: reply.asOf,
      districtName: reply.districtName,
      hasBundle: reply.hasBundle,
      rows: reply.units.map(({ unitId, unitCode, unitName, months }) => ({
        puskesmas: new Puskesmas({ unitId, code: unitCode, name: unitName }),
        months: months as CompletenessMonth[],
      })),
    };
  }
}
