import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Lokmin is made of. */
const checkout = join(import.meta.dirname, '../..');
const readJson = <T>(file: string) => JSON.parse(readFileSync(join(checkout, file), 'utf8')) as T;
interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly link?: boolean;
  readonly integrity?: string;
}

describe('what others made', () => {
  const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json');
  const others = Object.entries(packages).filter(
    ([place, { link }]) => place.includes('node_modules/') && !link,
  );

  it('is named by its exact version, everywhere', () => {
    const files = globSync('{package.json,apps/*/package.json,libs/*/package.json,tools/**/package.json}', {
      cwd: checkout,
      exclude: ['**/node_modules/**'],
    });
    expect(files.length).toBeGreaterThan(10);
    const loose = files.flatMap((file) => {
      const { dependencies, devDependencies, optionalDependencies } =
        readJson<Record<string, Record<string, string> | undefined>>(file);
      return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`);
    });
    expect(loose).toEqual([]);
    expect(others.filter(([, { integrity }]) => !integrity).map(([place]) => place)).toEqual([]);
  });

  it('stands in the bill of materials that `npm run sbom` writes, with its licence and digest', () => {
    const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
      cwd: checkout,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    });
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: { purl: string; hashes?: unknown[]; licenses?: unknown[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const named = new Map(components.map((component) => [component.purl, component]));
    const missing = others.filter(([place, { name, version }]) => {
      const real = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const found = [real, name]
        .filter((each) => each !== undefined)
        .map((each) => named.get(`pkg:npm/${each.replace('@', '%40')}@${version}`))
        .find(Boolean);
      return !found?.hashes?.length;
    });
    expect(missing.map(([place]) => place)).toEqual([]);
    const unlicensed = components.filter(({ licenses, hashes }) => hashes?.length && !licenses?.length);
    expect(unlicensed.length).toBeLessThan(components.length / 50); // some packages do not say
  }, 60_000);
});
