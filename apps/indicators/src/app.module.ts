import { Module } from '@nestjs/common';
import { Bundles } from './bundle/bundle.service.ts';
import { Drafts } from './bundle/draft.service.ts';
import { Targets } from './bundle/target.service.ts';
import { Dhis2 } from './dhis2/dhis2.service.ts';
import { Deviations } from './deviation/deviation.service.ts';
import { Evaluations } from './evaluation/evaluation.service.ts';
import { Overview } from './evaluation/overview.service.ts';
import { Queue } from './evaluation/queue.service.ts';
import { Verification } from './evaluation/verification.service.ts';
import { IndicatorsApi } from './indicators.api.ts';
import { Quality } from './quality/quality.service.ts';
import { ValuesExport } from './value/export.service.ts';
import { Scores } from './score/score.service.ts';
import { Completeness } from './completeness/completeness.service.ts';
import { Layouts } from './layout/layout.service.ts';
import { Windows } from './window/window.service.ts';
import { ValuesImport } from './value/import.service.ts';
import { Sheets } from './value/sheet.service.ts';
import { Values } from './value/value.service.ts';
import { Pws } from './village/pws.service.ts';

@Module({
  controllers: [IndicatorsApi],
  providers: [
    Bundles,
    Drafts,
    Targets,
    Values,
    Dhis2,
    Layouts,
    Sheets,
    ValuesImport,
    ValuesExport,
    Quality,
    Evaluations,
    Verification,
    Windows,
    Completeness,
    Queue,
    Overview,
    Scores,
    Deviations,
    Pws,
  ],
})
export class IndicatorsModule {}
