import type { ServiceOptions } from '@lokmin/service';
import { IndicatorsModule } from './app.module.ts';
import { Bundle } from './bundle/bundle.entity.ts';
import { Draft, DraftedIndicator } from './bundle/draft.entity.ts';
import { SetTarget } from './bundle/target.entity.ts';
import { Indicators1763800000000 } from './database/migrations/1763800000000-indicators.ts';
import { Targets1765400000000 } from './database/migrations/1765400000000-targets.ts';
import { ImportedFiles1765400200000 } from './database/migrations/1765400200000-imported-files.ts';
import { Verification1765500000000 } from './database/migrations/1765500000000-verification.ts';
import { FindingConfirmations1765500100000 } from './database/migrations/1765500100000-finding-confirmations.ts';
import { Windows1765600000000 } from './database/migrations/1765600000000-windows.ts';
import { Dhis2Elements1765600100000 } from './database/migrations/1765600100000-dhis2-elements.ts';
import { Dhis2Element } from './dhis2/dhis2.entity.ts';
import { Evaluation } from './evaluation/evaluation.entity.ts';
import { Confirmation } from './quality/confirmation.entity.ts';
import { openExportDoor } from './value/export.api.ts';
import { ConcludedMeetings1765500200000 } from './database/migrations/1765500200000-concluded-meetings.ts';
import { AcceptedDeviations1765600200000 } from './database/migrations/1765600200000-accepted-deviations.ts';
import { VillageValues1765700200000 } from './database/migrations/1765700200000-village-values.ts';
import { BundleDrafts1765700300000 } from './database/migrations/1765700300000-bundle-drafts.ts';
import { FileLayouts1765700400000 } from './database/migrations/1765700400000-file-layouts.ts';
import { Deviation } from './deviation/deviation.entity.ts';
import { FileLayout } from './layout/layout.entity.ts';
import { ConcludedMeeting } from './score/concluded-meeting.entity.ts';
import { scoreReactions, Scores } from './score/score.service.ts';
import { openImportDoor } from './value/import.api.ts';
import { ImportedFile } from './value/import.entity.ts';
import { Rollup } from './value/rollup.entity.ts';
import { Value, YearBook } from './value/value.entity.ts';
import { VillageValue } from './village/village.entity.ts';

/** The indicators service: what it stores and which doors it opens. Of others it keeps the directory and which meetings were held. */
export const indicators: ServiceOptions = {
  name: 'indicators',
  module: IndicatorsModule,
  database: {
    entities: [
      Bundle,
      Draft,
      DraftedIndicator,
      SetTarget,
      Value,
      YearBook,
      Rollup,
      Evaluation,
      ImportedFile,
      Confirmation,
      ConcludedMeeting,
      Dhis2Element,
      Deviation,
      VillageValue,
      FileLayout,
    ],
    migrations: [
      Indicators1763800000000,
      Targets1765400000000,
      ImportedFiles1765400200000,
      Verification1765500000000,
      FindingConfirmations1765500100000,
      ConcludedMeetings1765500200000,
      Windows1765600000000,
      Dhis2Elements1765600100000,
      AcceptedDeviations1765600200000,
      VillageValues1765700200000,
      BundleDrafts1765700300000,
      FileLayouts1765700400000,
    ],
    audit: {
      audited: {
        bundle: { record: 'Bundle', digest: ['indicators', 'elements'] },
        bundle_draft: { record: 'BundleDraft' },
        drafted_indicator: { record: 'BundleDraft', by: ['district_code', 'year'] },
        target: { record: 'Target' },
        accepted_deviation: { record: 'Deviation' },
        value: { record: 'Value' },
        village_value: { record: 'VillageValue' },
        dhis2_element: { record: 'Dhis2Element' },
        file_layout: { record: 'FileLayout' },
        finding_confirmation: { record: 'Confirmation' },
        evaluation: { record: 'Evaluation', digest: ['results'] },
        evaluation_history: {
          record: 'Evaluation',
          by: ['evaluation_id'],
          within: 'evaluation',
          digest: ['frozen'],
        },
        reporting_window: { record: 'Window' },
        window_extension: { record: 'Window', by: ['district_code', 'period'] },
        evaluation_verification: { record: 'Evaluation', by: ['evaluation_id'], within: 'evaluation' },
      },
      exempt: {
        year_book: 'a lock',
        concluded_meeting: 'a copy of what meetings announce',
        imported_file: 'which files were imported; the values that they changed are audited',
        rollup: 'computed from the values, whole, by the change that is audited',
      },
    },
  },
  http: (server, app) => {
    openImportDoor(server, app);
    openExportDoor(server, app);
  },
  reactions: (app) => scoreReactions(app.get(Scores)),
};
