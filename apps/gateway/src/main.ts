import { createLog } from '@lokmin/service';
import { gatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

const config = gatewayConfig(process.env);
const log = createLog('gateway', config.LOKMIN_LOG_LEVEL);
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'an error went unhandled; the process ends');
  process.exit(1);
});
const gateway = await startGateway(config, log);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  });
}
