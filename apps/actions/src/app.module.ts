import { parseEnvironment } from '@lokmin/service';
import { Module } from '@nestjs/common';
import { z } from 'zod';
import { ActionsApi } from './action/action.api.ts';
import { Actions } from './action/action.service.ts';
import { EvidenceFolder } from './evidence/evidence.folder.ts';
import { EvidenceFiles } from './evidence/evidence.service.ts';

const environment = z.object({
  /** Folder of the contents of files of evidence; replicas of the service share it. */
  LOKMIN_EVIDENCE_FOLDER: z.string().min(1),
});

@Module({
  controllers: [ActionsApi],
  providers: [
    Actions,
    EvidenceFiles,
    {
      provide: EvidenceFolder,
      useFactory: () => new EvidenceFolder(parseEnvironment(environment, process.env).LOKMIN_EVIDENCE_FOLDER),
    },
  ],
})
export class ActionsModule {}
