/**
 * Use cases: acknowledge, shelve and take from the shelf. Alarms, journal and the record of the action are one transaction, so
 * *accepted* means stored; the same command id is one intent. What left the list meanwhile needs nothing more and is passed over.
 */
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import { acknowledgeAlarm, shelveAlarm, unshelveAlarm } from '../../shared/domain/alarm/operate-alarm.ts';
import type { AlarmJournalEntry } from '../../shared/ipc/alarm-contract.ts';
import type { Actor, AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Store } from '../database/sqlite.ts';
import { appendAction } from '../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../outbox/command-answer.ts';
import type { AlarmKeeper } from './alarm-keeper.ts';

type Deed = {
  readonly kind: string;
  readonly what: AlarmJournalEntry['what'];
  readonly note: string;
  /** What goes into the record of actions beside the alarms. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly apply: (alarm: Alarm, by: { readonly atMs: number; readonly operator: string }) => Alarm | undefined;
};

export function answerAlarmCommands(
  answers: Pick<AnswerRegistry, 'command'>,
  parts: {
    readonly store: Store;
    /** The profile's clock, which the record of actions is kept by. */
    readonly clock: Clock;
    readonly wallClock: Clock;
    readonly keeper: Pick<AlarmKeeper, 'alarm' | 'change'>;
  },
): void {
  const { store, clock, wallClock, keeper } = parts;

  function operate(
    input: { readonly commandId: string; readonly alarmIds: readonly string[] },
    { operator }: Actor,
    deed: Deed,
  ): CommandAnswer {
    const commandId = input.commandId.toLowerCase();
    const body = { alarmIds: input.alarmIds, ...deed.body };
    return store.write((tx) => {
      const again = answerAgain(tx, commandId, deed.kind, body);
      if (again !== undefined) return again;
      const alarms = [...new Set(input.alarmIds)].flatMap((id) => keeper.alarm(id) ?? []);
      if (alarms.length === 0) return refuseWith(GONE);
      const atMs = wallClock.nowMs();
      const after = alarms.map((alarm) => ({ alarm, next: deed.apply(alarm, { atMs, operator }) }));
      const changed = after.filter(({ alarm, next }) => alarm !== next);
      keeper.change(
        tx,
        new Map(changed.map(({ alarm, next }) => [alarm.id, next])),
        changed.map(({ alarm }) => ({ atMs, alarm, what: deed.what, operator, note: deed.note })),
      );
      appendAction(tx, { atMs: clock.nowMs(), operator, commandId, kind: deed.kind, body });
      return ACCEPTED;
    });
  }

  answers.command('alarm/acknowledge', (input, by) =>
    operate(input, by, {
      kind: 'ACKNOWLEDGE_ALARMS',
      what: 'acknowledged',
      note: '',
      body: {},
      apply: acknowledgeAlarm,
    }),
  );
  answers.command('alarm/shelve', (input, by) =>
    operate(input, by, {
      kind: 'SHELVE_ALARMS',
      what: 'shelved',
      note: `${sayMinutes(input.minutes)}: ${input.reason}`,
      body: { minutes: input.minutes, reason: input.reason },
      apply: (alarm, deed) => shelveAlarm(alarm, deed, input.minutes, input.reason),
    }),
  );
  answers.command('alarm/unshelve', (input, by) =>
    operate(input, by, { kind: 'UNSHELVE_ALARMS', what: 'unshelved', note: '', body: {}, apply: unshelveAlarm }),
  );
}

const GONE = refuse(
  'alarm-gone',
  'This alarm is no longer in the list: what it told of is over and was acknowledged. Nothing is left to do.',
);

function sayMinutes(minutes: number): string {
  return minutes < 60 ? `For ${minutes} min` : `For ${minutes / 60} h`;
}
