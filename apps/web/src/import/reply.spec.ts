import { isSettled, readReply } from './reply.ts';

const refusal = {
  code: 'import.rows',
  field: null,
  message: { id: 'Berkas memuat 1 kesalahan.', en: 'One error.' },
};

describe('the answer to an uploaded file', () => {
  it('is a report when the file was accepted', () => {
    const report = { file: 'nilai.csv', rows: 2, changed: 1 };
    expect(readReply(JSON.stringify(report))).toEqual({ kind: 'report', report });
  });

  it('is a refusal with the errors by row', () => {
    const errors = [{ row: 2, column: 'numerator', value: 'x', message: { id: 'Bukan angka.', en: 'No.' } }];
    expect(readReply(JSON.stringify({ refusal, errors }))).toEqual({ kind: 'refused', refusal, errors });
    expect(readReply(JSON.stringify({ refusal }))).toEqual({ kind: 'refused', refusal, errors: [] });
  });

  it.each(['', '<html>502 Bad Gateway</html>', '{}', 'null'])(
    'is a failure of the server when it says %j',
    (text) => {
      expect(readReply(text)).toEqual({ kind: 'failed', failure: 'internal' });
    },
  );
});

describe('the command of an uploaded file', () => {
  const refused = (code: string) => readReply(JSON.stringify({ refusal: { ...refusal, code } }));

  it('is settled by a report and by a refusal', () => {
    expect(isSettled(readReply('{"rows":1}'))).toBe(true);
    expect(isSettled(refused('import.rows'))).toBe(true);
  });

  it.each(['service.unavailable', 'internal', 'request.too-many'])(
    'is repeated under its id after %s, which may come after it was done',
    (code) => expect(isSettled(refused(code))).toBe(false),
  );

  it('is repeated under its id after no answer at all', () => {
    expect(isSettled(readReply(''))).toBe(false);
  });
});
