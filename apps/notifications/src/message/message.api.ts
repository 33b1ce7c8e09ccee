import { Inbox, MarkRead, type AskInput } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Messages } from './message.service.ts';

/** Every request that this service answers. */
@Controller()
export class MessagesApi {
  constructor(private readonly messages: Messages) {}

  @Answers(Inbox)
  inbox(input: AskInput<typeof Inbox>) {
    return this.messages.inbox(input);
  }

  @Answers(MarkRead)
  markRead(input: AskInput<typeof MarkRead>) {
    return this.messages.markRead(input);
  }
}
