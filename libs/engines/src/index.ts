export { MissingProgram, findChromium, findNatsServer, type Chromium } from './find.ts';
export { startNatsServer, type NatsPlace, type RunningNats } from './nats.ts';
export { freePort, isPortFree } from './port.ts';
export { fastPostgresSettings, startPostgres, type RunningPostgres } from './postgres.ts';
export {
  isSameProcess,
  lastLines,
  readRecord,
  startProcess,
  stopLeftover,
  writeRecord,
  type ProcessRecord,
  type RunningProcess,
} from './process.ts';
