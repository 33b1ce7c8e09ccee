import { cleanName, nameOf, typeOf } from './evidence.rules.ts';

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
