import { DistrictFileLayouts, KeepFileLayout, type AskReply } from '@lokmin/contracts';
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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District, parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { Covers, TimedPart } from './indicator.types.ts';

@ObjectType()
class LayoutUnitName {
  @Field() written: string;
  @Field({ description: 'Registration number.' }) code: string;
}
@ObjectType()
class LayoutColumn {
  @Field({ description: 'Its letters.' }) column: string;
  @Field(() => String, { nullable: true, description: 'Null: not looked at.' }) header: string | null;
  @Field() element: string;
  @Field(() => Covers) covers: Covers;
}
@ObjectType({ description: "What stands where in a workbook of the district's own." })
class FileLayout {
  @Field(() => Int) year: number;
  @Field() name: string;
  @Field(() => Int) revision: number;
  @Field(() => String, { nullable: true, description: 'Null: every sheet that is named after a month.' })
  sheet: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A column or a cell; null: in the names of the sheets.',
  })
  month: string | null;
  @Field(() => Int) headerFrom: number;
  @Field(() => Int) headerTo: number;
  @Field({ description: 'A column or a cell.' }) unit: string;
  @Field(() => String, { nullable: true, description: 'A column; null: rows are of puskesmas.' })
  village: string | null;
  @Field(() => [LayoutUnitName]) unitNames: LayoutUnitName[];
  @Field(() => [String]) passOver: string[];
  @Field() zeroIsNotReported: boolean;
  @Field(() => [LayoutColumn]) columns: LayoutColumn[];
  @Field() keptByName: string;
  @Field(() => Instant) keptAt: string;
}
@ObjectType()
class FileLayoutsPart extends TimedPart {
  @Field(() => Boolean, { nullable: true, description: 'Whether the caller may keep them.' })
  mayKeep?: boolean | null;
  @Field(() => [FileLayout], { nullable: true }) layouts?: FileLayout[] | null;
}

@InputType()
class LayoutUnitNameInput {
  @Field() written: string;
  @Field({ description: 'Registration number.' }) code: string;
}
@InputType()
class LayoutColumnInput {
  @Field({ description: 'Its letters.' }) column: string;
  @Field(() => String, {
    nullable: true,
    description:
      'What its header says, from the upper row to the lower, between ` / `; left out: not looked at.',
  })
  header?: string | null;
  @Field({ description: 'Code of the data element.' }) element: string;
  @Field(() => Covers) covers: Covers;
}
@InputType()
class KeepFileLayoutInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => Int) year: number;
  @Field() name: string;
  @Field(() => Int, { description: '0: there is none of this name yet.' }) expectedRevision: number;
  @Field(() => String, {
    nullable: true,
    description: 'Left out: every visible sheet that is named after a month, for that month.',
  })
  sheet?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A column (B) or a cell (B2); left out: in the names of the sheets.',
  })
  month?: string | null;
  @Field(() => Int, { description: 'First row of the header, from 1.' }) headerFrom: number;
  @Field(() => Int, { description: 'Last row of the header; figures stand below it.' }) headerTo: number;
  @Field({ description: 'Column or cell of the puskesmas, by number or name.' }) unit: string;
  @Field(() => String, {
    nullable: true,
    description: 'Column of the village, by code or name; left out: rows are of puskesmas.',
  })
  village?: string | null;
  @Field(() => [LayoutUnitNameInput], {
    nullable: true,
    description: 'What the file calls a puskesmas where it is neither.',
  })
  unitNames?: LayoutUnitNameInput[] | null;
  @Field(() => [String], { nullable: true, description: 'How rows begin that are no puskesmas.' })
  passOver?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether 0 was typed where nothing was reported; left out: it was not.',
  })
  zeroIsNotReported?: boolean | null;
  @Field(() => [LayoutColumnInput]) columns: LayoutColumnInput[];
}
@ObjectType()
class FileLayoutKept {
  readonly __typename = 'FileLayoutKept';
  @Field(() => FileLayout) layout: FileLayout;
}
const KeepFileLayoutResult = resultUnion('KeepFileLayoutResult', () => [FileLayoutKept]);

const toLayout = (layout: AskReply<typeof KeepFileLayout>['layout']): FileLayout => ({
  ...layout,
  columns: layout.columns.map((column) => ({ ...column, covers: column.covers as Covers })),
});

@Resolver(() => District)
export class LayoutApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => FileLayoutsPart, {
    description: "What stands where in workbooks of the district's own.",
  })
  @Extensions({ asks: 1 })
  async fileLayouts(
    @Parent() { code }: District,
    @Args('year', { type: () => Int, nullable: true, description: 'Left out: of all years.' })
    year: number | null | undefined,
    @Context() context: RequestContext,
  ): Promise<FileLayoutsPart> {
    const asking = this.services.query(context, DistrictFileLayouts, {
      districtCode: code,
      year: year ?? null,
    });
    const { reply, ...part } = await this.services.part(context, asking);
    if (!reply) return part;
    return { ...part, asOf: reply.asOf, mayKeep: reply.mayKeep, layouts: reply.layouts.map(toLayout) };
  }

  @Mutation(() => KeepFileLayoutResult, {
    description: "Keeps what stands where in a workbook of the district's own, by its name and year.",
  })
  keepFileLayout(
    @Args('input') { district, columns, sheet, month, ...input }: KeepFileLayoutInput,
    @Context() context: RequestContext,
  ): Promise<FileLayoutKept | RefusalResult> {
    return orRefusal(async () => {
      const { layout } = await this.services.command(context, KeepFileLayout, {
        ...input,
        districtCode: parseDistrictCode(district, 'district'),
        village: input.village ?? null,
        unitNames: input.unitNames ?? [],
        passOver: input.passOver ?? [],
        zeroIsNotReported: input.zeroIsNotReported ?? false,
        sheet: sheet ?? null,
        month: month ?? null,
        columns: columns.map((column) => ({ ...column, header: column.header ?? null })),
      });
      this.services.changed(context);
      return { __typename: 'FileLayoutKept', layout: toLayout(layout) };
    });
  }
}
