/**
 * Random payloads into the intake of pages, against a real store: no crash, every spoiled item quarantined, every whole
 * one taken. What is spoiled is known from how it was made, not from asking the schema.
 *
 * Long form: SWITCHYARD_LONG=1. Repeat a run: SWITCHYARD_SEED=<seed>.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/main/database/open-store.ts';
import { startAtZero } from '../../../src/main/marketplace-link/link-stream-table.ts';
import { countQuarantined } from '../../../src/main/marketplace-link/quarantine-table.ts';
import { itemKind, type StreamDefinition } from '../../../src/main/marketplace-link/stream-definition.ts';
import { takePage } from '../../../src/main/marketplace-link/streams/take-page.ts';
import { itemKinds } from '../../../src/main/marketplace-link/wire/v1/item-kinds.ts';
import { chooseSeed, seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  sampleDepot,
  sampleDuty,
  sampleEvse,
  sampleLocation,
  samplePosition,
  sampleSession,
  sampleVehicle,
} from '../../support/wire-samples.ts';
import { printFigures } from '../../support/print-figures.ts';

const AT = '2026-06-09T04:10:00Z';
const LOG = '0195f8d0-0000-7000-8000-000000000001';
const SAMPLES: Record<string, Record<string, () => unknown>> = {
  fleet: {
    'depot.put': () => sampleDepot('D'),
    'vehicle.put': () => sampleVehicle('V'),
    'vehicle.delete': () => ({ id: 'V', last_updated: AT }),
    'duty.put': () => sampleDuty('U', 'V'),
    'duty.delete': () => ({ id: 'U', last_updated: AT }),
  },
  network: {
    'location.put': () => ({ ...sampleLocation('L'), evses: [sampleEvse('E')] }),
    'evse.put': () => ({ location_id: 'L', evse: sampleEvse('E') }),
    'evse.status': () => ({ location_id: 'L', evse_uid: 'E', status: 'AVAILABLE', last_updated: AT }),
  },
  sessions: {
    'session.put': () => sampleSession('S', { vehicle_id: 'V', total_cost: { excl_vat: 4.5 } }),
    'session.patch': () => ({ country_code: 'DE', party_id: 'TST', id: 'S', kwh: 3, last_updated: AT }),
  },
  telemetry: {
    positions: () => ({ positions: [samplePosition('V', Date.parse(AT)), samplePosition('W', Date.parse(AT))] }),
  },
};

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that fit no leaf of the given type anywhere in the samples. */
function hostileValues(leaf: unknown): readonly unknown[] {
  const never = [
    null,
    {},
    [],
    [[]],
    { __proto__: null, toString: 1 },
    nest(200),
    JSON.parse('{"__proto__":{"polluted":true}}'),
  ];
  if (typeof leaf === 'string')
    return [
      ...never,
      0,
      -1,
      1e300,
      true,
      '',
      'x'.repeat(6000),
      '<img src=x onerror=alert(1)>'.repeat(20),
      'é\u0000'.repeat(200),
    ];
  if (typeof leaf === 'number') return [...never, Number.NaN, Infinity, -Infinity, 1e300, -1e300, '12', 'NaN', true];
  return [...never, 'yes', 1];
}

