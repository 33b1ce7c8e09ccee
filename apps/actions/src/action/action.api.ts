import {
  CompleteAction,
  DistrictActions,
  FindAction,
  GuestAction,
  ListActions,
  ReadyAction,
  ReportAsGuest,
  ReportProgress,
  type AskInput,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Actions } from './action.service.ts';

/** Every request that this service answers. */
@Controller()
export class ActionsApi {
  constructor(private readonly actions: Actions) {}

  @Answers(DistrictActions)
  districtActions(input: AskInput<typeof DistrictActions>) {
    return this.actions.district(input);
  }

  @Answers(ListActions)
  listActions(input: AskInput<typeof ListActions>) {
    return this.actions.list(input);
  }

  @Answers(FindAction)
  findAction(input: AskInput<typeof FindAction>) {
    return this.actions.find(input);
  }

  @Answers(ReadyAction)
  readyAction(input: AskInput<typeof ReadyAction>) {
    return this.actions.ready(input);
  }

  @Answers(ReportProgress)
  reportProgress(input: AskInput<typeof ReportProgress>) {
    return this.actions.progress(input);
  }

  @Answers(GuestAction)
  guestAction() {
    return this.actions.guestAction();
  }

  @Answers(ReportAsGuest)
  reportAsGuest(input: AskInput<typeof ReportAsGuest>) {
    return this.actions.reportAsGuest(input);
  }

  @Answers(CompleteAction)
  completeAction(input: AskInput<typeof CompleteAction>) {
    return this.actions.complete(input);
  }
}
