export * from './config.ts';
export * from './database.ts';
export * from './logger.ts';
export * from './paging.ts';
export * from './process.ts';
export * from './roster.ts';
export * from './start.ts';
export { CLOCK, LOG, SERVICE, type ServiceState } from './state.ts';
