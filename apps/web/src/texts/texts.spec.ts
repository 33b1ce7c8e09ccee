import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { inFull } from './in-full.ts';

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8'));
const [indonesian, english] = [read('id'), read('en')];
const holes = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const source = join(import.meta.dirname, '..');
const code = globSync('**/*.{ts,tsx}', { cwd: source })
  .filter((file) => !file.endsWith('.spec.ts') && !file.startsWith('api/operations'))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n');

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(english)).toEqual(Object.keys(indonesian));
  });

  it('name the same values in both languages', () => {
    for (const [key, text] of Object.entries(indonesian))
      expect({ key, holes: holes(english[key]!) }).toEqual({ key, holes: holes(text) });
  });

  it('leave no text empty', () => {
    const empty = (texts: Record<string, string>) =>
      Object.keys(texts).filter((key) => texts[key]!.trim() === '');
    expect(empty(indonesian)).toEqual([]);
    expect(empty(english)).toEqual([]);
  });

  it('hold every key that the screens use', () => {
    const used = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((key) => !(key in indonesian))).toEqual([]);
  });

  it('hold no key that no screen uses', () => {
    // Keys built from a value of the services: `judgement.${judgement}`.
    const families = [...code.matchAll(/`([a-z.-]+\.)\$\{/g)].map((match) => match[1]!);
    // Of one page for two kinds of things: `${of}.page`.
    const endings = [...code.matchAll(/`\$\{\w+\}(\.[a-z.-]+)`/g)].map((match) => match[1]!);
    const isUsed = (key: string) =>
      endings.some((ending) => key.endsWith(ending)) ||
      code.includes(`'${key}'`) ||
      code.includes(`"${key}"`) ||
      families.some((family) => key.startsWith(family) && key !== family);
    expect(Object.keys(indonesian).filter((key) => !isUsed(key))).toEqual([]);
  });
});

describe('a text of the services', () => {
  it.each([
    ['Batas 2025-01-31, periode 2024-12.', 'Batas 31 Januari 2025, periode Desember 2024.'],
    ['Sejak 2026-11-21T03:00:15.000Z.', 'Sejak 2026-11-21T03:00:15.000Z.'],
    ['Nomor 2026-99.', 'Nomor 2026-99.'],
  ])('says %s in full, and no part of a longer one', (text, full) => expect(inFull(text, 'id')).toBe(full));
});

describe('the screens', () => {
  const READ_OR_HEARD = new Set([
    'title',
    'label',
    'placeholder',
    'description',
    'alt',
    'aria-label',
    'aria-description',
  ]);
  const isText = (text: string) => /\p{L}{2,}/u.test(text);

  /** Words that stand in the page itself: between tags, or in an attribute that people read or hear. */
  function ownTexts(file: string): string[] {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isJsxText(node) && isText(node.text)) found.push(node.text.trim());
      if (
        ts.isJsxExpression(node) &&
        !ts.isJsxAttribute(node.parent) &&
        node.expression &&
        ts.isStringLiteral(node.expression)
      )
        found.push(...[node.expression.text].filter(isText));
      if (
        ts.isJsxAttribute(node) &&
        READ_OR_HEARD.has(node.name.getText()) &&
        node.initializer &&
        ts.isStringLiteral(node.initializer)
      )
        found.push(...[node.initializer.text].filter(isText));
      ts.forEachChild(node, visit);
    };
    const text = readFileSync(join(source, file), 'utf8');
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
    return found.map((words) => `${file}: ${words}`);
  }

  it('take every visible text from the catalogues', () => {
    const pages = globSync('**/*.tsx', { cwd: source });
    expect(pages.length).toBeGreaterThan(15);
    expect(pages.flatMap(ownTexts)).toEqual([]);
  });
});
