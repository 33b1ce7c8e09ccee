import {
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  ListSendings,
  Resend,
  RotateWebhookSecret,
  TestWebhook,
  Webhooks,
  type AskInput,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { WebhooksOfDistricts } from './webhook.service.ts';

@Controller()
export class WebhooksApi {
  constructor(private readonly webhooks: WebhooksOfDistricts) {}

  @Answers(Webhooks)
  list(input: AskInput<typeof Webhooks>) {
    return this.webhooks.list(input);
  }

  @Answers(CreateWebhook)
  create(input: AskInput<typeof CreateWebhook>) {
    return this.webhooks.create(input);
  }

  @Answers(ChangeWebhook)
  change(input: AskInput<typeof ChangeWebhook>) {
    return this.webhooks.change(input);
  }

  @Answers(RotateWebhookSecret)
  rotate(input: AskInput<typeof RotateWebhookSecret>) {
    return this.webhooks.rotate(input);
  }

  @Answers(DeleteWebhook)
  delete(input: AskInput<typeof DeleteWebhook>) {
    return this.webhooks.delete(input);
  }

  @Answers(TestWebhook)
  test(input: AskInput<typeof TestWebhook>) {
    return this.webhooks.test(input);
  }

  @Answers(ListSendings)
  sendings(input: AskInput<typeof ListSendings>) {
    return this.webhooks.sendings(input);
  }

  @Answers(Resend)
  resend(input: AskInput<typeof Resend>) {
    return this.webhooks.resend(input);
  }
}
