import { oneLine } from './one-line.ts';

describe('a text of one line', () => {
  it.each([
    ['Sweeping K4\r\n  di tiga desa\n', 'Sweeping K4 di tiga desa'],
    ['Sweeping\u2028K4', 'Sweeping K4'],
    ['\n\n Kelas  ibu ', 'Kelas  ibu'],
    [' \n ', ''],
  ])('keeps no line break of %j', (pasted, kept) => expect(oneLine(pasted)).toBe(kept));
});
