/** Steps of a scan on lines that somebody else keeps busy. */
import { expect, it } from 'vitest';
import { SIGN_ON_SETTINGS } from '../../../../../../src/main/metering/commissioning/bench/plan-scan.ts';
import { tryStep, type StepOutcome } from '../../../../../../src/main/metering/commissioning/bench/try-step.ts';
import { createScriptedClock } from '../../../../../support/scripted-line.ts';

it('a sign-on ends on a line that is never quiet', async () => {
  const clock = createScriptedClock();
  let hear: (chunk: Uint8Array) => void = () => {};
  const line = {
    ask: () => Promise.reject(new Error('Nobody is asked.')),
    listen: (bytes: (chunk: Uint8Array) => void) => {
      hear = bytes;
    },
    send: () => {},
  };
  let outcome: StepOutcome | undefined;
  const follow = async (): Promise<void> => {
    const { signal } = new AbortController();
    outcome = await tryStep({ kind: 'sign-on', settings: SIGN_ON_SETTINGS }, false, {
      line,
      profiles: [],
      clock,
      signal,
    });
  };
  void follow();
  for (let second = 0; second < 700 && outcome === undefined; second += 1) {
    hear(Uint8Array.of(0x55, 0xaa));
    await clock.pass(1_000);
  }
  expect(outcome).toEqual({ kind: 'nothing', garbage: true });
});
