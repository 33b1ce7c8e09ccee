import { ImportDirectory, type AskInput, type AskReply } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject } from '@nestjs/common';
import { DirectoryImport } from './import.service.ts';

@Controller()
export class ImportApi {
  constructor(@Inject(DirectoryImport) private readonly directory: DirectoryImport) {}

  @Answers(ImportDirectory)
  importDirectory(input: AskInput<typeof ImportDirectory>): Promise<AskReply<typeof ImportDirectory>> {
    return this.directory.run(input);
  }
}
