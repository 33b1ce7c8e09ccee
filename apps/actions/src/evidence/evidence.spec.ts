import { aJpeg, aPdf, aPng, aWebp } from '@lokmin/testing';
import { isWhole } from './evidence.content.ts';
import { cleanName, HEAD_BYTES, nameOf, typeOf } from './evidence.rules.ts';

describe('the type of a content', () => {
  it.each([
    ['image/jpeg', '\xff\xd8\xff\xe0\x00\x10JFIF'],
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\r'],
    ['image/webp', 'RIFF\x24\0\0\0WEBP'],
    ['application/pdf', '%PDF-1.7\n%'],
    [null, '<html><scri'],
    [null, 'RIFF\x24\0\0\0WAVE'],
    [null, ' %PDF-1.7'],
    [null, '\xff\xd8'],
    [null, ''],
  ])('is %s by its first bytes', (type, head) => {
    expect(typeOf(Buffer.from(head, 'latin1'))).toBe(type);
  });
});

describe('the name of a file', () => {
  it.each([
    ['Sweeping desa Kurnia Jaya.JPG', 'Sweeping desa Kurnia Jaya.JPG'],
    ['foto.jpeg', 'foto.jpeg'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['C:\\Users\\kia\\foto.jpg', 'foto.jpg'],
    ['foto.jpg\0.html', 'foto.jpg.html.jpg'],
    ['halaman.html', 'halaman.html.jpg'],
    ['a\r\nb\tc.jpg', 'abc.jpg'],
    ['foto\u202egpj.exe', 'fotogpj.exe.jpg'],
    ['.jpg', 'jpg.jpg'],
    ['..', 'bukti.jpg'],
    ['', 'bukti.jpg'],
    ['folder/', 'bukti.jpg'],
    ['\ud800foto.jpg', 'foto.jpg'],
  ])('%j is kept as %j', (given, kept) => {
    expect(nameOf(given, 'image/jpeg')).toBe(kept);
  });

  it('has at most 200 UTF-16 units and no half of a character', () => {
    const long = nameOf('😀'.repeat(300), 'application/pdf');
    expect(long).toBe(`${'😀'.repeat(98)}.pdf`);
    expect(nameOf(`${'x'.repeat(300)}.pdf`, 'application/pdf')).toBe(`${'x'.repeat(196)}.pdf`);
    expect(cleanName('y'.repeat(201))).toHaveLength(200);
  });
});

describe('a content', () => {
  const files = [
    ['image/jpeg', aJpeg()],
    ['image/png', aPng(40, 30, { tEXt: Buffer.from('Comment\0Kurnia Jaya') })],
    ['image/webp', aWebp()],
    ['application/pdf', aPdf()],
  ] as const;

  it.each(files)('of %s is whole as its program wrote it', (type, content) => {
    expect(typeOf(content)).toBe(type);
    expect(isWhole(type, content)).toBe(true);
  });

  it.each(files)('of %s is not whole when it is cut short anywhere', (type, content) => {
    // Behind the last mark of a PDF file only the end of its line comes.
    const last = type === 'application/pdf' ? content.length - 1 : content.length;
    const taken = Array.from({ length: last }, (_, length) => length).filter((length) =>
      isWhole(type, content.subarray(0, length)),
    );
    expect(taken).toEqual([]);
  });

  it.each(files)('of %s is not whole when it only begins like one', (type, content) => {
    for (const fill of [0x00, 0x20, 0xff, 0x61]) {
      const scribbled = Buffer.alloc(5000, fill);
      content.copy(scribbled, 0, 0, HEAD_BYTES);
      expect(isWhole(type, scribbled)).toBe(false);
    }
  });

  it('of a picture may go on behind its end, as cameras write it', () => {
    for (const [type, content] of [files[0], files[1]])
      expect(isWhole(type, Buffer.concat([content, Buffer.from('more of the camera')]))).toBe(true);
  });

  it('without any size, or with a changed header, is not whole', () => {
    expect(isWhole('image/png', aPng(0, 0))).toBe(false);
    const other = aPng(40, 30);
    other[19] = 41; // its width
    expect(isWhole('image/png', other)).toBe(false);
    const flat = aJpeg();
    flat.writeUInt16BE(0, flat.indexOf(Buffer.from('ffc0', 'hex')) + 5); // its height
    expect(isWhole('image/jpeg', flat)).toBe(false);
    const lost = Buffer.from(
      aPdf()
        .toString()
        .replace(/startxref\n\d+/, 'startxref\n3'),
    );
    expect(isWhole('application/pdf', lost)).toBe(false);
  });
});
