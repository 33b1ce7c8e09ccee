import { currentCause } from '@lokmin/messaging';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Structured logs on standard output; each line carries the correlation id of the work at hand. */
export const createLog = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ correlationId: currentCause().correlationId }),
    mixinMergeStrategy: (line, mixed) => ({ ...mixed, ...line }),
    redact: [
      'password',
      'token',
      'accessToken',
      'refreshToken',
      '*.password',
      '*.token',
      '*.accessToken',
      '*.refreshToken',
    ],
  });

/** Nest speaks through the same log; its start-up lines are details. */
export const nestLogger = (log: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
  error: (message: unknown, ...rest: unknown[]) => log.error({ context: rest }, String(message)),
  fatal: (message: unknown, ...rest: unknown[]) => log.fatal({ context: rest }, String(message)),
  debug: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  verbose: (message: unknown, context?: unknown) => log.trace({ context }, String(message)),
});
