/**
 * What operators do with an alarm: acknowledge, shelve, take from the shelf. Each gives the alarm as it is then, undefined when it
 * leaves the list, and the very same object when there was nothing to do; so doing it twice is doing it once.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { Alarm } from './alarm.ts';

export type OperatorDeed = { readonly atMs: EpochMs; readonly operator: string };

export function acknowledgeAlarm(alarm: Alarm, { atMs, operator }: OperatorDeed): Alarm | undefined {
  if (alarm.state === 'active-unacknowledged')
    return { ...alarm, state: 'active-acknowledged', acknowledged: { atMs, operator } };
  return alarm.state === 'cleared-unacknowledged' ? undefined : alarm;
}

/** A second shelf replaces the first: whoever shelves last says for how long. */
export function shelveAlarm(alarm: Alarm, deed: OperatorDeed, minutes: number, reason: string): Alarm {
  const untilMs = deed.atMs + minutes * 60_000;
  const state = alarm.state === 'cleared-unacknowledged' ? 'cleared-acknowledged' : alarm.state;
  return { ...alarm, state, shelved: { untilMs, operator: deed.operator, reason } };
}

/** It stands where it stood before, acknowledged or not; cleared meanwhile, it has nothing more to say. */
export function unshelveAlarm(alarm: Alarm): Alarm | undefined {
  if (alarm.shelved === undefined) return alarm;
  return alarm.state === 'cleared-acknowledged' ? undefined : { ...alarm, shelved: undefined };
}
