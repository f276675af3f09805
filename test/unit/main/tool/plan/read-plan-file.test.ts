import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPlanFile } from '../../../../../src/main/tool/plan/read-plan-file.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = {
  slot_minutes: 30,
  slots: 4,
  prices: { import: [5, 5, 3, 3], export: 1 },
  site: { limit_kw: 40, load_kw: [10, 10, 5, 5] },
  demand_charge: { price_per_kw: 20 },
  limits: [{ id: 'row', limit_kw: 22 }],
  vehicles: [
    {
      id: 'A',
      need_kwh: 12,
      max_kw: 11,
      windows: [
        [0, 1],
        [2, 4],
      ],
      limit: 'row',
    },
  ],
  offers: [{ vehicle: 'A', kwh: 5, price_per_kwh: 9 }],
};

function read(content: unknown) {
  const file = path.join(folder, 'case.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readPlanFile(file);
}

it('reads one number for all slots, windows, and what missing is worth', () => {
  const read1 = read(GOOD);
  expect(read1).toMatchObject({
    slotHours: 0.5,
    demand: { pricePerKw: 20, peakSoFarKw: 0 },
    feeders: [{ id: 'row', parent: undefined, limitKw: [22, 22, 22, 22] }],
    vehicles: [{ id: 'A', fromSlot: 0, maxKw: [11, 0, 11, 11], offers: [{ kwh: 5, pricePerKwh: 9 }] }],
  });
  expect(read1.vehicles[0]?.missingPrice).toBeGreaterThan(20 / 0.5 + 9);
});

it.each<[string, unknown, RegExp]>([
  ['no JSON', '{', /not a case to plan/u],
  ['a word that is none', { ...GOOD, vehicle: [] }, /Unrecognized key.*vehicle/u],
  ['too few values', { ...GOOD, site: { limit_kw: [1, 2] } }, /at site\.limit_kw: 2 values for 4 slots/u],
  [
    'a window beyond the end',
    { ...GOOD, vehicles: [{ ...GOOD.vehicles[0], windows: [[1, 5]] }] },
    /1 to 5 is no window/u,
  ],
  ['the same vehicle twice', { ...GOOD, vehicles: [GOOD.vehicles[0], GOOD.vehicles[0]] }, /A is there twice/u],
  ['an unknown limit', { ...GOOD, limits: [] }, /no limit is called row/u],
  ['an unknown vehicle', { ...GOOD, vehicles: [] }, /no vehicle is called A/u],
  ['limits in a ring', { ...GOOD, limits: [{ id: 'row', parent: 'row', limit_kw: 1 }] }, /row is above itself/u],
  ['export above import', { ...GOOD, prices: { import: 3, export: 4 } }, /earns more than 3 costs/u],
])('says what is wrong with %s', (_, content, expected) => {
  expect(() => read(content)).toThrow(expected);
});
