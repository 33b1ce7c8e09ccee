import type { z } from 'zod';
import type { Text } from './ask.ts';

/**
 * What can be wrong with a field: the words after the colon of *input.invalid*. Each says what is wrong and what to do.
 * `{n}` is the limit that was passed, `{choices}` what may be chosen.
 */
export const PROBLEMS = {
  missing: { id: 'belum diisi; isi dahulu', en: 'it is missing; fill it in' },
  blank: { id: 'kosong; isi dahulu', en: 'it is empty; fill it in' },

  'wrong-type.text': { id: 'harus berupa teks', en: 'it must be a text' },
  'wrong-type.number': { id: 'harus berupa angka', en: 'it must be a number' },
  'wrong-type.whole': {
    id: 'harus bilangan bulat, tanpa koma',
    en: 'it must be a whole number, without decimals',
  },
  'wrong-type.truth': {
    id: 'harus true (ya) atau false (tidak)',
    en: 'it must be true or false',
  },
  'wrong-type.list': { id: 'harus berupa daftar', en: 'it must be a list' },
  'wrong-type.parts': {
    id: 'harus berupa objek dengan bagian-bagian bernama',
    en: 'it must be an object with named parts',
  },
  'wrong-choice': {
    id: 'tidak ada pilihan itu; pilih salah satu dari {choices}',
    en: 'there is no such choice; choose one of {choices}',
  },
  'not-json': {
    id: 'bukan JSON yang utuh; periksa tanda kurung, koma dan tanda kutipnya',
    en: 'it is not whole JSON; check its brackets, commas and quotes',
  },
  'wrong-choice.of-type': {
    id: 'tidak ada pilihan itu; pilih salah satu nilai {type} dalam skema',
    en: 'there is no such choice; choose one of the values of {type} in the schema',
  },
  'unknown-field': {
    id: 'bagian ini tidak dikenal; hapus atau periksa ejaannya',
    en: 'this part is not known; delete it or check its spelling',
  },

  'too-short': {
    id: 'terlalu pendek; isi paling sedikit {n} karakter',
    en: 'it is too short; give at least {n} characters',
  },
  'too-long': {
    id: 'terlalu panjang; isi paling banyak {n} karakter',
    en: 'it is too long; give at most {n} characters',
  },
  'too-small': { id: 'terlalu kecil; isi paling sedikit {n}', en: 'it is too small; give at least {n}' },
  'too-large': { id: 'terlalu besar; isi paling banyak {n}', en: 'it is too large; give at most {n}' },
  'too-few': { id: 'terlalu sedikit; beri paling sedikit {n} butir', en: 'too few; give at least {n}' },
  'too-many': {
    id: 'terlalu banyak; beri paling banyak {n} butir sekaligus',
    en: 'too many; give at most {n} at a time',
  },

  'format.uuid': {
    id: 'bukan UUID seperti 0190b0a6-0000-7000-8000-000000000001',
    en: 'it is no UUID such as 0190b0a6-0000-7000-8000-000000000001',
  },
  'format.datetime': {
    id: 'bukan waktu seperti 2025-01-31T08:00:00+07:00',
    en: 'it is no time such as 2025-01-31T08:00:00+07:00',
  },
  'format.date': {
    id: 'bukan tanggal yang ada seperti 2025-01-31',
    en: 'it is no date that exists, such as 2025-01-31',
  },
  'format.period': {
    id: 'bukan bulan seperti 2024-12 (tahun 1900-2199)',
    en: 'it is no month such as 2024-12 (years 1900-2199)',
  },
  'format.decimal': {
    id: 'bukan angka dengan titik desimal seperti 76.80',
    en: 'it is no number with a decimal point such as 76.80',
  },
  'format.district-code': {
    id: 'bukan kode kabupaten/kota; tulis empat angka seperti 19.06 atau 1906',
    en: 'it is no district code; write four digits such as 19.06 or 1906',
  },
  'format.column': {
    id: 'tulis huruf kolomnya, misalnya D',
    en: 'write the letters of the column, such as D',
  },
  'format.column-or-cell': {
    id: 'tulis huruf kolom atau satu sel, misalnya D atau D3',
    en: 'write the letters of a column or one cell, such as D or D3',
  },
  'format.unit-code': {
    id: 'bukan nomor registrasi puskesmas; tulis tujuh angka seperti 1012406',
    en: 'it is no registration number of a puskesmas; write seven digits such as 1012406',
  },
  'format.id': {
    id: 'bukan id {thing}; pakai id yang diberikan API ini untuk {thing}',
    en: 'it is not the id of {thing}; use the id that this API gave for {thing}',
  },
  'format.digits': { id: 'harus terdiri atas angka saja', en: 'it must consist of digits only' },
  'format.cursor': {
    id: 'bukan akhir sebuah halaman; pakai endCursor halaman sebelumnya, atau kosongkan',
    en: 'it is not the end of a page; use the endCursor of the page before, or leave it out',
  },

  'format.login': {
    id: 'bukan nama akun; tulis 2-64 huruf, angka, titik, garis atau garis bawah, mulai dengan huruf atau angka',
    en: 'it is no account name; write 2-64 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
  },
  'format.url': {
    id: 'bukan alamat seperti https://contoh.go.id/lokmin',
    en: 'it is no address such as https://example.org/lokmin',
  },
  'address.with-login': {
    id: 'alamat tidak boleh memuat nama pengguna atau kata sandi; hapus bagian sebelum @',
    en: 'an address may not carry a login or a password; remove what stands before @',
  },
  'address.not-https': {
    id: 'harus https://, kecuali untuk host yang didaftarkan pengelola server (LOKMIN_WEBHOOK_HOSTS)',
    en: 'it must be https://, but for hosts that the operator of the server lists (LOKMIN_WEBHOOK_HOSTS)',
  },
  'address.not-public': {
    id: 'berada di jaringan dalam dan tidak didaftarkan pengelola server (LOKMIN_WEBHOOK_HOSTS)',
    en: 'it lies in an inner network and is not listed by the operator of the server (LOKMIN_WEBHOOK_HOSTS)',
  },

  'header.accept': {
    id: 'pintu ini hanya menjawab dengan aliran; kirim accept: text/event-stream',
    en: 'this door answers by a stream only; send accept: text/event-stream',
  },
  'header.content-type': {
    id: 'jenis isi ini tidak diterima; kirim content-type: application/json',
    en: 'this type of content is not taken; send content-type: application/json',
  },

  'more-than-one-line': {
    id: 'hanya boleh satu baris; hapus pergantian baris, tab dan karakter kendali lain',
    en: 'only one line fits here; remove line breaks, tabs and other control characters',
  },
  'attendee-twice': {
    id: 'peserta ini disebut dua kali; sebut satu kali saja',
    en: 'this attendee is named twice; name each once',
  },
  'guest-twice': {
    id: 'tamu dengan nama dan asal yang sama disebut dua kali; sebut satu kali saja',
    en: 'a guest of the same name and place is named twice; name each once',
  },
  'file-twice': {
    id: 'berkas ini disebut dua kali; sebut satu kali saja',
    en: 'this file is named twice; name each once',
  },

  'listed-twice': {
    id: 'disebut dua kali; sebut satu kali saja',
    en: 'it is named twice; name each once',
  },

  /** For a kind of issue without words of its own; a test shows that no contract needs it. */
  other: { id: 'tidak sah; periksa lalu isi kembali', en: 'it is not valid; check it and fill it in again' },
} as const satisfies Record<string, Text>;
export type Problem = keyof typeof PROBLEMS;

