import {
  AddGuest,
  ChangeGuest,
  EndGuest,
  IssueGuestLink,
  ListGuests,
  OpenGuestLink,
  RevokeGuestLink,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Guests } from './guest.service.ts';

@Controller()
export class GuestApi {
  constructor(@Inject(Guests) private readonly guests: Guests) {}

  @Answers(ListGuests)
  async list({ unitId }: AskInput<typeof ListGuests>): Promise<AskReply<typeof ListGuests>> {
    return { items: await this.guests.list(unitId) };
  }

  @Answers(AddGuest)
  add(input: AskInput<typeof AddGuest>): Promise<AskReply<typeof AddGuest>> {
    return this.guests.add(input);
  }

  @Answers(ChangeGuest)
  change(input: AskInput<typeof ChangeGuest>): Promise<AskReply<typeof ChangeGuest>> {
    return this.guests.change(input);
  }

  @Answers(EndGuest)
  end(input: AskInput<typeof EndGuest>): Promise<AskReply<typeof EndGuest>> {
    return this.guests.end(input);
  }

  @Answers(IssueGuestLink)
  issue(input: AskInput<typeof IssueGuestLink>): Promise<AskReply<typeof IssueGuestLink>> {
    return this.guests.issue(input);
  }

  @Answers(RevokeGuestLink)
  revoke(input: AskInput<typeof RevokeGuestLink>): Promise<AskReply<typeof RevokeGuestLink>> {
    return this.guests.revoke(input);
  }

  @Answers(OpenGuestLink)
  open(input: AskInput<typeof OpenGuestLink>): Promise<AskReply<typeof OpenGuestLink>> {
    return this.guests.open(input);
  }
}
