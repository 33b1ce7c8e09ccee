import { createLog, endOnUnhandled, giveBackMemory, stopOnSignal } from '@lokmin/service';
import { gatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

const config = gatewayConfig(process.env);
const log = createLog('gateway', config.LOKMIN_LOG_LEVEL);
endOnUnhandled(log);
const gateway = await startGateway(config, log);
giveBackMemory();
stopOnSignal(log, () => gateway.stop());
