/**
 * Which alarms a list shows, and how many. Invariant: an alarm stands in exactly one place (the list, the shelf, or under the
 * alarm that explains it), and what a list leaves out is counted.
 */
import type { Alarm, AlarmPriority } from '../../shared/domain/alarm/alarm.ts';

export const PRIORITIES = [1, 2, 3] as const satisfies readonly AlarmPriority[];

export type AlarmFilter = {
  readonly isShelf: boolean;
  readonly depotId: string | undefined;
  /** Undefined shows all of them; in a flood, the first two. */
  readonly priority: AlarmPriority | 'all' | undefined;
  /** Also those that another alarm explains. */
  readonly withExplained: boolean;
  readonly isFlood: boolean;
};

export type ListedAlarm = {
  readonly id: string;
  readonly alarm: Alarm;
  /** How many others are kept out of the list because this one explains them. */
  readonly explains: number;
};

export type AlarmList = {
  readonly listed: readonly ListedAlarm[];
  /** Of the third priority, left out because of a flood. */
  readonly heldBack: number;
  /** Explained by another, whether shown or not. */
  readonly explained: number;
};

export function listAlarms(alarms: Iterable<Alarm>, filter: AlarmFilter): AlarmList {
  const all = [...alarms];
  const explainedBy = new Map<string, number>();
  for (const { suppressedBy } of all)
    if (suppressedBy !== undefined) explainedBy.set(suppressedBy, (explainedBy.get(suppressedBy) ?? 0) + 1);
  const here = all.filter(
    (alarm) =>
      (alarm.shelved !== undefined) === filter.isShelf &&
      (filter.depotId === undefined || alarm.depotId === filter.depotId),
  );
  const standing = here.filter((alarm) => filter.isShelf || filter.withExplained || alarm.suppressedBy === undefined);
  const collapses = filter.isFlood && filter.priority === undefined && !filter.isShelf;
  // Explained ones stand here only because they were asked for.
  const listed = standing.filter(({ priority, suppressedBy }) =>
    collapses
      ? priority < 3 || suppressedBy !== undefined
      : filter.priority === undefined || filter.priority === 'all' || priority === filter.priority,
  );
  return {
    listed: listed.map((alarm) => ({ id: alarm.id, alarm, explains: explainedBy.get(alarm.id) ?? 0 })),
    heldBack: collapses ? standing.length - listed.length : 0,
    explained: filter.isShelf ? 0 : here.filter(({ suppressedBy }) => suppressedBy !== undefined).length,
  };
}

export type AlarmTallies = {
  /** Unacknowledged ones before the operator, by priority. */
  readonly unacknowledged: Readonly<Record<AlarmPriority, number>>;
  /** All that stand in the list, acknowledged ones as well. */
  readonly standing: number;
  readonly shelved: number;
};

export function tallyAlarms(alarms: Iterable<Alarm>): AlarmTallies {
  const unacknowledged = { 1: 0, 2: 0, 3: 0 };
  let [standing, shelved] = [0, 0];
  for (const alarm of alarms) {
    if (alarm.shelved !== undefined) shelved += 1;
    else if (alarm.suppressedBy === undefined) {
      standing += 1;
      if (isUnacknowledged(alarm)) unacknowledged[alarm.priority] += 1;
    }
  }
  return { unacknowledged, standing, shelved };
}

export function isUnacknowledged({ state }: Pick<Alarm, 'state'>): boolean {
  return state === 'active-unacknowledged' || state === 'cleared-unacknowledged';
}
