/** What `global-setup.ts` started for this test run. */
export interface TestEngines {
  superuserUrl: string;
  /** Folder of this test run, removed at its end. */
  folder: string;
}

const variable = 'LOKMIN_TEST_ENGINES';

/** Makes the engines known to the processes that run the spec files. */
export function publishEngines(engines: TestEngines): void {
  process.env[variable] = JSON.stringify(engines);
}

/** @throws Error when no engines were started, which they are only for spec files named .int.spec.ts and the like */
export function engines(): TestEngines {
  const text = process.env[variable];
  if (!text) {
    throw new Error(
      'No test PostgreSQL is running: a spec that needs one is named *.int.spec.ts, *.e2e.spec.ts or *.long.spec.ts and run by Jest with jest.config.mjs',
    );
  }
  return JSON.parse(text) as TestEngines;
}
