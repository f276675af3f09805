/**
 * Mistakes a console could make, each made by wrapping a part that is handed in, so that the product has no switch for
 * them. A checker that passes with one of these checks nothing.
 */
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Store, Transaction } from '../../src/main/database/sqlite.ts';
import type { OpenSocket } from '../../src/main/marketplace-link/link-connection.ts';
import type { CommandSender } from '../../src/main/outbox/command-sender.ts';
import type { TestConsoleOptions } from './test-console.ts';

export const PLANTED_BUGS = [
  'acknowledge-before-commit',
  'offset-before-data',
  'resend-under-new-id',
  'ignore-offsets',
] as const;
export type PlantedBug = (typeof PLANTED_BUGS)[number];

export function plant(bug: PlantedBug | undefined): Partial<TestConsoleOptions> {
  switch (bug) {
    case undefined:
      return {};
    case 'acknowledge-before-commit':
      return { wrapStore: commitLater };
    case 'offset-before-data':
      return { wrapStore: saveOffsetFirst };
    case 'resend-under-new-id':
      return { wrapSender: resendUnderNewId };
    case 'ignore-offsets':
      return { openSocket: subscribeAtHead };
  }
}

/** Says that work is stored and commits it a little later, many pieces at once: fast, and wrong at a kill. */
function commitLater(store: Store): Store {
  let open = false;
  let effects: (() => void)[] = [];
  function commit(): void {
    open = false;
    store.prepare('COMMIT').run();
  }
  return {
    ...store,
    write: (work) => {
      if (!open) {
        store.prepare('BEGIN IMMEDIATE').run();
        open = true;
        setTimeout(commit, 400);
      }
      effects = [];
      const tx = {
        prepare: store.prepare,
        afterCommit: (effect: () => void) => effects.push(effect),
        afterRollback: () => {},
      };
      const result = work(tx as unknown as Transaction);
      for (const effect of effects) effect();
      return result;
    },
  };
}

class UndoneOnPurpose extends Error {}

/** Commits a stream's offset at once and what it counts a moment later. */
function saveOffsetFirst(store: Store): Store {
  type Place = { stream: string; log_id: string; committed: number; lost_items: number };
  const places = (): Place[] => store.prepare<[], Place>('SELECT * FROM link_stream').all();
  const save = (tx: Transaction, rows: readonly Place[]): void => {
    for (const row of rows)
      tx.prepare('INSERT OR REPLACE INTO link_stream (stream, log_id, committed, lost_items) VALUES (?, ?, ?, ?)').run(
        row.stream,
        row.log_id,
        row.committed,
        row.lost_items,
      );
  };
  return {
    ...store,
    write: (work) => {
      const before = places();
      let after: Place[] = [];
      let result: ReturnType<typeof work> | undefined;
      try {
        store.write((tx) => {
          result = work(tx);
          after = places();
          if (JSON.stringify(before) !== JSON.stringify(after)) throw new UndoneOnPurpose();
        });
      } catch (error) {
        if (!(error instanceof UndoneOnPurpose)) throw error;
        store.write((tx) => save(tx, after));
        setTimeout(() => {
          store.write((tx) => {
            const newest = places();
            save(tx, before);
            work(tx);
            save(tx, newest);
          });
        }, 20);
      }
      return result as ReturnType<typeof work>;
    },
  };
}

/** A lost answer means "try again", under an id of its own each time. */
function resendUnderNewId(sender: CommandSender): CommandSender {
  return {
    ...sender,
    sendCommand: async (command) => {
      const answer = await sender.sendCommand(command);
      return answer.type === 'answer-lost' ? sender.sendCommand({ ...command, commandId: randomUUID() }) : answer;
    },
  };
}

/** Goes on with whatever is newest after each connect, as plain Socket.IO does, and counts for itself. */
const subscribeAtHead: OpenSocket = (url, options) => {
  const socket = io(url, options);
  const shift = new Map<string, number>();
  const heads = new Map<string, number>();
  socket.on('hello', (hello: { streams: { name: string; head: number }[] }) => {
    for (const { name, head } of hello.streams) heads.set(name, head);
  });
  const timeout = socket.timeout.bind(socket);
  type Question = { stream: string; since: number };
  socket.timeout = ((ms: number) => ({
    emitWithAck: (event: string, message: unknown) => timeout(ms).emitWithAck(event, message) as Promise<unknown>,
    emit: (event: string, message: Question, answered: (error: Error | null, answer: unknown) => void) => {
      if (event !== 'subscribe' || message.since === 0) return timeout(ms).emit(event, message, answered);
      const since = Math.max(message.since, heads.get(message.stream) ?? 0);
      shift.set(message.stream, since - message.since);
      return timeout(ms).emit(event, { ...message, since }, answered);
    },
  })) as never;
  const on = socket.on.bind(socket);
  type Page = { stream: string; head: number; items: { offset: number }[] };
  socket.on = ((event: string, listener: (...values: unknown[]) => void) => {
    if (event !== 'page') return on(event as never, listener as never);
    return on(
      'page' as never,
      ((page: Page, answer: (reply: { committed: number }) => void) => {
        const by = shift.get(page.stream) ?? 0;
        const shifted = { ...page, items: page.items.map((item) => ({ ...item, offset: item.offset - by })) };
        listener(shifted, (reply: { committed: number }) => answer({ ...reply, committed: reply.committed + by }));
      }) as never,
    );
  }) as never;
  return socket;
};
