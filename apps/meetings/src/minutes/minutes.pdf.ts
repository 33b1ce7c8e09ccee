import * as fontkit from 'fontkit';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const { resolve } = createRequire(import.meta.url);
const roboto = (style: string) =>
  join(dirname(resolve('pdfmake/package.json')), `fonts/Roboto/Roboto-${style}.ttf`);
const symbols = join(dirname(resolve('dejavu-fonts-ttf/package.json')), 'ttf/DejaVuSans.ttf');
const fonts = {
  Roboto: {
    normal: roboto('Regular'),
    bold: roboto('Medium'),
    italics: roboto('Italic'),
    bolditalics: roboto('MediumItalic'),
  },
  /** For what Roboto does not have: arrows, ticks, other scripts. */
  DejaVu: { normal: symbols, bold: symbols, italics: symbols, bolditalics: symbols },
};

pdfmake.setFonts(fonts);
// A document is made of what it is given: nothing is fetched, no file is read but its fonts.
const ours = new Set(Object.values(fonts).flatMap((styles) => Object.values(styles)));
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => ours.has(path));

const has = (path: string): ((character: string) => boolean) => {
  const codes = new Set((fontkit.openSync(path) as fontkit.Font).characterSet);
  return (character) => codes.has(character.codePointAt(0)!);
};
const inRoboto = has(fonts.Roboto.normal);
const inDejaVu = has(symbols);

/** A stretch of text in one font. */
export interface Run {
  readonly text: string;
  readonly font: keyof typeof fonts;
  /** Something in it is named, since it cannot be drawn. */
  readonly named: boolean;
}

/**
 * A text as its fonts can draw it. A character that none of them has is named, `[U+1F44D]`, where a box would hide which one it was;
 * marks that nobody sees (joiners, variation selectors) are left out.
 */
export function runsOf(text: string): Run[] {
  const runs: { -readonly [Key in keyof Run]: Run[Key] }[] = [];
  for (const character of text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')) {
    const own = inRoboto(character) || /\s/.test(character);
    const font = !own && inDejaVu(character) ? 'DejaVu' : 'Roboto';
    const named = !own && font === 'Roboto';
    const drawn = named ? `[U+${character.codePointAt(0)!.toString(16).toUpperCase()}]` : character;
    const last = runs.at(-1);
    if (last?.font === font) {
      last.text += drawn;
      last.named ||= named;
    } else runs.push({ text: drawn, font, named });
  }
  return runs;
}

/** Draws a document. */
export const renderPdf = (document: TDocumentDefinitions): Promise<Buffer> =>
  pdfmake.createPdf(document).getBuffer() as Promise<Buffer>;
