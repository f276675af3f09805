/** `plan FILE` by both engines: the same cost, and a case that only one weighs is refused by the other with the way on. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { plan } from '../../../src/main/tool/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CASE = {
  slot_minutes: 60,
  slots: 4,
  prices: { import: [5, 4, 3, 6] },
  site: { limit_kw: 12, load_kw: 2 },
  demand_charge: { price_per_kw: 1 },
  vehicles: [
    { id: 'A', need_kwh: 14, max_kw: 11, windows: [[0, 3]], phases: [1] },
    { id: 'B', need_kwh: 9, max_kw: 11, windows: [[1, 4]] },
  ],
};

afterEach(() => (process.exitCode = 0));

function fileOf(content: object): string {
  const file = path.join(temporaryFolder(), 'case.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it('costs the same by both engines, and says which it was', async () => {
  const file = fileOf(CASE);
  const flow = (await plan.run([file])) as { readonly cost: number; readonly bound: number };
  const linear = (await plan.run([file, '--engine', 'highs'])) as { readonly cost: number; readonly bound: number };
  expect(flow).toMatchObject({ engine: 'flow', missingKwh: 0 });
  expect(linear).toMatchObject({ engine: 'highs' });
  expect(linear.cost).toBeCloseTo(flow.cost, 9);
  expect(linear.bound).toBeCloseTo(flow.bound, 9);
});

it.each([
  ['limits of phases', { phase_limit_kw: [4, 10, 10] }],
  ['further demand charges', { further_demand_charges: [{ price_per_kw: 9, slots: [2] }] }],
  ['batteries that take less', { vehicles: [{ ...CASE.vehicles[0], taper: { full_power_kwh: 7, full_kwh: 14 } }] }],
])('%s are refused by the flow engine with the way on, and weighed by the other', async (words, more) => {
  const file = fileOf({ ...CASE, ...more });
  await expect(plan.run([file])).rejects.toThrow(words);
  await expect(plan.run([file])).rejects.toThrow('--engine highs');
  const weighed = (await plan.run([file, '--engine', 'highs'])) as { readonly objective: number };
  const without = (await plan.run([fileOf(CASE), '--engine', 'highs'])) as { readonly objective: number };
  expect(weighed.objective).not.toBeCloseTo(without.objective, 3);
});

it('names the engines when there is none of that name', async () => {
  await expect(plan.run([fileOf(CASE), '--engine', 'glpk'])).rejects.toThrow('flow|highs');
});
