import { DistrictNotifications, ListDeliveries, SendAgain, type AskInput } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Deliveries } from './delivery.service.ts';

@Controller()
export class DeliveriesApi {
  constructor(private readonly deliveries: Deliveries) {}

  @Answers(ListDeliveries)
  list(input: AskInput<typeof ListDeliveries>) {
    return this.deliveries.list(input);
  }

  @Answers(SendAgain)
  sendAgain(input: AskInput<typeof SendAgain>) {
    return this.deliveries.sendAgain(input);
  }

  @Answers(DistrictNotifications)
  districtSummary(input: AskInput<typeof DistrictNotifications>) {
    return this.deliveries.districtSummary(input);
  }
}
