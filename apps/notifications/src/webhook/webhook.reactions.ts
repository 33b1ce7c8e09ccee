import { READERS, type Fact } from '@lokmin/contracts';
import { react, type Reaction } from '@lokmin/messaging';
import type { WebhooksOfDistricts } from './webhook.service.ts';

/** Facts that other systems may want. */
export const webhookReactions = (webhooks: WebhooksOfDistricts): Reaction[] =>
  [
    READERS.notificationsSendIndicators,
    READERS.notificationsSendMeetings,
    READERS.notificationsSendActions,
  ].map((reader) => react(reader, (fact, tx) => webhooks.queue(fact as Fact, tx)));
