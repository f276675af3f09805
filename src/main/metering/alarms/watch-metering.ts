/**
 * Tells the alarm list of lines and meters. Silence is nothing that anybody reports, so the records are looked at by the clock,
 * whether they changed or not. Nothing is said before every meter has had the time to answer: until then it is not known
 * whether what was wrong before a restart still is.
 */
import type { AlarmCondition, AlarmRule } from '../../../shared/domain/alarm/alarm.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { BALANCE_RULES } from '../balance/balance-alarms.ts';
import { conditionFinder } from './find-conditions.ts';
import { METERING_RULES, UNANSWERED_MS } from './metering-rules.ts';

/** What metering needs of the alarm list. */
export type AlarmsOfMetering = {
  readonly register: (noun: string, rules: readonly AlarmRule[]) => void;
  readonly say: (rule: string, conditions: readonly AlarmCondition[]) => void;
};

const LOOK_EVERY_MS = 2_000;

export function watchMetering(parts: {
  readonly alarms: AlarmsOfMetering | undefined;
  readonly lineClock: LineClock;
  readonly lines: () => readonly LineRecord[];
  readonly meters: () => readonly MeterRecord[];
}): { readonly start: () => void; readonly stop: () => void } {
  const { alarms, lineClock } = parts;
  if (alarms === undefined) return { start: () => {}, stop: () => {} };
  alarms.register('metering', [...METERING_RULES, ...BALANCE_RULES]);
  const find = conditionFinder();
  let speaksFromMs = Infinity;
  let cancel: () => void = () => {};

  function look(to: AlarmsOfMetering): void {
    const nowMs = lineClock.monotonicMs();
    const conditions = find(parts.lines(), parts.meters(), nowMs);
    if (nowMs >= speaksFromMs) for (const { name } of METERING_RULES) to.say(name, conditions[name] ?? []);
    cancel = lineClock.after(LOOK_EVERY_MS, () => look(to));
  }

  return {
    start: () => {
      speaksFromMs = lineClock.monotonicMs() + UNANSWERED_MS;
      look(alarms);
    },
    stop: () => cancel(),
  };
}
