/** What is said of an alarm's state and of its journal. */
import type { Alarm, AlarmState } from '../../shared/domain/alarm/alarm.ts';
import type { AlarmJournalEntry } from '../../shared/ipc/alarm-contract.ts';

export const STATE_WORDS: Readonly<Record<AlarmState, string>> = {
  'active-unacknowledged': 'Unacknowledged',
  'cleared-unacknowledged': 'Over, unacknowledged',
  'active-acknowledged': 'Acknowledged',
  'cleared-acknowledged': 'Over',
};

/** What asks for somebody stands first. */
export const STATE_ORDER: Readonly<Record<AlarmState, number>> = {
  'active-unacknowledged': 0,
  'cleared-unacknowledged': 1,
  'active-acknowledged': 2,
  'cleared-acknowledged': 3,
};

export function stateWord(alarm: Alarm): string {
  if (alarm.suppressedBy !== undefined) return 'Explained';
  return `${STATE_WORDS[alarm.state]}${alarm.isChattering ? ', chattering' : ''}`;
}

export const DEED_WORDS: Readonly<Record<AlarmJournalEntry['what'], string>> = {
  raised: 'raised',
  cleared: 'over',
  acknowledged: 'acknowledged',
  shelved: 'shelved',
  unshelved: 'taken off the shelf',
  returned: 'back from the shelf',
};

export function countOf(alarms: number): string {
  return alarms === 1 ? '1 alarm' : `${alarms} alarms`;
}
