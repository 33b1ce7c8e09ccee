import { errorFile } from './error-file.ts';

const header = ['Baris', 'Kolom', 'Isi', 'Keterangan'];
const error = (value: string | null, message = 'Bukan angka.') => ({
  sheet: null,
  row: 7,
  column: 'numerator',
  value,
  message: { id: message, en: 'Not a number.' },
});

describe('the file of import errors', () => {
  it('opens in Indonesian Excel: byte order mark, semicolons, CRLF', () => {
    expect(errorFile([error('tiga')], header, 'id')).toBe(
      '\ufeffBaris;Kolom;Isi;Keterangan\r\n7;numerator;tiga;Bukan angka.\r\n',
    );
  });

  it('is in the language of the screen', () => {
    expect(errorFile([error('tiga')], header, 'en')).toContain('Not a number.');
  });

  it('leaves a missing column or value empty', () => {
    expect(errorFile([{ ...error(null), column: null }], header, 'id')).toContain('7;;;Bukan angka.');
  });

  it('quotes separators, quotes and line breaks', () => {
    expect(errorFile([error('a;"b"\nc')], header, 'id')).toContain('7;numerator;"a;""b""\nc";');
  });

  it.each(['=1+1', '+cmd', '-2', '@sum', '\tx'])('does not let %j become a formula', (value) => {
    expect(errorFile([error(value)], header, 'id')).toContain(`;'${value};`);
  });
});
