import { randomUUID } from 'node:crypto';
import { periodOf } from '@lokmin/calendar';
import {
  EvaluationSubmitted,
  PublishBundle,
  RecordValues,
  SubmitEvaluation,
  UnitResults,
} from '@lokmin/contracts';
import { goldenCases } from '@lokmin/evaluation/testing';
import { aService, MANGGAR, type TestService } from '@lokmin/testing';
import { indicators } from './service.ts';

/** Rules are those of a bundle, so each kind of rules has a year of its own. */
const FIRST_YEAR = 2001;
const years = [...Map.groupBy(goldenCases(FIRST_YEAR), ({ rules }) => JSON.stringify(rules)).values()].map(
  (cases, i) => {
    const names = new Set(cases.map(({ name }) => name));
    return { year: FIRST_YEAR + i, cases: goldenCases(FIRST_YEAR + i).filter(({ name }) => names.has(name)) };
  },
);
const command = () => ({ commandId: randomUUID(), unitId: MANGGAR.unitId });

let service: TestService;
beforeAll(async () => {
  service = await aService(indicators);
}, 60_000);
afterAll(() => service?.stop());

describe.each(years)('the golden cases of $year', ({ year, cases }) => {
  const { rules } = cases[0]!;
  const months = [...new Set(cases.map(({ month }) => month))].sort((a, b) => a - b);

  it('come out the same from the service, and from the facts that it announces', async () => {
    await service.ask('administrator', PublishBundle, {
      commandId: randomUUID(),
      districtCode: '19.06',
      year,
      name: `Paket ${year}`,
      rules,
      indicators: cases.map(({ definition }) => definition),
    });
    const values = cases.flatMap((one) => one.values);
    for (const [period, ofPeriod] of Map.groupBy(values, (value) => value.period))
      await service.ask('administrator', RecordValues, {
        ...command(),
        period,
        values: ofPeriod.map(({ period: _, ...value }) => value),
      });
    for (const month of months) {
      const period = periodOf(year, month);
      await service.ask('headOfManggar', SubmitEvaluation, { ...command(), period });
      const { results } = await service.ask('headOfManggar', UnitResults, {
        unitId: MANGGAR.unitId,
        period,
      });
      const announced = (await service.announced()).filter(({ type }) => type === EvaluationSubmitted.type);
      const { judged } = announced.find(({ data }) => data['period'] === period)!.data as {
        judged: { code: string }[];
      };
      for (const { name, month: of, definition, expected } of cases)
        if (of === month) {
          expect([name, results.find(({ code }) => code === definition.code)]).toMatchObject([
            name,
            expected,
          ]);
          const { coverageState: _, performanceCapped: __, ...told } = expected;
          expect([name, judged.find(({ code }) => code === definition.code)]).toMatchObject([name, told]);
        }
    }
  }, 60_000);
});
