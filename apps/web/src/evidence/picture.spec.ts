import { drawnSize, jpegName } from './picture.ts';

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
    ['IMG_2041.HEIC', 'IMG_2041.jpg'],
    ['foto desa.v2.webp', 'foto desa.v2.jpg'],
    ['foto', 'foto.jpg'],
  ])('was called %s and is called %s', (name, called) => expect(jpegName(name)).toBe(called));
});
