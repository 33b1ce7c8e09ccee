/**
 * Makes units.csv, coaching-groups.csv, villages.csv and people.csv of the demonstration district, and docs/demo-accounts.md, out of
 * belitung-timur/puskesmas.csv. Run it after a change here: node tools/local/node24.mjs tools/demo/make-directory.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@lokmin/contracts';
import { parse } from 'csv-parse/sync';

const checkout = join(import.meta.dirname, '../..');
const folder = 'tools/demo/belitung-timur';
/** The published counts are of 2024; when a puskesmas really opened is not in them. */
const FROM = '2024-01-01';
const DISTRICT = '19.06';

interface Puskesmas {
  reg_code_7digit: string;
  name: string;
  kecamatan: string;
  kecamatan_kemendagri_code: string;
  regency: string;
  province: string;
  villages_2024: string;
}

interface Account {
  login: string;
  title: string;
  role: Role;
  /** One post for each; no entry: one post without a programme. */
  programs: string[];
  /** Code of the group that a member of a coaching team coaches. */
  coaches?: string;
}

/** How a district office may divide its puskesmas among coaching teams (TPCB); the division is made up, and says so. */
const COACHING_GROUPS = [
  {
    code: 'TPCB-1',
    name: 'Kelompok Binaan Utara (sintetis)',
    login: 'tpcb.utara',
    places: ['Manggar', 'Mengkubang', 'Kelapa Kampit'],
  },
  {
    code: 'TPCB-2',
    name: 'Kelompok Binaan Selatan (sintetis)',
    login: 'tpcb.selatan',
    places: ['Gantung', 'Renggiang', 'Simpang Pesak', 'Dendang'],
  },
];

/** Who works at a puskesmas. Together the holders have every programme that the profile publishes results of. */
const postsOf = (place: string, short: string): Account[] => [
  {
    login: `kapus.${short}`,
    title: `Kepala Puskesmas ${place}`,
    role: 'kepala_puskesmas',
    programs: [],
  },
  { login: `ktu.${short}`, title: `Kepala Tata Usaha ${place}`, role: 'ktu', programs: [] },
  {
    login: `kia.${short}`,
    title: `Pemegang Program KIA ${place}`,
    role: 'pemegang_program',
    programs: ['KIA', 'KB'],
  },
  {
    login: `gizi.${short}`,
    title: `Pemegang Program Gizi ${place}`,
    role: 'pemegang_program',
    programs: ['Gizi'],
  },
  {
    login: `imunisasi.${short}`,
    title: `Pemegang Program Imunisasi ${place}`,
    role: 'pemegang_program',
    programs: ['Imunisasi'],
  },
  {
    login: `p2.${short}`,
    title: `Pemegang Program P2 ${place}`,
    role: 'pemegang_program',
    programs: ['P2 TB', 'P2 HIV', 'P2 Hepatitis', 'P2 ISPA', 'P2 Diare', 'P2 DBD'],
  },
  {
    login: `ptm.${short}`,
    title: `Pemegang Program PTM dan Lansia ${place}`,
    role: 'pemegang_program',
    programs: ['PTM', 'Keswa', 'Lansia'],
  },
  {
    login: `promkes.${short}`,
    title: `Pemegang Program Promkes ${place}`,
    role: 'pemegang_program',
    programs: ['Promkes', 'UKS'],
  },
  { login: `pelaksana.${short}`, title: `Pelaksana ${place}`, role: 'pelaksana', programs: [] },
];
const OFFICE: Account[] = [
  { login: 'dinas', title: 'Petugas Dinas Kesehatan', role: 'petugas_dinas', programs: [] },
  ...COACHING_GROUPS.map(({ code, login }) => ({
    login,
    title: `Anggota ${code}`,
    role: 'tpcb' as const,
    programs: [],
    coaches: code,
  })),
  { login: 'admin', title: 'Administrator', role: 'administrator', programs: [] },
];

