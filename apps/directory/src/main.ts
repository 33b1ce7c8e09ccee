import { main } from '@lokmin/service';
import { directory } from './service.ts';

await main(directory);
