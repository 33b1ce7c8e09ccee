import { sizeIn } from './size.ts';

describe('the size of a file', () => {
  it.each([
    [1, '1 kB'],
    [1024, '1 kB'],
    [345_678, '338 kB'],
    [1_048_064, '1 MB'],
    [1_048_575, '1 MB'],
    [1_572_864, '1,5 MB'],
    [5_242_880, '5 MB'],
  ])('of %i bytes is %s', (bytes, size) =>
    expect(sizeIn(bytes, (value) => value.toLocaleString('id-ID'))).toBe(size),
  );
});
