import { DistrictWindows, ExtendWindow, SetWindows } from '@lokmin/contracts';
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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District, parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { Day, Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { TimedPart } from './indicator.types.ts';

export enum WindowKind {
  ENTRY = 'entry',
  VERIFICATION = 'verification',
}
registerEnumType(WindowKind, {
  name: 'WindowKind',
  valuesMap: {
    ENTRY: { description: 'Entering and submitting values.' },
    VERIFICATION: { description: 'Verifying, returning, and mending what was returned.' },
  },
});

@ObjectType()
class WindowExtension {
  @Field(() => WindowKind) kind: WindowKind;
  @Field(() => String, { nullable: true, description: 'Null: all of the district.' })
  unitCode: string | null;
  @Field(() => String, { nullable: true }) unitName: string | null;
  @Field(() => Day, { description: 'The last day.' }) until: string;
  @Field() reason: string;
  @Field() extendedByName: string;
  @Field(() => Instant) extendedAt: string;
}
@ObjectType({
  description:
    'Until when one month is entered and verified. The instants are the first ones at which it is closed.',
})
class MonthWindows {
  @Field(() => YearMonth) period: string;
  @Field(() => Int, { nullable: true, description: 'Last day, in the month after; null: no end.' })
  entryDay: number | null;
  @Field(() => Int, { nullable: true }) verificationDay: number | null;
  @Field(() => Instant, {
    nullable: true,
    description: 'For the district as a whole; a puskesmas may have longer.',
  })
  entryClosesAt: string | null;
  @Field(() => Instant, { nullable: true }) verificationClosesAt: string | null;
  @Field(() => [WindowExtension]) extensions: WindowExtension[];
}
@ObjectType()
class WindowsPart extends TimedPart {
  @Field(() => String, { nullable: true }) districtName?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the caller may set and extend them.' })
  mayKeep?: boolean | null;
  @Field(() => [MonthWindows], { nullable: true, description: 'Months for which something was set.' })
  months?: MonthWindows[] | null;
}

@InputType()
class SetWindowsInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => YearMonth) fromPeriod: string;
  @Field(() => YearMonth, { description: 'At most 24 months.' }) toPeriod: string;
  @Field(() => Int, { nullable: true, description: 'Last day in the month after, 1 to 28; null: no end.' })
  entryDay?: number | null;
  @Field(() => Int, { nullable: true }) verificationDay?: number | null;
}
@InputType()
class ExtendWindowInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => YearMonth) period: string;
  @Field(() => WindowKind) kind: WindowKind;
  @Field(() => String, { nullable: true, description: 'Registration number; left out: all of the district.' })
  puskesmas?: string | null;
  @Field(() => Day, { description: 'The last day.' }) until: string;
  @Field() reason: string;
}
@ObjectType()
class WindowsSet {
  readonly __typename = 'WindowsSet';
  @Field(() => Int) months: number;
}
@ObjectType()
class WindowExtended {
  readonly __typename = 'WindowExtended';
  @Field(() => Instant) closesAt: string;
}
const SetWindowsResult = resultUnion('SetWindowsResult', () => [WindowsSet]);
const ExtendWindowResult = resultUnion('ExtendWindowResult', () => [WindowExtended]);

@Resolver(() => District)
export class WindowsOfDistrict {
  constructor(private readonly services: Services) {}

  @ResolveField(() => WindowsPart, {
    description: 'Until when the months of a year are entered and verified.',
  })
  @Extensions({ asks: 1 })
  async windows(
    @Parent() { code }: District,
    @Args('year', { type: () => Int }) year: number,
    @Context() context: RequestContext,
  ): Promise<WindowsPart> {
    const asking = this.services.query(context, DistrictWindows, { districtCode: code, year });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { months, ...rest } = reply;
    return { status, message, ...rest, months: months as MonthWindows[] };
  }
}

@Resolver()
export class WindowApi {
  constructor(private readonly services: Services) {}

  @Mutation(() => SetWindowsResult, {
    description: 'Sets until when months are entered and verified; extensions from before count no more.',
  })
  setWindows(
    @Args('input') { commandId, district, fromPeriod, toPeriod, entryDay, verificationDay }: SetWindowsInput,
    @Context() context: RequestContext,
  ): Promise<WindowsSet | RefusalResult> {
    return orRefusal(async () => {
      const { months } = await this.services.command(context, SetWindows, {
        commandId,
        districtCode: parseDistrictCode(district, 'district'),
        fromPeriod,
        toPeriod,
        entryDay: entryDay ?? null,
        verificationDay: verificationDay ?? null,
      });
      this.services.changed(context);
      return { __typename: 'WindowsSet', months };
    });
  }

  @Mutation(() => ExtendWindowResult, { description: 'Lets a window close later, with a reason.' })
  extendWindow(
    @Args('input') { commandId, district, period, kind, puskesmas, until, reason }: ExtendWindowInput,
    @Context() context: RequestContext,
  ): Promise<WindowExtended | RefusalResult> {
    return orRefusal(async () => {
      const districtCode = parseDistrictCode(district, 'district');
      const unit = puskesmas ? await this.services.puskesmas(context, puskesmas) : null;
      const { closesAt } = await this.services.command(context, ExtendWindow, {
        commandId,
        districtCode,
        period,
        kind,
        unitId: unit?.unitId ?? null,
        until,
        reason,
      });
      this.services.changed(context);
      return { __typename: 'WindowExtended', closesAt };
    });
  }
}
