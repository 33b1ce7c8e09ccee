import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const checkout = join(import.meta.dirname, '..');

interface Graph {
  nodes: Record<string, { data: { root: string; tags?: string[] } }>;
  dependencies: Record<string, { source: string; target: string }[]>;
}

/** The graph that Nx itself builds, from imports and package.json files. */
function projectGraph(): Graph {
  const folder = mkdtempSync(join(tmpdir(), 'lokmin-graph-'));
  try {
    const file = join(folder, 'graph.json');
    const made = spawnSync(process.execPath, ['node_modules/nx/dist/bin/nx.js', 'graph', `--file=${file}`], {
      cwd: checkout,
      env: { ...process.env, NX_DAEMON: 'false' },
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`nx graph failed: ${made.stdout}${made.stderr}`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { graph: Graph }).graph;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Import {
  /** Project whose source imports. */
  from: string;
  /** What it imports. */
  what: string;
}

/**
 * What the border rule of eslint.config.mjs says to each import, linted in a process of its own. Applications have no
 * `exports`, so tsc refuses them by name before Nx is asked; here everything counts as exported, and `tools` as a lib, so
 * that each rule can be seen to refuse what it should.
 */
function lint(graph: Graph, imports: Import[]): string[] {
  const texts = imports.map(({ from, what }) => ({
    filePath: join(graph.nodes[from]!.data.root, 'src/border.ts'),
    code: `import '${what}';`,
  }));
  const program = `
    import { ESLint } from 'eslint';
    import devkit from '@nx/devkit';
    import internal from '@nx/devkit/internal';
    import js from '@nx/js/internal';
    import tseslint from 'typescript-eslint';
    import { borders } from './eslint.config.mjs';
    const graph = await devkit.createProjectGraphAsync();
    for (const { data } of Object.values(graph.nodes)) {
      if (data.metadata?.js) Object.assign(data.metadata.js, { packageExports: '.', isInPackageManagerWorkspaces: true });
    }
    graph.nodes.tools.type = 'lib';
    globalThis.projectGraph = graph;
    globalThis.projectRootMappings = internal.createProjectRootMappings(graph.nodes);
    globalThis.projectFileMap = internal.readFileMapCache().fileMap.projectFileMap;
    globalThis.targetProjectLocator = new js.TargetProjectLocator(graph.nodes, graph.externalNodes);
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, ...borders },
    });
    const found = [];
    for (const { filePath, code } of ${JSON.stringify(texts)}) {
      const [result] = await eslint.lintText(code, { filePath });
      found.push(result.messages.map((message) => message.message).join('; '));
    }
    console.log(JSON.stringify(found));`;
  const linted = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program, 'node_modules/.bin/eslint'], // Nx looks who runs it
    { cwd: checkout, env: { ...process.env, NX_DAEMON: 'false' }, encoding: 'utf8' },
  );
  if (linted.status !== 0) throw new Error(linted.stderr);
  return JSON.parse(linted.stdout.trim().split('\n').at(-1)!) as string[];
}

/** The file that TypeScript finds behind an import, with the options of tsconfig.json; undefined when it refuses it. */
function resolvedByTypeScript(specifier: string): string | undefined {
  const { config } = ts.readConfigFile(join(checkout, 'tsconfig.base.json'), (file) =>
    readFileSync(file, 'utf8'),
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, checkout);
  const importer = join(checkout, 'apps/directory/src/border.ts');
  const mode = ts.ModuleKind.ESNext;
  return ts.resolveModuleName(specifier, importer, options, ts.sys, undefined, undefined, mode).resolvedModule
    ?.resolvedFileName;
}

/** Files that import each other in a circle within one project; type-only imports do not count. */
function cyclesOf(files: string[]): string[][] {
  const imports = new Map(
    files.map((file) => {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
      const targets = source.statements.flatMap((statement) => {
        if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
        if (isTypeOnly(statement) || !statement.moduleSpecifier) return [];
        const { text } = statement.moduleSpecifier as ts.StringLiteral;
        return text.startsWith('.') ? [resolve(dirname(file), text)] : [];
      });
      return [file, targets] as const;
    }),
  );
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].map((name) => relative(checkout, name)));
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return cycles;
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

