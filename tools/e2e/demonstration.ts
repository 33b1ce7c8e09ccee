import { fastPostgresSettings } from '@lokmin/engines';
import { aFolder } from '@lokmin/testing';
import { loadDemonstration } from '../demo/load.ts';
import { startSystem, type System } from '../local/system.ts';
import { Person } from './client.ts';

export interface Demonstration {
  readonly system: System;
  signIn(login: string): Promise<Person>;
  stop(): Promise<void>;
}

/** The whole system, every part a process of its own, with the demonstration district, in a folder of its own. */
export async function aRunningDemonstration(
  environment: Record<string, string> = {},
): Promise<Demonstration> {
  const system = await startSystem({
    home: aFolder(),
    mode: 'test',
    postgresSettings: fastPostgresSettings,
    // Tests ask more often than people do.
    environment: { LOKMIN_COST_PER_MINUTE: '1000000000', ...environment },
  });
  try {
    await loadDemonstration(system);
  } catch (error) {
    await system.stop();
    throw error;
  }
  return {
    system,
    signIn: (login) => Person.signIn(system.address, login, system.secrets.demoPassword),
    stop: () => system.stop(),
  };
}
