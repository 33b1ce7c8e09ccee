import {
  ChangePassword,
  EndSessions,
  ListSessions,
  RefreshSession,
  SignIn,
  SignOut,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Sessions } from './session.service.ts';

@Controller()
export class SessionApi {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  @Answers(SignIn)
  signIn({ login, password, device }: AskInput<typeof SignIn>): Promise<AskReply<typeof SignIn>> {
    return this.sessions.signIn(login, password, device);
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
}
