/** A living demo yard, planned and steered by the console's own backend over the real link: what happens is answered, said and obeyed. */
import { expect, onTestFinished, test } from 'vitest';
import { startDemo, type RunningDemo } from '../../../src/main/demo/start-demo.ts';
import { startPlanThread } from '../../../src/main/charging/planning/plan-thread.ts';
import type { FaultKind } from '../../../src/main/demo/scripted-faults.ts';
import type { PlanDecision } from '../../../src/shared/domain/charging/site-plan.ts';
import { powerW } from '../../../src/shared/kernel/quantity.ts';
import { openDemoConsole } from '../../support/demo-console.ts';
import { printFigures } from '../../support/print-figures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const DEPOT = 'DEPOT-BER';
const EVENING_MS = Date.UTC(2026, 5, 9, 17, 30);

const NIGHT_MS = Date.UTC(2026, 5, 9, 22, 5);

async function openYard(startAtMs: number, rate: 1 | 10 = 1) {
  const thread = startPlanThread(() => {});
  const folder = temporaryFolder();
  const demo: RunningDemo = await startDemo({ directory: `${folder}/demo`, vehicles: 60, startAtMs, rate });
  onTestFinished(() => demo.stop());
  const { backend, window } = await openDemoConsole(folder, demo, thread);
  onTestFinished(() => backend.stop());
  const sites = window.follow('charging/sites');
  const decisions = window.follow('charging/decisions');
  const meters = window.follow('metering/meters');
  await waitUntil(
    'both yards to be planned with all vehicles',
    () =>
      [...sites.values()].length === 2 &&
      [...sites.values()].every(({ vehicles, standing }) => vehicles >= 29 && standing !== 'stopped'),
  );
  await waitUntil(
    'the yard’s meters to be read',
    () => [...meters.values()].filter(({ depotId, latest }) => depotId === DEPOT && latest !== undefined).length >= 5,
    20_000,
  );
  const newest = (): PlanDecision[] => [...decisions.values()].toSorted((a, b) => b.number - a.number);
  const importW = (): number => {
    const meter = [...meters.values()].find(({ depotId, role }) => depotId === DEPOT && role === 'incomer');
    return meter?.latest?.values.powerW ?? NaN;
  };
  return { demo, window, sites, newest, importW, thread };
}

test('what happens in a yard at night is answered at once, with a sentence and the vehicles that moved', async () => {
  const { demo, newest } = await openYard(EVENING_MS);
  const events: readonly [FaultKind, RegExp][] = [
    ['vehicle-late', /is expected \d+ min later/u],
    ['departs-early', /leaves at \d\d:\d\d instead of \d\d:\d\d/u],
    ['charger-broken', /is out of order/u],
    ['limit-cut', /The grid now allows \d+ kW instead of \d+ kW/u],
  ];
  const figures: Record<string, unknown> = {};
  for (const [kind, words] of events) {
    const before = newest()[0]?.number ?? 0;
    demo.startFault(kind, 60, DEPOT);
    let answer: PlanDecision | undefined;
    await waitUntil(`an answer to ${kind}`, () => {
      answer = newest().find(({ number, summary }) => number > before && words.test(summary));
      return answer !== undefined;
    });
    expect(answer?.depotId).toBe(DEPOT);
    expect(answer?.bound).toBeLessThanOrEqual((answer?.objective ?? 0) * (1 + 1e-9) + 1e-9);
    figures[kind] = { tookMs: answer?.tookMs, changedCells: answer?.changedCells, said: answer?.summary };
  }
  printFigures('from the first word of an event to the stored decision', figures);
});

test('a meter that is lost is said, and the plan leans on what its building took at most', async () => {
  const { demo, newest } = await openYard(EVENING_MS);
  demo.startFault('meter-unplugged', 60, DEPOT);
  const answer = (): PlanDecision | undefined =>
    newest().find(({ depotId, summary }) => depotId === DEPOT && summary.includes('is not read any more'));
  await waitUntil('the loss to be said', () => answer() !== undefined, 45_000);
  expect(answer()?.reasons).toContain('meter');
}, 90_000);

test('a yard that is steered keeps to its limits on the real meter, whatever becomes of its planner', async () => {
  const { window, sites, importW, newest, thread } = await openYard(NIGHT_MS, 10);
  const limitW = sites.get(DEPOT)?.siteLimitW ?? NaN;
  const keepsTo = async (mostW: number, looks: number): Promise<number> => {
    let highestW = 0;
    for (let look = 0; look < looks; look++) {
      highestW = Math.max(highestW, importW());
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(highestW).toBeLessThanOrEqual(mostW);
    return highestW;
  };
  expect(await window.command('charging/steer', { depotId: DEPOT, steering: 'steer' })).toEqual({
    outcome: 'accepted',
  });
  let told = 0;
  for (const endMs = Date.now() + 30_000; told < 10 && Date.now() < endMs;) {
    const plan = await window.query('charging/plan', { depotId: DEPOT });
    told = plan?.rows.filter(({ setPoint }) => setPoint.state === 'holds').length ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(told).toBeGreaterThanOrEqual(10);
  const capW = Math.round(limitW * 0.6);
  // Well above the cap: that the meter shows less than it afterwards is then the cap's doing, not the vehicles' still plugging in.
  await waitUntil('vehicles to charge', () => importW() > limitW * 0.75, 60_000);
  const wishId = '0195f8d0-0000-7000-8000-0000000000e1';
  expect(
    await window.command('charging/wish', { depotId: DEPOT, terms: { kind: 'site-cap', capW: powerW(capW) } }, wishId),
  ).toEqual({ outcome: 'accepted' });
  await waitUntil('the meter to show less than the cap', () => importW() <= capW, 60_000);
  const capped = await keepsTo(capW * 1.02, 20);
  const before = newest()[0]?.number ?? 0;
  expect(await window.command('charging/withdraw-wish', { wishId })).toEqual({ outcome: 'accepted' });
  await waitUntil('a plan without the cap', () => (newest()[0]?.number ?? 0) > before);
  const free = await keepsTo(limitW, 20);

  thread.kill();
  await waitUntil('the plan to be made again', () => sites.get(DEPOT)?.standing !== 'stopped', 30_000);
  thread.stop();
  const alone = await keepsTo(limitW, 60);
  printFigures('highest import, W', { limitW, capW, capped, free, 'planner gone for 15 s': alone });
}, 240_000);
