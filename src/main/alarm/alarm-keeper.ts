/**
 * Holds all alarms in memory as the store has them. Invariants: memory and windows change only after the commit; every change
 * of state has its journal entry in the same transaction; when the store refuses, nothing has happened and the next look tries
 * again.
 */
import { alarmIdOf, type Alarm, type AlarmCondition, type AlarmRule } from '../../shared/domain/alarm/alarm.ts';
import { FLOOD_WINDOW_MS, judgeFlood, type AlarmFlood } from '../../shared/domain/alarm/alarm-flood.ts';
import { normal, resumeLife, type AlarmLife } from '../../shared/domain/alarm/alarm-life.ts';
import { settleAlarms, type AlarmBook } from '../../shared/domain/alarm/settle-alarms.ts';
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import {
  appendJournal,
  putAlarm,
  readAlarms,
  readRaisedSince,
  removeAlarm,
  type NewJournalEntry,
} from './alarm-table.ts';

export type AlarmKeeper = {
  readonly alarm: (id: string) => Alarm | undefined;
  /** From now on it is known which conditions of this rule hold. */
  readonly say: (rule: AlarmRule, conditions: readonly AlarmCondition[]) => void;
  /** Alarms of this noun whose rule is no more are over: nobody can say anything of them again. */
  readonly withdraw: (noun: string, isRule: (rule: string) => boolean) => void;
  /** What time and the conditions have made of the alarms. */
  readonly look: () => void;
  /** Changes alarms inside the caller's transaction; `undefined` takes one off the list. */
  readonly change: (
    tx: Transaction,
    changed: ReadonlyMap<string, Alarm | undefined>,
    entries: readonly NewJournalEntry[],
  ) => void;
};

export function keepAlarms(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly wallClock: Clock;
  readonly monotonicMs: () => number;
}): AlarmKeeper {
  const { store, wallClock } = parts;
  const spoken = new Map<string, AlarmRule>();
  const said = new Map<string, readonly AlarmCondition[]>();
  let book: AlarmBook = new Map(
    readAlarms(store).map(({ alarm, wasShown }) => [alarm.id, resumeLife(alarm, wasShown)] as const),
  );
  let raisedAtMs = readRaisedSince(store, wallClock.nowMs() - FLOOD_WINDOW_MS);
  let flood: AlarmFlood = judgeFlood({ sinceMs: undefined }, raisedAtMs, wallClock.nowMs());

  const alarmTopic = parts.feeds.open('alarm/alarms', {
    load: () => [...book.values()].flatMap(({ alarm }) => (alarm === undefined ? [] : [alarm])),
  });
  const floodTopic = parts.feeds.open('alarm/flood', { load: () => [flood] });

  function judge(nowMs: EpochMs): void {
    raisedAtMs = raisedAtMs.filter((atMs) => Math.abs(nowMs - atMs) <= FLOOD_WINDOW_MS);
    const next = judgeFlood(flood, raisedAtMs, nowMs);
    const isSame = next.sinceMs === flood.sinceMs && next.raisedCount === flood.raisedCount;
    flood = next;
    if (!isSame) floodTopic.upsert([flood]);
  }

  /** Stores what differs; memory and windows follow once it is durable. */
  function putDown(tx: Transaction, next: AlarmBook, entries: readonly NewJournalEntry[]): void {
    const changed = differences(book, next);
    for (const id of changed) {
      const life = next.get(id);
      if (life?.alarm === undefined) removeAlarm(tx, id);
      else putAlarm(tx, { alarm: life.alarm, wasShown: life.wasShown });
    }
    appendJournal(tx, entries);
    tx.afterCommit(() => {
      book = next;
      raisedAtMs.push(...entries.filter(({ what }) => what === 'raised').map(({ atMs }) => atMs));
      const standing = changed.flatMap((id) => book.get(id)?.alarm ?? []);
      alarmTopic.upsert(standing);
      alarmTopic.remove(changed.filter((id) => book.get(id)?.alarm === undefined));
      judge(wallClock.nowMs());
    });
  }

  function change(
    tx: Transaction,
    changed: ReadonlyMap<string, Alarm | undefined>,
    entries: readonly NewJournalEntry[],
  ): void {
    const next = new Map<string, AlarmLife>(book);
    for (const [id, alarm] of changed) {
      const life = book.get(id);
      if (life !== undefined) next.set(id, alarm === undefined ? normal(life) : { ...life, alarm });
    }
    putDown(tx, next, entries);
  }

  return {
    alarm: (id) => book.get(id)?.alarm,
    say: (rule, conditions) => {
      spoken.set(rule.name, rule);
      said.set(rule.name, conditions);
    },
    withdraw: (noun, isRule) => {
      const orphans = [...book.values()].flatMap(({ alarm }) =>
        alarm !== undefined && alarm.noun === noun && !isRule(alarm.rule) ? [alarm] : [],
      );
      if (orphans.length === 0) return;
      const note = 'This version of the console does not watch for it.';
      const entry = { atMs: wallClock.nowMs(), what: 'cleared', operator: undefined, note } as const;
      const entries = orphans.map((alarm) => ({ ...entry, alarm }));
      store.write((tx) => change(tx, new Map(orphans.map(({ id }) => [id, undefined])), entries));
    },
    look: () => {
      const now = { wallMs: wallClock.nowMs(), monotonicMs: parts.monotonicMs() };
      const told = new Map([...said.values()].flat().map((condition) => [alarmIdOf(condition), condition] as const));
      const { book: next, moves } = settleAlarms(book, spoken, told, now);
      judge(now.wallMs);
      if (moves.length === 0 && differences(book, next).length === 0) {
        book = next;
        return;
      }
      const entries = moves.map(({ alarm, what }) => {
        const note = what === 'raised' ? alarm.sentence : '';
        return { atMs: now.wallMs, alarm, what, operator: undefined, note };
      });
      store.write((tx) => putDown(tx, next, entries));
    },
    change,
  };
}

/** The ids of those that are stored differently. */
function differences(before: AlarmBook, after: AlarmBook): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => {
    const [from, to] = [before.get(id), after.get(id)];
    if (from?.alarm !== to?.alarm) return true;
    return to?.alarm !== undefined && from?.wasShown !== to.wasShown;
  });
}
