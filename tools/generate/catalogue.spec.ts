import { createRequire } from 'node:module';
import { FACTS, READERS } from '@lokmin/contracts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { asyncApi, factTable } from './catalogue.ts';

const require = createRequire(import.meta.url);

describe('the catalogue of facts', () => {
  it('is a valid AsyncAPI 3.0 document', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object);
    expect(validate(asyncApi()) || validate.errors).toBe(true);
  });

  it('names every fact and every reader', () => {
    const table = factTable();
    for (const fact of FACTS) expect(table).toContain(fact.type);
    for (const reader of Object.values(READERS)) expect(table).toContain(reader.durable);
  });
});
