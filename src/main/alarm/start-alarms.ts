/**
 * Brings the alarm list to life. Nouns register their rules and say which conditions hold; delays, chatter, causes, shelves and
 * the journal are the same for all of them (ISA-18.2).
 */
import type { AlarmCondition, AlarmRule } from '../../shared/domain/alarm/alarm.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import { keepAlarms } from './alarm-keeper.ts';
import { readJournal } from './alarm-table.ts';
import { answerAlarmCommands } from './operate-alarms.ts';

export type Alarms = {
  /** All rules of a noun, once. Stored alarms of this noun whose rule is no more are taken off the list. */
  readonly register: (noun: string, rules: readonly AlarmRule[]) => void;
  /**
   * Replaces all that was said of this rule before. Until the first time, stored alarms of the rule stand as they are; so a
   * noun speaks only when it knows. It may be said inside a transaction: nothing is stored before the next look.
   */
  readonly say: (rule: string, conditions: readonly AlarmCondition[]) => void;
  readonly stop: () => void;
};

/** Time as delays need it; tests hand in their own, so that a shift passes at once. */
export type AlarmTime = {
  readonly monotonicMs: () => number;
  /** @returns ends it */
  readonly every: (intervalMs: number, act: () => void) => () => void;
};

const REAL_TIME: AlarmTime = {
  monotonicMs: () => performance.now(),
  every: (intervalMs, act) => {
    const timer = setInterval(act, intervalMs);
    return () => clearInterval(timer);
  },
};

const LOOK_EVERY_MS = 500;

export function startAlarms(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: Pick<AnswerRegistry, 'command' | 'query'>;
  /** The profile's clock, which the record of actions is kept by. */
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly time?: AlarmTime;
}): Alarms {
  const { store, feeds, clock, wallClock, time = REAL_TIME } = parts;
  const keeper = keepAlarms({ store, feeds, wallClock, monotonicMs: time.monotonicMs });
  answerAlarmCommands(parts.answers, { store, clock, wallClock, keeper });
  parts.answers.query('alarm/journal', ({ alarmId, limit }) => ({ entries: readJournal(store, alarmId, limit) }));

  const rules = new Map<string, AlarmRule>();
  let isRefused = false;

  function look(): void {
    try {
      keeper.look();
      isRefused = false;
    } catch (error) {
      if (!isRefused) parts.log('The alarms could not be stored; they are tried again with every look.', error);
      isRefused = true;
    }
  }

  const stop = time.every(LOOK_EVERY_MS, look);
  return {
    register: (noun, registered) => {
      for (const rule of registered) {
        assert(
          rule.noun === noun && !rules.has(rule.name),
          `the rule ${rule.name} is registered once, by its own noun`,
        );
        assert(isSentence(rule.response), `the rule ${rule.name} says what the operator is to do`);
        assert(isSentence(rule.consequence), `the rule ${rule.name} says what happens if nobody does`);
        rules.set(rule.name, rule);
      }
      keeper.withdraw(noun, (rule) => rules.has(rule));
    },
    say: (name, conditions) => {
      const rule = rules.get(name);
      assert(rule !== undefined, `the rule ${name} is registered before anything is said of it`);
      assert(
        conditions.every((condition) => condition.rule === name),
        `what is said of ${name} is about ${name}`,
      );
      keeper.say(rule, conditions);
    },
    stop,
  };
}

function isSentence(text: string): boolean {
  return /^\S.{10,}[.!]$/u.test(text.trim());
}
