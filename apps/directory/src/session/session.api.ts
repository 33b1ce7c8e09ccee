import {
  ChangePassword,
  CompleteSignIn,
  ConfirmSecondFactor,
  EndSessions,
  FinishSingleSignOn,
  IssueCodes,
  ListAccounts,
  ListSessions,
  RefreshSession,
  RemoveSecondFactor,
  SecondFactor,
  SignIn,
  SignOut,
  SingleSignOn,
  StartSecondFactor,
  StartSingleSignOn,
  TurnOffSecondFactor,
  UseCode,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject } from '@nestjs/common';
import { OneTimeCodes } from './one-time-code.service.ts';
import { SecondFactors } from './second-factor.service.ts';
import { SingleSignOn as SingleSignOnService } from './single-sign-on.service.ts';
import { Sessions } from './session.service.ts';

@Controller()
export class SessionApi {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(OneTimeCodes) private readonly codes: OneTimeCodes,
    @Inject(SingleSignOnService) private readonly sso: SingleSignOnService,
  ) {}

  @Answers(SignIn)
  signIn(input: AskInput<typeof SignIn>): Promise<AskReply<typeof SignIn>> {
    return this.sessions.signIn(input);
  }

  @Answers(CompleteSignIn)
  completeSignIn(input: AskInput<typeof CompleteSignIn>): Promise<AskReply<typeof CompleteSignIn>> {
    return this.sessions.completeSignIn(input);
  }

  @Answers(UseCode)
  useCode(input: AskInput<typeof UseCode>): Promise<AskReply<typeof UseCode>> {
    return this.sessions.useCode(input);
  }

  @Answers(ListAccounts)
  listAccounts(input: AskInput<typeof ListAccounts>): Promise<AskReply<typeof ListAccounts>> {
    return this.codes.listAccounts(input);
  }

  @Answers(IssueCodes)
  issueCodes(input: AskInput<typeof IssueCodes>): Promise<AskReply<typeof IssueCodes>> {
    return this.codes.issue(input);
  }

  @Answers(SingleSignOn)
  singleSignOn(): AskReply<typeof SingleSignOn> {
    return this.sso.offered();
  }

  @Answers(StartSingleSignOn)
  startSingleSignOn(input: AskInput<typeof StartSingleSignOn>): Promise<AskReply<typeof StartSingleSignOn>> {
    return this.sso.start(input);
  }

  @Answers(FinishSingleSignOn)
  finishSingleSignOn(
    input: AskInput<typeof FinishSingleSignOn>,
  ): Promise<AskReply<typeof FinishSingleSignOn>> {
    return this.sso.finish(input);
  }

  @Answers(RefreshSession)
  refresh({ refreshToken }: AskInput<typeof RefreshSession>): Promise<AskReply<typeof RefreshSession>> {
    return this.sessions.refresh(refreshToken);
  }

  @Answers(SignOut)
  async signOut({ refreshToken }: AskInput<typeof SignOut>): Promise<AskReply<typeof SignOut>> {
    return { ended: await this.sessions.signOut(refreshToken) };
  }

  @Answers(ListSessions)
  list(input: AskInput<typeof ListSessions>): Promise<AskReply<typeof ListSessions>> {
    return this.sessions.list(input);
  }

  @Answers(EndSessions)
  end(input: AskInput<typeof EndSessions>): Promise<AskReply<typeof EndSessions>> {
    return this.sessions.end(input);
  }

  @Answers(ChangePassword)
  changePassword(input: AskInput<typeof ChangePassword>): Promise<AskReply<typeof ChangePassword>> {
    return this.sessions.changePassword(input);
  }

  @Answers(SecondFactor)
  secondFactor(): Promise<AskReply<typeof SecondFactor>> {
    return this.factors.state();
  }

  @Answers(StartSecondFactor)
  startSecondFactor(input: AskInput<typeof StartSecondFactor>): Promise<AskReply<typeof StartSecondFactor>> {
    return this.factors.start(input);
  }

  @Answers(ConfirmSecondFactor)
  confirmSecondFactor(
    input: AskInput<typeof ConfirmSecondFactor>,
  ): Promise<AskReply<typeof ConfirmSecondFactor>> {
    return this.factors.confirm(input);
  }

  @Answers(TurnOffSecondFactor)
  turnOffSecondFactor(
    input: AskInput<typeof TurnOffSecondFactor>,
  ): Promise<AskReply<typeof TurnOffSecondFactor>> {
    return this.factors.turnOff(input);
  }

  @Answers(RemoveSecondFactor)
  removeSecondFactor(
    input: AskInput<typeof RemoveSecondFactor>,
  ): Promise<AskReply<typeof RemoveSecondFactor>> {
    return this.factors.remove(input);
  }
}
