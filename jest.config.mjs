import { readFileSync } from 'node:fs';
import './tools/local/typescript.mjs'; // the global set-up is TypeScript too

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;
delete swc.exclude;
delete swc.jsc.rewriteRelativeImportExtensions; // Jest resolves the .ts imports itself

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: './libs/testing/src/global-setup.mjs',
  globalTeardown: './libs/testing/src/global-teardown.mjs',
  testTimeout: 120_000, // against hanging, also on a slow machine; what has to be quick says so itself
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '/.lokmin/',
    ...(process.env.LOKMIN_LONG_TESTS ? [] : ['\\.long\\.spec\\.ts$']),
  ],
  modulePathIgnorePatterns: ['/dist/', '/.lokmin/'],
  testEnvironmentOptions: { customExportConditions: ['@lokmin/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
};
