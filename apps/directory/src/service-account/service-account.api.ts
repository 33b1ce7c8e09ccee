import {
  ListServiceAccounts,
  MakeServiceAccount,
  RenewServiceSecret,
  RevokeServiceAccount,
  SignInService,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject } from '@nestjs/common';
import { ServiceAccounts } from './service-account.service.ts';

@Controller()
export class ServiceAccountApi {
  constructor(@Inject(ServiceAccounts) private readonly accounts: ServiceAccounts) {}

  @Answers(ListServiceAccounts)
  async list({
    districtCode,
  }: AskInput<typeof ListServiceAccounts>): Promise<AskReply<typeof ListServiceAccounts>> {
    return { items: await this.accounts.list(districtCode) };
  }

  @Answers(MakeServiceAccount)
  make(input: AskInput<typeof MakeServiceAccount>): Promise<AskReply<typeof MakeServiceAccount>> {
    return this.accounts.make(input);
  }

  @Answers(RenewServiceSecret)
  renew(input: AskInput<typeof RenewServiceSecret>): Promise<AskReply<typeof RenewServiceSecret>> {
    return this.accounts.renew(input);
  }

  @Answers(RevokeServiceAccount)
  revoke(input: AskInput<typeof RevokeServiceAccount>): Promise<AskReply<typeof RevokeServiceAccount>> {
    return this.accounts.revoke(input);
  }

  @Answers(SignInService)
  signIn(input: AskInput<typeof SignInService>): Promise<AskReply<typeof SignInService>> {
    return this.accounts.signIn(input);
  }
}
