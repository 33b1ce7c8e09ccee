import { main } from '@lokmin/service';
import { actions } from './service.ts';

await main(actions);