test('random payloads are taken when whole, set aside when spoiled, and never crash', { timeout: 600_000 }, () => {
  const seed = chooseSeed();
  const random = seededRandom(seed);
  const total = process.env['SWITCHYARD_LONG'] === '1' ? 1_000_000 : 60_000;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const store = openStore({ path: path.join(temporaryFolder(), 'profile.sqlite') });
  let taken = 0;
  const definitions = new Map<string, StreamDefinition>();
  for (const [stream, kinds] of Object.entries(itemKinds)) {
    definitions.set(stream, {
      name: stream,
      kinds: Object.fromEntries(
        Object.entries(kinds).map(([kind, schema]) => [kind, itemKind(schema, () => void (taken += 1))]),
      ),
    });
    store.write((tx) => startAtZero(tx, stream, LOG));
  }
  const offsets = new Map<string, number>();

  function leaves(value: unknown, at: (string | number)[] = []): (string | number)[][] {
    if (typeof value !== 'object' || value === null) return [at];
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...at, key]));
  }
  function spoil(body: unknown): unknown {
    const target = pick(leaves(body));
    const owner = target
      .slice(0, -1)
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], body) as Record<string, unknown>;
    const key = String(target.at(-1));
    owner[key] = pick(hostileValues(owner[key]));
    return body;
  }
  function makeItem(stream: string, offset: number): { item: unknown; whole: boolean } {
    const [kind, make] = pick(Object.entries(SAMPLES[stream] ?? {}));
    const choice = random();
    if (choice < 0.3) return { item: { offset, at: AT, kind, body: make() }, whole: true };
    if (choice < 0.35)
      return { item: { offset, at: AT, kind, body: pick([null, 1, 'x', [], {}, nest(1000)]) }, whole: false };
    if (choice < 0.38)
      return {
        item: {
          offset,
          at: AT,
          kind: pick(['nonsense', '__proto__', 'constructor', 'toString', 7, null]),
          body: make(),
        },
        whole: false,
      };
    if (choice < 0.4)
      return {
        item: {
          offset,
          at: pick(['yesterday', '', null, '2200-01-01T00:00:00Z', '2026-02-31T99:00:00Z']),
          kind,
          body: make(),
        },
        whole: false,
      };
    return { item: { offset, at: AT, kind, body: spoil(make()) }, whole: false };
  }

  let payloads = 0;
  let wanted = 0;
  let malformed = 0;
  const wrong: string[] = [];
  while (payloads < total) {
    const stream = pick(Object.keys(SAMPLES));
    const from = offsets.get(stream) ?? 0;
    const made = Array.from({ length: 1 + Math.floor(random() * 100) }, (_, n) => makeItem(stream, from + 1 + n));
    payloads += made.length;
    const page: Record<string, unknown> = { stream, items: made.map(({ item }) => item), head: from + made.length };
    const broken = random() < 0.15;
    if (broken) {
      const [key, values] = pick<[string, readonly unknown[]]>([
        ['stream', [null, 7, 'nonsense', '__proto__', {}]],
        [
          'items',
          [
            null,
            {},
            [],
            'x',
            [{ offset: 'x' }],
            [{ offset: from + 1 }, { offset: from + 3 }],
            [null],
            Array.from({ length: 201 }, () => ({ offset: 1 })),
          ],
        ],
        ['head', [null, -1, 1e300, 'x', 0.5]],
      ]);
      page[key] = pick(values);
    }
    // Over the wire NaN becomes null and "__proto__" an own property, as here.
    const answer = takePage(
      { store, wallClock: { nowMs: () => 1 }, log: () => {} },
      definitions,
      JSON.parse(JSON.stringify(page)),
    );
    const to = broken ? from : from + made.length;
    if (answer.answer.ok === broken || (!broken && answer.answer.committed !== to))
      wrong.push(`${JSON.stringify(answer.answer)} to ${JSON.stringify(page).slice(0, 2000)}`);
    offsets.set(stream, to);
    if (broken) malformed += 1;
    else wanted += made.filter(({ whole }) => whole).length;
    if (taken !== wanted) {
      wrong.push(`took ${taken} of ${wanted} whole items by ${JSON.stringify(page).slice(0, 20_000)}`);
      break;
    }
  }
  const spoiled = [...offsets.values()].reduce((sum, offset) => sum + offset, 0) - wanted;
  printFigures('fuzz', {
    seed,
    payloads,
    taken,
    spoiled,
    malformedPages: malformed,
    quarantined: countQuarantined(store),
  });
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect(countQuarantined(store)).toBe(spoiled + malformed);
  expect(
    store.prepare<[], { count: number }>('SELECT count(*) AS count FROM quarantine').get()?.count,
  ).toBeLessThanOrEqual(10_000);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  store.close();
});
