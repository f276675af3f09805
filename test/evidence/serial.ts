/**
 * `npm run -s evidence serial`: what each fault of a serial line did to the readings, with the master's rules and without.
 * The slaves are Debian's pymodbus on a line paced at 9600 baud. `--long` lets every fault last ten times as long.
 */
import { createEvidence } from '../support/evidence-table.ts';
import { chooseSeed } from '../support/seeded-random.ts';
import { LINE_FAULTS } from '../support/serial-line/line-faults.ts';
import { NO_RULES, runFaults, type FaultOutcome } from '../support/serial-line/run-fault.ts';
import { isSlaveAbsent } from '../support/serial-line/serial-line.ts';
import { runSwappedAdapters } from '../support/serial-line/swapped-adapters.ts';

const lastsMs = process.argv.includes('--long') ? 150_000 : 15_000;
const seed = chooseSeed();
const evidence = createEvidence('serial');

const COLUMNS = ['asked', 'right', 'wrong', 'lost', 'resting', 'caused', 'counted', 'recovered'] as const;
const NAME_WIDTH = 42;

function sayHeading(): void {
  evidence.say(`         ${'fault'.padEnd(NAME_WIDTH)}${COLUMNS.map((name) => name.padStart(10)).join('')}`);
}

function row({ tally, caused, counted, recoveredAfterMs }: FaultOutcome): string {
  const recovered = recoveredAfterMs === undefined ? 'never' : `${(recoveredAfterMs / 1000).toFixed(1)} s`;
  const { resting = 0, ...failures } = tally.failures;
  const lost = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const cells = [tally.asked, tally.right, tally.wrong, lost, resting, caused, counted ?? '-', recovered];
  return cells.map((cell) => String(cell).padStart(10)).join('');
}

if (isSlaveAbsent()) {
  evidence.show('an independent slave', 'missing: apt-get install python3-pymodbus python3-serial-asyncio', false);
} else {
  evidence.section(`with the rules (seed ${seed})`);
  sayHeading();
  for (const outcome of await runFaults(LINE_FAULTS, { seed, lastsMs, atOnce: 6 })) {
    const { fault, tally, caused, counted, recoveredAfterMs } = outcome;
    const holds =
      tally.wrong === 0 && tally.right > 0 && (counted ?? caused) >= caused && recoveredAfterMs !== undefined;
    evidence.show(fault.name.padEnd(NAME_WIDTH - 2), row(outcome), holds);
    for (const wrong of tally.wrongOnes) evidence.say(`           ${wrong}`);
  }

  evidence.section('the same with the rules switched off: what misleads must show wrong readings');
  sayHeading();
  for (const outcome of await runFaults(LINE_FAULTS, { seed, lastsMs, atOnce: 6, rules: NO_RULES })) {
    const { fault, tally } = outcome;
    evidence.show(fault.name.padEnd(NAME_WIDTH - 2), row(outcome), fault.misleads !== true || tally.wrong > 0);
    for (const wrong of tally.wrongOnes.slice(0, 1)) evidence.say(`           for one, ${wrong}`);
  }

  evidence.section('two adapters come back, each under the other’s name');
  const { wrongOnes, right } = await runSwappedAdapters(seed);
  evidence.show(
    'no meter is taken for another',
    `${right.join(' and ')} right, ${wrongOnes.length} wrong`,
    wrongOnes.length === 0,
  );
}

evidence.finish();
