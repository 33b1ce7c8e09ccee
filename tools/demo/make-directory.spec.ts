import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle2024 } from './catalogue.ts';
import { demonstrationDirectory } from './make-directory.ts';

describe('the directory of the demonstration district', () => {
  it('is on disk as it is made', () => {
    for (const [path, text] of Object.entries(demonstrationDirectory()))
      expect(readFileSync(join(import.meta.dirname, '../..', path), 'utf8')).toBe(text);
  });

  it('has a holder at every puskesmas for each programme with results', () => {
    const people = demonstrationDirectory()['tools/demo/belitung-timur/people.csv']!.split('\n');
    const programs = new Set(bundle2024().indicators.map(({ program }) => program));
    for (const program of programs)
      expect([program, people.filter((row) => row.split(',')[6] === program).length]).toEqual([program, 7]);
  });
});
