import {
  DistrictCompleteness,
  DistrictFileLayouts,
  AcceptDeviation,
  BundleDraft,
  ChangeBundleDraft,
  DiscardBundleDraft,
  ConfirmFinding,
  DistrictFindings,
  DistrictIndicator,
  DistrictIndicators,
  DistrictMatrix,
  DistrictScores,
  DistrictTargets,
  DistrictWindows,
  EntrySheet,
  EvaluationChanges,
  ExtendWindow,
  IndicatorDetail,
  IndicatorTrend,
  KeepFileLayout,
  LockEvaluations,
  PublishBundle,
  PublishBundleDraft,
  RecordValues,
  ReturnEvaluation,
  SetTargets,
  StartBundleDraft,
  SetWindows,
  ReturnEvaluations,
  SubmitEvaluation,
  UnitDeviations,
  UnitFindings,
  UnitPws,
  UnitResults,
  VerificationQueue,
  VerifyEvaluations,
  UnitScores,
  type AskInput,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Deviations } from './deviation/deviation.service.ts';
import { Bundles } from './bundle/bundle.service.ts';
import { Drafts } from './bundle/draft.service.ts';
import { Targets } from './bundle/target.service.ts';
import { Evaluations } from './evaluation/evaluation.service.ts';
import { Overview } from './evaluation/overview.service.ts';
import { Queue } from './evaluation/queue.service.ts';
import { Verification } from './evaluation/verification.service.ts';
import { Quality } from './quality/quality.service.ts';
import { Scores } from './score/score.service.ts';
import { Completeness } from './completeness/completeness.service.ts';
import { Layouts } from './layout/layout.service.ts';
import { Windows } from './window/window.service.ts';
import { Sheets } from './value/sheet.service.ts';
import { Values } from './value/value.service.ts';
import { Pws } from './village/pws.service.ts';

/** Every request that this service answers. Files come through `POST /imports/values` (value/import.api.ts). */
@Controller()
export class IndicatorsApi {
  constructor(
    private readonly bundles: Bundles,
    private readonly drafts: Drafts,
    private readonly targets: Targets,
    private readonly sheets: Sheets,
    private readonly values: Values,
    private readonly evaluations: Evaluations,
    private readonly verification: Verification,
    private readonly queue: Queue,
    private readonly windows: Windows,
    private readonly completeness: Completeness,
    private readonly quality: Quality,
    private readonly overview: Overview,
    private readonly scores: Scores,
    private readonly deviations: Deviations,
    private readonly layouts: Layouts,
    private readonly pws: Pws,
  ) {}

  @Answers(PublishBundle)
  publishBundle(input: AskInput<typeof PublishBundle>) {
    return this.bundles.publish(input);
  }

  @Answers(BundleDraft)
  bundleDraft(input: AskInput<typeof BundleDraft>) {
    return this.drafts.find(input);
  }

  @Answers(StartBundleDraft)
  startBundleDraft(input: AskInput<typeof StartBundleDraft>) {
    return this.drafts.start(input);
  }

  @Answers(ChangeBundleDraft)
  changeBundleDraft(input: AskInput<typeof ChangeBundleDraft>) {
    return this.drafts.change(input);
  }

  @Answers(DiscardBundleDraft)
  discardBundleDraft(input: AskInput<typeof DiscardBundleDraft>) {
    return this.drafts.discard(input);
  }

  @Answers(PublishBundleDraft)
  publishBundleDraft(input: AskInput<typeof PublishBundleDraft>) {
    return this.drafts.publish(input);
  }

  @Answers(SetTargets)
  setTargets(input: AskInput<typeof SetTargets>) {
    return this.values.setTargets(input);
  }

  @Answers(DistrictTargets)
  districtTargets(input: AskInput<typeof DistrictTargets>) {
    return this.targets.list(input);
  }

  @Answers(EntrySheet)
  entrySheet(input: AskInput<typeof EntrySheet>) {
    return this.sheets.sheet(input);
  }

