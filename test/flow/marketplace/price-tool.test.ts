/**
 * The tool `price` as a person runs it: made records whose price is worked out in words beside them, the specification's own examples with
 * the figures that the house rules give for them, and what it says of files that cannot be priced.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Said = {
  readonly error?: { readonly code: string; readonly message: string };
  readonly verdict: string;
  readonly net: string;
  readonly gross: string | null;
  readonly convention: { readonly name: string } | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly trace: readonly string[];
  readonly [field: string]: unknown;
};

const tool = path.resolve(import.meta.dirname, '../../../src/main/tool/tool.ts');
const folder = path.resolve(import.meta.dirname, '../../fixtures/pricing');

function price(...args: readonly string[]): { readonly said: Said; readonly exitCode: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [tool, 'price', ...args], { encoding: 'utf8' });
  return { said: JSON.parse(stdout) as Said, exitCode: status };
}

function written(document: unknown): string {
  const file = path.join(temporaryFolder(), 'document.json');
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
}

describe('made records', () => {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const fixture = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly about: string;
      readonly options: readonly string[];
      readonly exitCode: number;
      readonly expected: { readonly warnings?: readonly string[] };
    };
    test(`${name}: ${fixture.about}`, () => {
      const { said, exitCode } = price('--cdr', file, ...fixture.options);
      const { warnings = [], ...expected } = fixture.expected;
      expect(said).toMatchObject(expected);
      expect(exitCode).toBe(fixture.exitCode);
      expect(said.error === undefined ? said.warnings.map(({ code }) => code) : []).toEqual(
        expect.arrayContaining([...warnings]),
      );
      expect(said.error?.message ?? said.trace.join(' ')).toMatch(/\w+ .*\./u);
    });
  }
});

/** A record around a tariff of the specification, which brings none of its own. */
function recordOf(
  tariffId: string,
  hours: number,
  dimensions: readonly (readonly [hours: number, type: string, volume: number])[],
) {
  const begin = Date.UTC(2026, 5, 9, 8);
  const at = (after: number) => new Date(begin + after * 3_600_000).toISOString();
  return {
    country_code: 'DE',
    party_id: 'ALL',
    id: 'C1',
    currency: 'EUR',
    start_date_time: at(0),
    end_date_time: at(hours),
    charging_periods: dimensions.map(([after, type, volume]) => ({
      start_date_time: at(after),
      tariff_id: tariffId,
      dimensions: [{ type, volume }],
    })),
  };
}

describe('the specification’s examples', () => {
  const WORKED = [
    ['tariff_8_simple_025kwh', recordOf('16', 1, [[0, 'ENERGY', 20]]), '5.00', '5.50'],
    ['tariff_9_025kwh_start', recordOf('17', 1, [[0, 'ENERGY', 20]]), '5.50', '6.10'],
    ['tariff_12_025kwh_min_price', recordOf('20', 1, [[0, 'ENERGY', 1.2]]), '0.50', '0.55'],
    [
      'tariff_13_simple_3hour_5parking',
      recordOf('21', 3.2, [
        [0, 'TIME', 2.5],
        [2.5, 'PARKING_TIME', 0.7],
      ]),
      '11.25',
      '12.75',
    ],
  ] as const;
  for (const [name, record, net, gross] of WORKED)
    test.skipIf(isFixtureAbsent(`ocpi/${name}.json`))(`${name} is ${net}, ${gross} with tax`, () => {
      const { said, exitCode } = price('--cdr', written(record), '--tariff', fixturePath(`ocpi/${name}.json`));
      expect(said).toMatchObject({ net, gross, verdict: 'nothing-stated' });
      expect(exitCode).toBe(0);
    });

  test.skipIf(isFixtureAbsent('ocpi/cdr_example.json'))('cdr_example agrees with itself', () => {
    const { said, exitCode } = price('--cdr', fixturePath('ocpi/cdr_example.json'));
    expect(said).toMatchObject({ net: '4.00', gross: '4.40', verdict: 'agrees', difference: { net: '0', gross: '0' } });
    expect(exitCode).toBe(0);
  });
});

describe('what cannot be used is named', () => {
  test.for([
    ['no JSON', '{', 'not-json'],
    ['no record', { hello: 1 }, 'no-record'],
    [
      'a volume that is no number',
      {
        ...recordOf('T', 1, []),
        charging_periods: [
          { start_date_time: '2026-06-09T08:00:00Z', dimensions: [{ type: 'ENERGY', volume: 'many' }] },
        ],
      },
      'field-unreadable',
    ],
    ['no such day', { ...recordOf('T', 1, []), end_date_time: '2026-13-01T00:00:00Z' }, 'field-unreadable'],
    ['no currency', { ...recordOf('T', 1, []), currency: null }, 'field-missing'],
  ] as const)('%s', ([, document, code]) => {
    const { said, exitCode } = price('--cdr', written(document));
    expect(said.error?.code).toBe(code);
    expect(exitCode).toBe(2);
  });

  test.for([
    [['--zone', 'Europe/Nowhere'], 'zone-unknown'],
    [['--rounding', 'half-up:9'], 'rounding-unknown'],
    [['--tariff', '/no/such/file'], 'file-unreadable'],
    [['--colour', 'red'], 'usage'],
  ] as const)('%j', ([options, code]) => {
    const { said, exitCode } = price('--cdr', path.join(folder, 'session.json'), ...options);
    expect(said.error?.code).toBe(code);
    expect(exitCode).toBe(2);
  });
});

test('a credit record takes the whole amount back', () => {
  const { cdr } = JSON.parse(readFileSync(path.join(folder, 'capped.json'), 'utf8')) as { cdr: object };
  const credit = { ...cdr, credit: true, credit_reference_id: 'C0', total_cost: { excl_vat: -15, incl_vat: -17.85 } };
  const { said, exitCode } = price('--cdr', written(credit));
  expect(said).toMatchObject({ isCredit: true, net: '15.00', verdict: 'agrees' });
  expect(exitCode).toBe(0);
});
