/** What can happen to the answers of a line's slaves at any time. Each slave answers in the order in which it was asked. */
import fc from 'fast-check';
import { questionBytes } from '../../src/main/serial/modbus/rtu-frame.ts';
import type { RtuRules } from '../../src/main/serial/modbus/rtu-rules.ts';
import { stageMaster } from './rtu-stage.ts';
import { answerFrame, exceptionFrame } from './scripted-line.ts';

/** One thing that happens to a question: its answer after so long (or never), damaged, split, with noise or a stranger. */
const mishap = fc.record({
  unit: fc.constantFrom(1, 2),
  delayMs: fc.oneof(fc.integer({ min: 5, max: 290 }), fc.integer({ min: 290, max: 4000 }), fc.constant(undefined)),
  damage: fc.oneof(fc.constant(undefined), fc.record({ at: fc.nat(200), bits: fc.integer({ min: 1, max: 255 }) })),
  cutTo: fc.oneof(fc.constant(undefined), fc.nat(12)),
  splitAt: fc.nat(12),
  splitMs: fc.nat(60),
  noise: fc.oneof(fc.constant(undefined), fc.record({ inMs: fc.nat(1200), bytes: fc.uint8Array({ maxLength: 12 }) })),
  stranger: fc.oneof(fc.constant(undefined), fc.record({ inMs: fc.nat(1500), answersAfterMs: fc.nat(400) })),
  excepts: fc.boolean(),
  unplugs: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(1500) }),
});

type Mishap = typeof mishap extends fc.Arbitrary<infer One> ? One : never;

export const mishaps = fc.array(mishap, { minLength: 5, maxLength: 25 });

/** How many of the values that were taken belong to another question than the one they were taken for. */
export async function countWrongValues(planned: readonly Mishap[], rules?: RtuRules) {
  const { clock, line, ask } = await stageMaster(rules);
  /** When each slave will have said the last of what it was asked so far. */
  const saidAtMs = new Map<number, number>();
  line.onSent = ({ bytes, registerCount }) => {
    const number = line.sent.length;
    const what = planned[number - 1];
    if (what === undefined) return;
    const unit = bytes[0] ?? 0;
    if (what.noise) line.hear(what.noise.inMs, what.noise.bytes);
    if (what.stranger) {
      line.hear(what.stranger.inMs, questionBytes(unit, 4, 0x34, registerCount));
      line.hear(what.stranger.inMs + what.stranger.answersAfterMs, answerFrame(unit, registerCount, 9999));
    }
    if (what.unplugs !== undefined) {
      clock.after(what.unplugs, () => {
        line.unplug('The adapter was unplugged.');
        line.plugIn();
      });
    }
    if (what.delayMs === undefined) return;
    let answer: Uint8Array = what.excepts ? exceptionFrame(unit, 2) : answerFrame(unit, registerCount, number);
    if (what.damage && what.damage.at < answer.length) {
      answer = answer.with(what.damage.at, (answer[what.damage.at] ?? 0) ^ what.damage.bits);
    }
    answer = answer.slice(0, what.cutTo);
    const delayMs = Math.max(what.delayMs, (saidAtMs.get(unit) ?? 0) - clock.monotonicMs() + 1);
    saidAtMs.set(unit, clock.monotonicMs() + delayMs + what.splitMs);
    line.hear(delayMs, answer.slice(0, what.splitAt));
    line.hear(delayMs + what.splitMs, answer.slice(what.splitAt));
  };
  let wrong = 0;
  let right = 0;
  for (const { unit } of planned) {
    const outcomes = ask({ unitAddress: unit, timeoutMs: 300 });
    while (outcomes.length === 0) await clock.pass(50);
    if (!outcomes[0]?.startsWith('value')) continue;
    if (outcomes[0] === `value ${line.sent.length}`) right += 1;
    else wrong += 1;
  }
  return { wrong, right };
}
