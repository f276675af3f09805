/**
 * `npm run -s evidence charging`: the planner on a month that others published outcomes of, and against a general LP solver on random sites. The month’s
 * picture goes to `--out=FILE`, or to a file whose name is printed.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadLinearEngine } from '../../src/main/charging/linear/linear-engine.ts';
import { planLinear } from '../../src/main/charging/linear/plan-linear.ts';
import { planCharging } from '../../src/shared/domain/charging/plan-charging.ts';
import { breachesOf } from '../support/charging/plan-breaches.ts';
import { randomCase } from '../support/charging/random-case.ts';
import { createEvidence } from '../support/evidence-table.ts';
import { compareMonth, type Compared } from '../support/peer-month/compare-month.ts';
import { drawMonth } from '../support/peer-month/draw-month.ts';
import { PEER_MONTH_FILE } from '../support/peer-month/month.ts';
import { chooseSeed } from '../support/seeded-random.ts';
import { isFixtureAbsent } from '../support/shared-fixtures.ts';

const CLOSE = 1e-9;
const evidence = createEvidence('charging');
const cases = process.argv.includes('--long') ? 50_000 : 5000;

if (isFixtureAbsent(PEER_MONTH_FILE))
  evidence.show('the peer month', `its data, ${PEER_MONTH_FILE}, are not on this machine`, false);
else await showMonth();
await showProof();
evidence.finish();

async function showMonth(): Promise<void> {
  evidence.section(
    '954 sessions of a garage, March 2019: energy delivered, highest kW, bill in $; published outcomes in brackets',
  );
  const { rows, plans, offline } = await compareMonth();
  for (const row of rows) {
    const { outcome, published, isOurs, capacityKw } = row;
    const figures = `${(outcome.deliveredShare * 100).toFixed(2)} %, ${outcome.peakKw.toFixed(1)} kW, ${outcome.energyCost.toFixed(0)} + ${outcome.demandCost.toFixed(0)} = ${outcome.total.toFixed(0)} $`;
    const what = `${capacityKw} kW, ${row.name}`;
    if (isOurs)
      evidence.show(
        `${what}: ${capacityKw === 150 ? 'at most 1214 $ at 99.88 %' : 'at least 92.2 %'}`,
        figures,
        holds(row),
      );
    else evidence.say(`         ${what}: ${figures}${sayPublished(row)}`);
    if (published !== undefined && published.why !== '') evidence.say(`                  ${published.why}`);
  }
  evidence.say(
    `         150 kW, everything known before: ${offline.bill.toFixed(0)} $, ${offline.peakKw.toFixed(1)} kW; ${plans} plans were made`,
  );
  evidence.show(
    'with everything known, proven',
    `${(offline.bill - offline.bound).toExponential(1)} $ above the bound`,
    offline.bill - offline.bound <= 1e-4,
  );
  const file =
    process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ??
    path.join(tmpdir(), 'switchyard-peer-month.svg');
  writeFileSync(file, drawMonth(rows));
  evidence.say(`         picture: ${file}`);
}

function holds({ capacityKw, outcome, heaviest }: Compared): boolean {
  const percent = Math.round(outcome.deliveredShare * 10_000) / 100;
  const isWithin = heaviest <= 1 + 1e-9;
  return isWithin && (capacityKw === 150 ? outcome.total <= 1214 && percent >= 99.88 : percent >= 92.2);
}

function sayPublished({ published, outcome }: Compared): string {
  if (published === undefined) return '';
  const { energyPercent, peakKw, total } = published;
  const difference = total === undefined ? '' : `, ${total} $: ours ${(outcome.total - total).toFixed(0)} $ more`;
  return ` (${energyPercent} %${peakKw === undefined ? '' : `, ${peakKw} kW`}${difference})`;
}

async function showProof(): Promise<void> {
  const seed = chooseSeed();
  evidence.section(`${cases} random sites (seed ${seed}) against HiGHS`);
  const engine = await loadLinearEngine();
  let worst = 0;
  let worstGap = 0;
  let breaches = 0;
  for (let at = 0; at < cases; at++) {
    const asked = randomCase(seed + at);
    const plan = planCharging(asked);
    const peer = planLinear(asked, engine);
    if (!peer.ok) throw new Error(peer.message);
    const size = Math.max(1, Math.abs(plan.objective));
    worst = Math.max(worst, Math.abs(plan.objective - peer.value.objective) / size);
    worstGap = Math.max(worstGap, Math.abs(plan.objective - plan.bound) / size);
    breaches += breachesOf(asked, plan).length;
  }
  engine.dispose();
  evidence.show('costs what the solver’s plan costs', `at most ${worst.toExponential(1)} apart`, worst <= CLOSE);
  evidence.show('carries its proof', `gap at most ${worstGap.toExponential(1)}`, worstGap <= CLOSE);
  evidence.show('limits, needs and explanations hold', `${breaches} breaches`, breaches === 0);
}
