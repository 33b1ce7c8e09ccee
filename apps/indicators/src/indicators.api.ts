import {
  DistrictIndicator,
  DistrictIndicators,
  DistrictTargets,
  IndicatorDetail,
  IndicatorTrend,
  PublishBundle,
  RecordValues,
  ReturnEvaluation,
  SetTargets,
  SubmitEvaluation,
  UnitResults,
  type AskInput,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Bundles } from './bundle/bundle.service.ts';
import { Targets } from './bundle/target.service.ts';
import { Evaluations } from './evaluation/evaluation.service.ts';
import { Overview } from './evaluation/overview.service.ts';
import { Values } from './value/value.service.ts';

/** Every request that this service answers. Files come through `POST /imports/values` (value/import.api.ts). */
@Controller()
export class IndicatorsApi {
  constructor(
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    private readonly values: Values,
    private readonly evaluations: Evaluations,
    private readonly overview: Overview,
  ) {}

  @Answers(PublishBundle)
  publishBundle(input: AskInput<typeof PublishBundle>) {
    return this.bundles.publish(input);
  }

  @Answers(SetTargets)
  setTargets(input: AskInput<typeof SetTargets>) {
    return this.values.setTargets(input);
  }

  @Answers(DistrictTargets)
  districtTargets(input: AskInput<typeof DistrictTargets>) {
    return this.targets.list(input);
  }

  @Answers(RecordValues)
  recordValues(input: AskInput<typeof RecordValues>) {
    return this.values.record(input);
  }

  @Answers(SubmitEvaluation)
  submitEvaluation(input: AskInput<typeof SubmitEvaluation>) {
    return this.evaluations.submit(input);
  }

  @Answers(ReturnEvaluation)
  returnEvaluation(input: AskInput<typeof ReturnEvaluation>) {
    return this.evaluations.giveBack(input);
  }

  @Answers(DistrictIndicators)
  districtIndicators(input: AskInput<typeof DistrictIndicators>) {
    return this.overview.district(input);
  }

  @Answers(UnitResults)
  unitResults(input: AskInput<typeof UnitResults>) {
    return this.overview.unit(input);
  }

  @Answers(IndicatorDetail)
  indicatorDetail(input: AskInput<typeof IndicatorDetail>) {
    return this.overview.indicator(input);
  }

  @Answers(IndicatorTrend)
  indicatorTrend(input: AskInput<typeof IndicatorTrend>) {
    return this.overview.trend(input);
  }

  @Answers(DistrictIndicator)
  districtIndicator(input: AskInput<typeof DistrictIndicator>) {
    return this.overview.districtIndicator(input);
  }
}
