// Jest loads its global set-up with plain import; jest.config.mjs has brought the TypeScript hook.
const { setup } = await import('./global-setup.ts');
let tearDown;

export default async function globalSetup(config) {
  tearDown = await setup(config);
}

export async function globalTeardown() {
  await tearDown?.();
}
