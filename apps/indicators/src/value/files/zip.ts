import { crc32, inflateRawSync } from 'node:zlib';

/** What is in an archive is not what it says, or not to be read here; the message is for `import.unreadable`. */
export class BadArchive extends Error {}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED = 0x0001;

/**
 * The files of a ZIP archive that `wanted` names, whole and checked. What the directory of the archive says of sizes bounds
 * what is inflated, so that a small archive cannot fill the memory.
 * @param limitBytes of all wanted files together, inflated
 * @throws BadArchive
 */
export function unzip(
  archive: Buffer,
  wanted: (name: string) => boolean,
  limitBytes: number,
): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > archive.length || archive.readUInt32LE(end) !== END)
    throw new BadArchive('berkasnya terpotong / the file is cut off');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  let total = 0;
  try {
    for (let n = archive.readUInt16LE(end + 10); n > 0; n--) {
      if (archive.readUInt32LE(at) !== CENTRAL) throw new RangeError('no entry');
      const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
      const [sum, packed, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset)) as [
        number,
        number,
        number,
      ];
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
        archive.readUInt16LE(at + offset),
      ) as [number, number, number];
      const local = archive.readUInt32LE(at + 42);
      const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
      at += 46 + nameLength + extra + comment;
      if (!wanted(name)) continue;
      if (flags & ENCRYPTED) throw new BadArchive('dilindungi kata sandi / it is protected by a password');
      total += size;
      if (total > limitBytes)
        throw new BadArchive(
          `isinya lebih besar dari ${limitBytes >> 20} MB / its content is larger than ${limitBytes >> 20} MB`,
        );
      if (archive.readUInt32LE(local) !== LOCAL) throw new RangeError('no file');
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(from, from + packed);
      const content = method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
      if (content.length !== size || crc32(content) !== sum) throw new RangeError('another content');
      files.set(name, content);
    }
  } catch (error) {
    if (error instanceof BadArchive) throw error;
    throw new BadArchive('isinya rusak / its content is broken');
  }
  return files;
}

/** An archive of these files, not packed. */
export function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const title = Buffer.from(name);
    const common = Buffer.alloc(26); // from the version that is needed to the length of the extra field
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([number(LOCAL), common, title, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([number(CENTRAL), Buffer.from([20, 0]), common, rest, title]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, number(END), end]);
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
