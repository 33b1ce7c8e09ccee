import { DistrictMatrix } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import { Judgement, TimedPart } from './indicator.types.ts';

@ObjectType()
class MatrixIndicator {
  @Field() code: string;
  @Field() nameId: string;
  @Field() nameEn: string;
  @Field() program: string;
  @Field() unit: string;
}
@ObjectType()
class MatrixRow {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => [Judgement], { description: 'One for each of `indicators`, in their order.' })
  judgements: Judgement[];
  @Field(() => [Decimal], {
    nullable: 'items',
    description: 'Likewise, in the unit of the indicator; null where there is none for the caller.',
  })
  coverages: (string | null)[];
}
@ObjectType()
class MatrixPart extends TimedPart {
  @Field(() => String, { nullable: true }) districtName?: string | null;
  @Field(() => Boolean, { nullable: true }) hasBundle?: boolean | null;
  @Field(() => [MatrixIndicator], { nullable: true, description: 'In the order of the bundle.' })
  indicators?: MatrixIndicator[] | null;
  @Field(() => [MatrixRow], { nullable: true }) rows?: MatrixRow[] | null;
}

@Resolver(() => District)
export class MatrixApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => MatrixPart, {
    description: 'Every indicator of every puskesmas in one period: judgement and coverage.',
  })
  @Extensions({ asks: 1 })
  async matrix(
    @Parent() { code }: District,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<MatrixPart> {
    const asking = this.services.query(context, DistrictMatrix, { districtCode: code, period });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { units, ...rest } = reply;
    return {
      ...rest,
      status,
      message,
      rows: units.map(({ unitId, unitCode, unitName, judgements, coverages, hidden }) => {
        const isHidden = new Set(hidden);
        return {
          puskesmas: new Puskesmas({ unitId, code: unitCode, name: unitName }),
          judgements: judgements.map((judgement, i) =>
            isHidden.has(i) ? Judgement.DISEMBUNYIKAN : (judgement as Judgement),
          ),
          coverages,
        };
      }),
    };
  }
}
