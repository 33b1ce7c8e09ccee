import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;
delete swc.exclude;
delete swc.jsc.rewriteRelativeImportExtensions; // Jest resolves the .ts imports itself

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: './libs/testing/src/global-setup.mjs',
  globalTeardown: './libs/testing/src/global-teardown.mjs',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.lokmin/'],
  modulePathIgnorePatterns: ['/dist/', '/.lokmin/'],
  testEnvironmentOptions: { customExportConditions: ['@lokmin/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
};