describe('module borders', () => {
  const graph = projectGraph();
  const ours = Object.keys(graph.nodes).filter((project) => graph.nodes[project]!.data.root !== '.');
  const tagsOf = (project: string) =>
    (graph.nodes[project]?.data.tags ?? []).filter((tag) => !tag.startsWith('npm:')).sort();

  it('know every project by one scope and one type', () => {
    expect(ours.length).toBeGreaterThan(10);
    for (const project of ours) {
      expect([project, ...tagsOf(project)]).toEqual([
        project,
        expect.stringMatching(/^scope:[a-z]+$/),
        expect.stringMatching(/^type:(app|contracts|lib|tool)$/),
      ]);
    }
  });

  it('see imports, not only package.json files', () => {
    const edges = graph.dependencies['@lokmin/testing'] ?? [];
    expect(edges.map((edge) => edge.target)).toContain('@lokmin/engines');
  });

  it('let nothing depend on an application', () => {
    const edges = Object.values(graph.dependencies).flat();
    expect(edges.filter(({ target }) => tagsOf(target).includes('type:app'))).toEqual([]);
  });

  it('have no rule for everyone', () => {
    const config = readFileSync(join(checkout, 'eslint.config.mjs'), 'utf8');
    expect(config).toMatch(/sourceTag: '/);
    expect(config).not.toMatch(/['"]\*['"]/);
  });

  it('refuse, each once, a forbidden import', () => {
    const cases: [Import, RegExp][] = [
      [{ from: '@lokmin/contracts', what: '@lokmin/calendar' }, /"type:contracts" cannot depend on any/],
      [{ from: '@lokmin/evaluation', what: '@lokmin/engines' }, /"scope:shared" can only depend on/],
      [{ from: 'web', what: '@lokmin/messaging' }, /"scope:web" can only depend on/],
      [{ from: 'actions', what: '@lokmin/tools' }, /"\/\^scope:.*" can only depend on/],
      [{ from: 'actions', what: '@lokmin/indicators-app' }, /Imports of apps are forbidden/],
      [{ from: 'tools', what: '@lokmin/actions-app' }, /Imports of apps are forbidden/],
      [{ from: 'actions', what: '../../indicators/src/main.ts' }, /cannot be imported by a relative/],
      [{ from: '@lokmin/engines', what: '@lokmin/testing' }, /Circular dependency/],
    ];
    const said = lint(
      graph,
      cases.map(([forbidden]) => forbidden),
    );
    for (const [index, [forbidden, refusal]] of cases.entries()) {
      expect([forbidden, said[index]]).toEqual([forbidden, expect.stringMatching(refusal)]);
    }
    expect(lint(graph, [{ from: 'actions', what: '@lokmin/messaging' }])).toEqual(['']);
  });

  it('end at the index of a lib, and give an application no name to import it by', () => {
    expect(resolvedByTypeScript('@lokmin/messaging')).toBe(join(checkout, 'libs/messaging/src/index.ts'));
    expect(resolvedByTypeScript('@lokmin/messaging/src/index.ts')).toBeUndefined();
    expect(resolvedByTypeScript('@lokmin/actions-app')).toBeUndefined();
  });

  it('keep what is for tests out of everything that runs', () => {
    const sources = globSync('{apps,libs}/*/src/**/*.ts', {
      cwd: checkout,
      exclude: (name) => name === 'node_modules' || name === 'dist',
    }).filter((file) => !/\.spec\.ts$|^libs\/testing\//.test(file));
    const importing = sources.filter((file) =>
      /'@lokmin\/testing'/.test(readFileSync(join(checkout, file), 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(50);
    expect(importing).toEqual([]);
  });

  it('hold no circle of files', () => {
    const files = globSync(['{apps,libs}/*/src/**/*.ts', 'apps/web/src/**/*.tsx', 'tools/**/*.ts'], {
      cwd: checkout,
      exclude: (name) => name === 'node_modules' || name === 'dist',
    }).map((file) => join(checkout, file));
    expect(files.length).toBeGreaterThan(50);
    expect(cyclesOf(files)).toEqual([]);
  });

  it('would see a circle of files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lokmin-circle-'));
    try {
      const [one, two] = [join(folder, 'one.ts'), join(folder, 'two.ts')];
      writeFileSync(one, `import { two } from './two.ts';`);
      writeFileSync(two, `import type { One } from './one.ts';`);
      expect(cyclesOf([one, two])).toEqual([]);
      writeFileSync(two, `export * from './one.ts';`);
      expect(cyclesOf([one, two])).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
