import { crc32 } from 'node:zlib';
import type { EvidenceFile } from '@lokmin/contracts';

/**
 * Whether a content is whole, as far as its frame tells: it begins, goes on and ends as its type has it, and has a size.
 * Cut short or scribbled over it is not. It is not drawn: that is for who looks at it.
 * @param type what the first bytes say
 */
export const isWhole = (type: EvidenceFile['type'], content: Buffer): boolean => FRAMES[type](content);

const nameAt = (content: Buffer, at: number) => content.toString('latin1', at, at + 4);
const hasSize = (width: number, height: number) => width > 0 && height > 0;

const FRAMES: Record<EvidenceFile['type'], (content: Buffer) => boolean> = {
  'image/jpeg': isWholeJpeg,
  'image/png': isWholePng,
  'image/webp': isWholeWebp,
  'application/pdf': isWholePdf,
};

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Headers of a frame: C0 to CF, but for tables of codes and of arithmetic, and one that is reserved. */
const isFrame = (marker: number) => (marker & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(marker);
/** What stands alone, without a length. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Segments with a frame header of some size among them, then scans, until the end of the image. Cameras write on behind it. */
function isWholeJpeg(content: Buffer): boolean {
  let framed = false;
  let scanned = false;
  for (let at = 2; at + 1 < content.length;) {
    if (content[at] !== 0xff) {
      if (!scanned) return false;
      at = content.indexOf(0xff, at); // coded data
      if (at < 0) return false;
      continue;
    }
    const marker = content[at + 1]!;
    if (marker === END_OF_IMAGE) return framed && scanned;
    if (marker === 0xff || (scanned && marker === 0x00) || isBare(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker < 0xc0 || at + 4 > content.length) return false;
    const length = content.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > content.length) return false;
    if (isFrame(marker)) {
      if (length < 11 || !hasSize(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))) return false;
      framed = true;
    }
    if (marker === START_OF_SCAN) {
      if (!framed) return false;
      scanned = true;
    }
    at = next;
  }
  return false;
}

/** Chunks from a header of some size through data to the end; the sums of those that matter are right. */
function isWholePng(content: Buffer): boolean {
  let hasData = false;
  for (let at = 8; at + 12 <= content.length;) {
    const length = content.readUInt32BE(at);
    const name = nameAt(content, at + 4);
    const next = at + 12 + length;
    if (next > content.length) return false;
    const matters = /^[A-Z]/.test(name);
    if (matters && crc32(content.subarray(at + 4, next - 4)) !== content.readUInt32BE(next - 4)) return false;
    if ((name === 'IHDR') !== (at === 8)) return false;
    if (name === 'IHDR' && (length !== 13 || !hasSize(content.readUInt32BE(16), content.readUInt32BE(20))))
      return false;
    if (name === 'IDAT') hasData = true;
    if (name === 'IEND') return hasData;
    at = next;
  }
  return false;
}

/** Chunks fill the length that the file says it has, and one of them is a picture. */
function isWholeWebp(content: Buffer): boolean {
  if (content.length < 20) return false;
  const end = content.readUInt32LE(4) + 8;
  if (end > content.length) return false;
  let hasPicture = false;
  let at = 12;
  while (at + 8 <= end) {
    const length = content.readUInt32LE(at + 4);
    const from = at + 8;
    if (from + length > end) return false;
    const name = nameAt(content, at);
    // A key frame, a picture without loss, or a frame of a moving one.
    if (name === 'VP8 ') hasPicture ||= length > 10 && content.readUIntBE(from + 3, 3) === 0x9d012a;
    if (name === 'VP8L') hasPicture ||= length > 5 && content[from] === 0x2f;
    if (name === 'ANMF') hasPicture ||= length > 24 && /^(VP8 |VP8L|ALPH)$/.test(nameAt(content, from + 16));
    at = from + length + (length % 2);
  }
  return hasPicture && at >= end;
}

/** Where readers of PDF look for its end. */
const PDF_TAIL = 1024;
/** The end says where the table of contents begins, and there it is. */
function isWholePdf(content: Buffer): boolean {
  const tail = content.subarray(-PDF_TAIL).toString('latin1');
  const [, offset] = /^[^]*startxref\s+(\d{1,10})\s+%%EOF/.exec(tail) ?? [];
  if (offset === undefined) return false;
  const at = Number(offset);
  return /^\s*(xref\s|\d+\s+\d+\s+obj\b)/.test(content.toString('latin1', at, at + 40));
}
