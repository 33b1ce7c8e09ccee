import { drawnName, drawnSize, kindOf } from './picture.ts';

describe('a picture that is sent', () => {
  it.each([
    [4000, 3000, 1600, 1200],
    [3000, 4000, 1200, 1600],
    [1600, 900, 1600, 900],
    [640, 480, 640, 480],
    [10_000, 1, 1600, 1],
  ])('of %i x %i is drawn %i x %i', (width, height, ...drawn) =>
    expect(Object.values(drawnSize(width, height))).toEqual(drawn),
  );

  it.each([
    ['IMG_2041.HEIC', 'jpg', 'IMG_2041.jpg'],
    ['foto desa.v2.webp', 'jpg', 'foto desa.v2.jpg'],
    ['foto', 'jpg', 'foto.jpg'],
    ['grafik.PNG', 'png', 'grafik.png'],
  ] as const)('was called %s and, as %s, is called %s', (name, ending, called) =>
    expect(drawnName(name, ending)).toBe(called),
  );

  it.each([
    ['pdf', '%PDF-1.7'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['other', '\xff\xd8\xff\xe0'],
    ['other', 'RIFF'],
    ['other', ''],
  ])('is known as %s by its first bytes, not by its name', (kind, head) =>
    expect(kindOf(Buffer.from(head, 'latin1'))).toBe(kind),
  );
});
