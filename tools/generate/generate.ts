/** `npm run generate`: writes what is made from the code. `--check` compares instead, and fails when something is old. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { accessTable } from './access.ts';
import { asyncApi, factTable } from './catalogue.ts';
import { exampleOperations, knownOperations, webOperations } from './operations.ts';

const root = join(import.meta.dirname, '../..');
const check = process.argv.includes('--check');

/** The gateway's code tells; no application is imported by name, since nothing but this needs one. */
async function gatewaySchema(): Promise<string> {
  const { printGatewaySchema } = (await import(join(root, 'apps/gateway/src/schema.ts'))) as {
    printGatewaySchema: () => Promise<string>;
  };
  return printGatewaySchema();
}

/** Every resolver of the gateway by the rule under which somebody gets what it gives. */
async function fieldRules(): Promise<string> {
  const { RULES } = (await import(join(root, 'apps/gateway/src/access/rules.ts'))) as {
    RULES: Readonly<Record<string, string>>;
  };
  const byRule = Map.groupBy(Object.entries(RULES), ([, rule]) => rule);
  const rows = [...byRule].map(
    ([rule, fields]) => `| \`${rule}\` | ${fields.map(([field]) => `\`${field}\``).join(', ')} |`,
  );
  return ['| Rule | Fields |', '| --- | --- |', ...rows].join('\n');
}

/** Each generated file with the content it should have, in the order in which one is made from another. */
const GENERATED: Record<string, (present: string) => string | Promise<string>> = {
  'docs/facts.asyncapi.json': () => JSON.stringify(asyncApi(), null, 2),
  'apps/gateway/schema.graphql': gatewaySchema,
  'apps/web/src/api/operations.generated.ts': webOperations,
  'apps/gateway/src/graphql/operations.generated.ts': knownOperations,
  'docs/examples/operations.generated.ts': exampleOperations,
  'ARCHITECTURE.md': (present) => between(present, 'facts', factTable()),
  'docs/access.md': async (present) =>
    between(between(present, 'matrix', accessTable()), 'rules', await fieldRules()),
};

/** Replaces what stands between `<!-- generated: name -->` and `<!-- end -->`. */
function between(present: string, name: string, content: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, '<!-- end -->'];
  const from = present.indexOf(start);
  const to = present.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`No place for ${name} between ${start} and ${end}`);
  return `${present.slice(0, from + start.length)}\n\n${content}\n\n${present.slice(to)}`;
}

let old = 0;
for (const [file, contentOf] of Object.entries(GENERATED)) {
  const path = join(root, file);
  const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const wanted = await format(await contentOf(present), { ...(await resolveConfig(path)), filepath: path });
  if (wanted === present) continue;
  old += 1;
  if (check) console.error(`${file} is not current: run \`npm run generate\` and commit it.`);
  else {
    writeFileSync(path, wanted);
    console.log(`wrote ${file}`);
  }
}
if (check && old > 0) process.exitCode = 1;
