import { main } from '@lokmin/service';
import { indicators } from './service.ts';

await main(indicators);