  @Answers(RecordValues)
  recordValues(input: AskInput<typeof RecordValues>) {
    return this.values.record(input);
  }

  @Answers(UnitFindings)
  unitFindings(input: AskInput<typeof UnitFindings>) {
    return this.quality.ofUnit(input);
  }

  @Answers(DistrictFindings)
  districtFindings(input: AskInput<typeof DistrictFindings>) {
    return this.quality.ofDistrict(input);
  }

  @Answers(ConfirmFinding)
  confirmFinding(input: AskInput<typeof ConfirmFinding>) {
    return this.quality.confirm(input);
  }

  @Answers(SubmitEvaluation)
  submitEvaluation(input: AskInput<typeof SubmitEvaluation>) {
    return this.evaluations.submit(input);
  }

  @Answers(ReturnEvaluation)
  returnEvaluation(input: AskInput<typeof ReturnEvaluation>) {
    return this.verification.giveBack(input);
  }

  @Answers(ReturnEvaluations)
  returnEvaluations(input: AskInput<typeof ReturnEvaluations>) {
    return this.verification.giveBackMany(input);
  }

  @Answers(VerifyEvaluations)
  verifyEvaluations(input: AskInput<typeof VerifyEvaluations>) {
    return this.verification.verify(input);
  }

  @Answers(LockEvaluations)
  lockEvaluations(input: AskInput<typeof LockEvaluations>) {
    return this.verification.lock(input);
  }

  @Answers(SetWindows)
  setWindows(input: AskInput<typeof SetWindows>) {
    return this.windows.set(input);
  }

  @Answers(ExtendWindow)
  extendWindow(input: AskInput<typeof ExtendWindow>) {
    return this.windows.extend(input);
  }

  @Answers(DistrictWindows)
  districtWindows(input: AskInput<typeof DistrictWindows>) {
    return this.windows.list(input);
  }

  @Answers(KeepFileLayout)
  keepFileLayout(input: AskInput<typeof KeepFileLayout>) {
    return this.layouts.keep(input);
  }

  @Answers(DistrictFileLayouts)
  districtFileLayouts(input: AskInput<typeof DistrictFileLayouts>) {
    return this.layouts.list(input);
  }

  @Answers(DistrictCompleteness)
  districtCompleteness(input: AskInput<typeof DistrictCompleteness>) {
    return this.completeness.ofDistrict(input);
  }

  @Answers(VerificationQueue)
  verificationQueue(input: AskInput<typeof VerificationQueue>) {
    return this.queue.list(input);
  }

  @Answers(EvaluationChanges)
  evaluationChanges(input: AskInput<typeof EvaluationChanges>) {
    return this.queue.changes(input);
  }

  @Answers(DistrictIndicators)
  districtIndicators(input: AskInput<typeof DistrictIndicators>) {
    return this.overview.district(input);
  }

  @Answers(DistrictMatrix)
  districtMatrix(input: AskInput<typeof DistrictMatrix>) {
    return this.overview.matrix(input);
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

  @Answers(UnitPws)
  unitPws(input: AskInput<typeof UnitPws>) {
    return this.pws.ofUnit(input);
  }

  @Answers(UnitDeviations)
  unitDeviations(input: AskInput<typeof UnitDeviations>) {
    return this.deviations.ofUnit(input);
  }

  @Answers(AcceptDeviation)
  acceptDeviation(input: AskInput<typeof AcceptDeviation>) {
    return this.deviations.accept(input);
  }

  @Answers(UnitScores)
  unitScores(input: AskInput<typeof UnitScores>) {
    return this.scores.unit(input);
  }

  @Answers(DistrictScores)
  districtScores(input: AskInput<typeof DistrictScores>) {
    return this.scores.district(input);
  }

  @Answers(DistrictIndicator)
  districtIndicator(input: AskInput<typeof DistrictIndicator>) {
    return this.overview.districtIndicator(input);
  }
}
