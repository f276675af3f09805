/** The console's own polling against every fault of a line, under a virtual clock. `evidence metering` polls ten times as often. */
import { expect, it } from 'vitest';
import { runVirtualFault } from '../../support/virtual-line/run-virtual-fault.ts';
import { OVERTAKING, VIRTUAL_FAULTS } from '../../support/virtual-line/virtual-faults.ts';

const POLLS = 1_000;

it.for(VIRTUAL_FAULTS)('$name: no reading is wrong, and it goes on', async (fault) => {
  const { polls, wrong, right, caused, counted, reopened } = await runVirtualFault(fault, POLLS, 7);
  expect(wrong).toBe(0);
  expect(polls).toBeGreaterThanOrEqual(POLLS);
  expect(right).toBeGreaterThan(POLLS / 2);
  expect(caused > 0).toBe(fault.share > 0);
  expect(reopened).toBe(fault.unplugs === true ? caused : 0);
  const isHarmless = ['nothing', 'gap in the frame', 'late, within the time-out'].includes(fault.name);
  expect(counted > 0).toBe(!isHarmless);
});

it('would notice a wrong reading', async () => {
  expect((await runVirtualFault(OVERTAKING, 20_000, 7)).wrong).toBeGreaterThan(0);
});
