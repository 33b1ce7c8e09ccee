export * from './actions.ts';
export * from './ask.ts';
export * from './directory.ts';
export * from './fact.ts';
export * from './indicators.ts';
export * from './notifications.ts';
export * from './readers.ts';
export * from './refusals.ts';
