import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READERS } from '@lokmin/contracts';
import { arrangements } from './reaction-suite.ts';

describe('the reaction suite', () => {
  it('is passed by the reaction of every reader', () => {
    const root = join(import.meta.dirname, '../../..');
    const covered = globSync('apps/*/src/**/*.int.spec.ts', { cwd: root }).flatMap((spec) =>
      [
        ...readFileSync(join(root, spec), 'utf8').matchAll(
          /^ *(?:reactionSuite|rosterSuite|witnessSuite)\(\{\s*reader: READERS\.(\w+)/gm,
        ),
      ].map(([, reader]) => reader),
    );
    expect(covered.sort()).toEqual(Object.keys(READERS).sort());
  });

  it('delivers up to four facts in every order, and more of them late and in reverse', () => {
    const orders = (n: number) =>
      new Set(arrangements(Array.from({ length: n }, (_, i) => i)).map(([, order]) => order.join('')));
    expect([...orders(3)].filter((order) => order.length === 3).sort()).toEqual(
      ['012', '021', '102', '120', '201', '210'].sort(),
    );
    expect(orders(5)).toEqual(
      new Set([
        '01234',
        '0011223344',
        '0123401234',
        '0123443210',
        '43210',
        '12340',
        '02341',
        '01342',
        '01243',
      ]),
    );
  });
});
