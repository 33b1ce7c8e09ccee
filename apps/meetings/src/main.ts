import { main } from '@lokmin/service';
import { meetings } from './service.ts';

await main(meetings);
