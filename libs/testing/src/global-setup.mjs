// Jest loads its global set-up with plain import: the TypeScript hook has to come first.
import '../../../tools/local/typescript.mjs';

const { setup } = await import('./global-setup.ts');
let tearDown;

export default async function globalSetup(config) {
  tearDown = await setup(config);
}

export async function globalTeardown() {
  await tearDown?.();
}
