import {
  createLog,
  endOnUnhandled,
  giveBackMemory,
  logLevel,
  parseEnvironment,
  stopOnSignal,
} from '@lokmin/service';
import { z } from 'zod';
import { startMailbox } from './mailbox.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const config = parseEnvironment(
  z.object({
    LOKMIN_MAILBOX_FOLDER: z.string().min(1),
    LOKMIN_MAILBOX_SMTP_PORT: port,
    LOKMIN_HTTP_HOST: z.string().default('127.0.0.1'),
    LOKMIN_HTTP_PORT: port,
    LOKMIN_LOG_LEVEL: logLevel,
  }),
  process.env,
);
const log = createLog('mailbox', config.LOKMIN_LOG_LEVEL);
endOnUnhandled(log);
const mailbox = await startMailbox({
  folder: config.LOKMIN_MAILBOX_FOLDER,
  host: config.LOKMIN_HTTP_HOST,
  smtpPort: config.LOKMIN_MAILBOX_SMTP_PORT,
  httpPort: config.LOKMIN_HTTP_PORT,
  log,
});
giveBackMemory();
stopOnSignal(log, () => mailbox.stop());
