import { publishedRows, type PublishedRow } from '../demo/catalogue.ts';
import { Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

interface UnitIndicator {
  puskesmas: { code: string };
  result: {
    numerator: string;
    denominator: string | null;
    coverage: string | null;
    warnings: { code: string }[];
  };
}
interface DistrictIndicator {
  district: {
    indicator: {
      status: string;
      numerator: string;
      denominator: string | null;
      coverage: string | null;
      units: UnitIndicator[];
    };
  };
}

let demonstration: Demonstration;
let officer: Person;

beforeAll(async () => {
  demonstration = await aRunningDemonstration();
  officer = await demonstration.signIn('dinas');
}, 300_000);
afterAll(() => demonstration?.stop(), 60_000);

const indicator = async (code: string) =>
  (
    await officer.ask<DistrictIndicator>(
      `query ($code: String!) { district(code: "19.06") { indicator(period: "2024-12", code: $code) {
         status numerator denominator coverage
         units { puskesmas { code } result { numerator denominator coverage warnings { code } } } } } }`,
      { code },
    )
  ).district.indicator;

it('K1 of the district is 1,731 of 2,254 women, 76.80 %', async () => {
  expect(await indicator('KIA-K1')).toMatchObject({
    status: 'OK',
    numerator: '1731',
    denominator: '2254',
    coverage: '76.80',
  });
});

it('every published row gives its recomputed value, counts stay counts, and only the seven copied percentages are flagged', async () => {
  const byIndicator = Map.groupBy(publishedRows(), (row) => row.indicator_code);
  const compared = { divided: 0, counts: 0 };
  const wrong: { row: PublishedRow; result: UnitIndicator['result'] | undefined }[] = [];
  const flagged: string[] = [];
  for (const [code, rows] of byIndicator) {
    const { units } = await indicator(code);
    for (const row of rows) {
      const result = units.find((unit) => unit.puskesmas.code === row.puskesmas_reg_code)?.result;
      const expected = row.denominator ? row.recomputed_value : `${row.numerator}.00`;
      if (
        result?.numerator !== row.numerator ||
        (result.denominator ?? '') !== row.denominator ||
        result.coverage !== expected
      )
        wrong.push({ row, result });
      compared[row.denominator ? 'divided' : 'counts'] += 1;
      if (result?.warnings.some((warning) => warning.code === 'published_unexplained'))
        flagged.push(`${code} ${row.puskesmas_reg_code}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toEqual({ divided: 364, counts: 21 });
  expect(flagged.sort()).toEqual(
    ['1012402', '1012403', '1012404', '1012405', '1012406', '1012407', '1012408'].map(
      (code) => `TB-SR ${code}`,
    ),
  );
});
