import { main } from '@lokmin/service';
import { notifications } from './service.ts';

await main(notifications);