const isProblem = (name: string): name is Problem => Object.hasOwn(PROBLEMS, name);

/** The words of a problem. @param details for the holes of its text, a number as each language writes it */
export function problem(name: Problem, details: Record<string, string | number | Text> = {}): Text {
  const filled = (language: keyof Text, locale: string) =>
    PROBLEMS[name][language].replace(/\{(\w+)\}/g, (hole, key: string) => {
      const detail = details[key];
      if (typeof detail === 'object') return detail[language];
      return typeof detail === 'number' ? detail.toLocaleString(locale) : (detail ?? hole);
    });
  return { id: filled('id', 'id-ID'), en: filled('en', 'en') };
}

type Issue = z.core.$ZodIssue;

const TYPES: Record<string, Problem> = {
  string: 'wrong-type.text',
  number: 'wrong-type.number',
  int: 'wrong-type.whole',
  boolean: 'wrong-type.truth',
  array: 'wrong-type.list',
  object: 'wrong-type.parts',
  record: 'wrong-type.parts',
};

/** What an issue of the schema library says to a person, and about which field. @param sent what was checked */
export function problemOf(issue: Issue, sent: unknown): { path: readonly string[]; problem: Text } {
  const path = issue.path.map(String);
  switch (issue.code) {
    case 'invalid_type':
      return {
        path,
        problem: problem(isMissing(sent, path) ? 'missing' : (TYPES[issue.expected] ?? 'other')),
      };
    case 'too_small':
      return {
        path,
        problem: tooFar(
          issue.origin,
          ['too-short', 'too-small', 'too-few'],
          Number(issue.minimum) + (issue.inclusive ? 0 : 1),
        ),
      };
    case 'too_big':
      return {
        path,
        problem: tooFar(
          issue.origin,
          ['too-long', 'too-large', 'too-many'],
          Number(issue.maximum) - (issue.inclusive ? 0 : 1),
        ),
      };
    case 'invalid_format': {
      const name = `format.${issue.format}`;
      return { path, problem: problem(isProblem(name) ? name : 'other') };
    }
    case 'invalid_value':
      return {
        path,
        problem: isMissing(sent, path)
          ? problem('missing')
          : problem('wrong-choice', { choices: issue.values.join(', ') }),
      };
    case 'unrecognized_keys':
      return { path: [...path, ...issue.keys.slice(0, 1)], problem: problem('unknown-field') };
    case 'custom': {
      const name = String(issue.params?.['problem']);
      return { path, problem: problem(isProblem(name) ? name : 'other') };
    }
    default:
      return { path, problem: problem('other') };
  }
}

function isMissing(sent: unknown, path: readonly string[]): boolean {
  let given = sent;
  for (const name of path) given = (given as Record<string, unknown> | null | undefined)?.[name];
  return given === undefined || given === null;
}

/** @param limit the last one that is allowed; limits of numbers are whole in every contract */
function tooFar(
  origin: string,
  [ofText, ofNumber, ofList]: readonly [Problem, Problem, Problem],
  limit: number,
): Text {
  if (origin === 'string')
    return problem(ofText === 'too-short' && limit === 1 ? 'blank' : ofText, { n: limit });
  return problem(origin === 'array' ? ofList : ofNumber, { n: limit });
}
