/** What every fault of a line did to the readings: ten thousand polls each under a virtual clock, two hundred on a paced line. */
import type { createEvidence } from '../../support/evidence-table.ts';
import { LINE_FAULTS } from '../../support/serial-line/line-faults.ts';
import { runFaults } from '../../support/serial-line/run-fault.ts';
import { isSlaveAbsent } from '../../support/serial-line/serial-line.ts';
import { runVirtualFault } from '../../support/virtual-line/run-virtual-fault.ts';
import { OVERTAKING, VIRTUAL_FAULTS } from '../../support/virtual-line/virtual-faults.ts';

type Evidence = ReturnType<typeof createEvidence>;

const VIRTUAL_POLLS = 10_000;
const PACED_POLLS = 200;
const PACED_LIMIT_MS = 600_000;
const PACED_UNPLUGS = 8;
const NAME_WIDTH = 44;

function cells(...values: readonly (string | number)[]): string {
  return values.map((value) => String(value).padStart(9)).join('');
}

export async function showVirtualFaults(evidence: Evidence, seed: number): Promise<void> {
  evidence.section(`line, master, meter and acceptance, ${VIRTUAL_POLLS} polls each under a virtual clock`);
  evidence.say(
    `         ${'fault'.padEnd(NAME_WIDTH)}${cells('polls', 'right', 'wrong', 'refused', 'caused', 'reopened')}`,
  );
  for (const [place, fault] of VIRTUAL_FAULTS.entries()) {
    const told = await runVirtualFault(fault, VIRTUAL_POLLS, seed + place);
    const { polls, right, wrong, refused, caused, reopened } = told;
    evidence.show(
      fault.name.padEnd(NAME_WIDTH - 2),
      cells(polls, right, wrong, refused, caused, reopened),
      wrong === 0 && right > polls / 2,
    );
  }
  const control = await runVirtualFault(OVERTAKING, VIRTUAL_POLLS, seed);
  evidence.show('the table would show wrong readings', `${OVERTAKING.name}: ${control.wrong} wrong`, control.wrong > 0);
}

export async function showPacedFaults(evidence: Evidence, seed: number): Promise<void> {
  evidence.section(`against Debian’s pymodbus on a line paced at 9600 baud, ${PACED_POLLS} polls each`);
  if (isSlaveAbsent())
    return evidence.show(
      'an independent slave',
      'missing: apt-get install python3-pymodbus python3-serial-asyncio',
      false,
    );
  evidence.say(
    `         ${'fault'.padEnd(NAME_WIDTH)}${cells('polls', 'right', 'wrong', 'caused', 'counted', 'recovered')}`,
  );
  const run = {
    seed,
    lastsMs: PACED_LIMIT_MS,
    lastsUnplugs: PACED_UNPLUGS,
    atOnce: 8,
    isOver: ({ asked }: { readonly asked: number }) => asked >= PACED_POLLS,
  };
  for (const { fault, tally, caused, counted, recoveredAfterMs } of await runFaults(LINE_FAULTS, run)) {
    const recovered = recoveredAfterMs === undefined ? 'never' : `${(recoveredAfterMs / 1000).toFixed(1)} s`;
    evidence.show(
      fault.name.padEnd(NAME_WIDTH - 2),
      cells(tally.asked, tally.right, tally.wrong, caused, counted ?? '-', recovered),
      tally.wrong === 0 && tally.right > 0 && tally.asked >= PACED_POLLS && recoveredAfterMs !== undefined,
    );
    for (const wrong of tally.wrongOnes) evidence.say(`           ${wrong}`);
  }
}
