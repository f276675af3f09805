/**
 * `npm run -s evidence metering`: what is promised of meters, shown: every fault of a line, damaged messages for each parser, and
 * what the energy balance finds in simulated months. `--long` damages a million for each; SWITCHYARD_SEED repeats a run.
 */
import { createEvidence } from '../support/evidence-table.ts';
import { chooseSeed } from '../support/seeded-random.ts';
import { balanceTable } from './metering/balance-table.ts';
import { showPacedFaults, showVirtualFaults } from './metering/fault-tables.ts';
import { showFuzzedParsers } from './metering/fuzz-table.ts';

const long = process.argv.includes('--long');
const seed = chooseSeed();
const evidence = createEvidence('metering');

function showBalances(months: number): void {
  evidence.section(`the energy balance of a simulated month, each fault in ${months} of them (seed ${seed})`);
  const table = balanceTable(Array.from({ length: months }, (_, place) => seed + place));
  for (const line of table.lines) evidence.say(`         ${line}`);
  evidence.show(
    'each fault is named, and none other',
    `${table.right} of ${table.months} months`,
    table.right === table.months,
  );
  for (const { fault, seed: of, missed, wrong } of table.wrong.slice(0, 10))
    evidence.say(`           ${fault}, seed ${of}: missed ${missed.length}, wrongly found ${JSON.stringify(wrong)}`);
}

await showVirtualFaults(evidence, seed);
showFuzzedParsers(evidence, long ? 1_000_000 : 50_000, seed);
showBalances(long ? 50 : 5);
await showPacedFaults(evidence, seed);
evidence.finish();
