/** The alarm list over a real store, with hands on both clocks: `pass` lets time go by and looks. */
import path from 'node:path';
import { makeUuidV7 } from '../../src/shared/kernel/id.ts';
import type { Alarm } from '../../src/shared/domain/alarm/alarm.ts';
import type { AlarmFlood } from '../../src/shared/domain/alarm/alarm-flood.ts';
import type { AlarmJournalEntry } from '../../src/shared/ipc/alarm-contract.ts';
import type { CommandAnswer } from '../../src/shared/ipc/contract.ts';
import { startAlarms } from '../../src/main/alarm/start-alarms.ts';
import { openStore } from '../../src/main/database/open-store.ts';
import { createFeedHub } from '../../src/main/feed/feed-hub.ts';
import { createAnswers } from '../../src/main/ipc/answers.ts';

export function openAlarmConsole(folder: string, startMs = 1_700_000_000_000) {
  const logged: string[] = [];
  const store = openStore({ path: path.join(folder, 'alarms.sqlite') });
  const feeds = createFeedHub();
  const answers = createAnswers((line) => logged.push(line));
  let nowMs = startMs;
  let look: () => void = () => {};
  const clock = { nowMs: () => nowMs };
  const alarms = startAlarms({
    store,
    feeds,
    answers,
    clock,
    wallClock: clock,
    log: (line) => logged.push(line),
    time: {
      monotonicMs: () => nowMs - startMs,
      every: (_intervalMs, act) => {
        look = act;
        return () => {};
      },
    },
  });
  const seenBy = <R>(feed: string): R[] => {
    let records: R[] = [];
    const end = feeds.subscribe(feed, {
      snapshot: (snapshot) => (records = snapshot.records as R[]),
      delta: () => {},
    });
    end();
    return records;
  };
  return {
    ...alarms,
    store,
    feeds,
    logged,
    nowMs: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
      look();
    },
    alarms: () => seenBy<Alarm>('alarm/alarms'),
    flood: () => seenBy<AlarmFlood>('alarm/flood')[0],
    journal: async (): Promise<readonly AlarmJournalEntry[]> => {
      const answer = await answers.runQuery('alarm/journal', { limit: 100 });
      return 'value' in answer ? (answer.value as { entries: AlarmJournalEntry[] }).entries : [];
    },
    command: (
      name: 'alarm/acknowledge' | 'alarm/shelve' | 'alarm/unshelve',
      input: object,
      commandId = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16))),
    ): Promise<CommandAnswer> => answers.runCommand(name, { commandId, ...input }, { operator: 'A. Operator' }),
    close: () => {
      alarms.stop();
      feeds.stop();
      store.close();
    },
  };
}