const csv = (rows: string[][]) =>
  rows
    .map((row) =>
      row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join('\n') + '\n';

const rowsOf = (unitCode: string, { login, title, role, programs, coaches }: Account): string[][] =>
  (programs.length > 0 ? programs : ['']).map((program) => [
    login,
    title,
    `${login}@lokmin.example`, // a domain that reaches nobody
    '',
    unitCode,
    role,
    program,
    title,
    FROM,
    '',
    coaches ?? '',
  ]);

/** @returns the text of each file by its path in the checkout */
export function demonstrationDirectory(): Record<string, string> {
  const all = parse(readFileSync(join(checkout, folder, 'puskesmas.csv')), {
    columns: true,
    bom: true,
  }) as Puskesmas[];
  const places = all.map((puskesmas) => {
    const place = puskesmas.name.replace(/^Puskesmas /, '');
    return { ...puskesmas, place, accounts: postsOf(place, place.toLowerCase().replaceAll(' ', '-')) };
  });
  const { regency, province } = all[0]!;

  const units = [
    'district_code,district_name,province,time_zone,kind,code,name,kecamatan_code,kecamatan_name,valid_from'.split(
      ',',
    ),
    [
      DISTRICT,
      regency,
      province,
      'WIB',
      'district_office',
      DISTRICT,
      `Dinas Kesehatan ${regency}`,
      '',
      '',
      FROM,
    ],
    ...places.map((it) => [
      DISTRICT,
      regency,
      province,
      'WIB',
      'puskesmas',
      it.reg_code_7digit,
      it.name,
      it.kecamatan_kemendagri_code,
      it.kecamatan,
      FROM,
    ]),
  ];
  const coachingGroups = [
    ['district_code', 'code', 'name', 'unit_code'],
    ...COACHING_GROUPS.flatMap(({ code, name, places: coached }) =>
      coached.map((place) => [
        DISTRICT,
        code,
        name,
        places.find((it) => it.place === place)!.reg_code_7digit,
      ]),
    ),
  ];
  const villages = [
    ['unit_code', 'code', 'name', 'synthetic'],
    ...places.flatMap((it) =>
      Array.from({ length: Number(it.villages_2024) }, (_, i) => [
        it.reg_code_7digit,
        // Kemendagri numbers villages from 1001 and 2001: these cannot be taken for real ones.
        `${it.kecamatan_kemendagri_code}.${9001 + i}`,
        `Desa ${i + 1} ${it.place} (sintetis)`,
        'ya',
      ]),
    ),
  ];
  const people = [
    'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to,coaching_group'.split(','),
    ...OFFICE.flatMap((account) => rowsOf(DISTRICT, account)),
    ...places.flatMap((it) => it.accounts.flatMap((account) => rowsOf(it.reg_code_7digit, account))),
  ];

  const accounts = [
    ...OFFICE.map((account) => ({ account, place: `Dinas Kesehatan ${regency}` })),
    ...places.flatMap((it) => it.accounts.map((account) => ({ account, place: it.name }))),
  ].map(({ account: { login, title, programs }, place }) => [
    `\`${login}\``,
    title,
    place,
    programs.join(', ') || '-',
  ]);
  const heads = ['Login', 'Post', 'At', 'Programmes'];
  const widths = heads.map((head, i) => Math.max(head.length, ...accounts.map((cells) => cells[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const table = [heads, widths.map((width) => '-'.repeat(width)), ...accounts].map(line).join('\n');
  return {
    [`${folder}/units.csv`]: csv(units),
    [`${folder}/coaching-groups.csv`]: csv(coachingGroups),
    [`${folder}/villages.csv`]: csv(villages),
    [`${folder}/people.csv`]: csv(people),
    'docs/demo-accounts.md': `# Demonstration accounts

Nobody real: each account is named by its post. All have one password, which is made at the first start, printed, and
kept in the data folder (or given in \`LOKMIN_DEMO_PASSWORD\` before the first start, at least 12 characters).
At every puskesmas the logins are made alike: \`<post>.<puskesmas>\`.

${table}
`,
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(demonstrationDirectory())) {
    writeFileSync(join(checkout, path), text);
    console.log(`${path}: ${text.split('\n').length - 1} lines`);
  }
}
