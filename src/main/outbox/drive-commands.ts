/**
 * Drives open commands to their end: at each wake it reads what is open, lets time pass for it, sends what has its turn
 * and asks about what is unclear. The table is the only truth; a wake after a crash finds the same work again.
 *
 * Invariant: `sent` is committed before the bytes leave; a command found `sent` that is not in flight here was cut off
 * by a crash and is asked about, never resent blindly.
 */
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { CommandSender, CommandStatus, SendAnswer } from './command-sender.ts';
import { blocksItsOrder, decideCommand, type CommandEvent } from './decide-command.ts';
import { readOpenCommands, type StoredCommand } from './outbox-table.ts';

/** How many commands one question may name (protocol.md, command-status). */
const ASK_AT_ONCE = 100;
/** After a question that got no answer at all, while the link is up. */
const ASK_AFTER_SILENCE_MS = 5_000;
export const CUT_OFF = 'Switchyard stopped before the answer came. The marketplace is asked what became of it.';

export type CommandDriver = { readonly wake: () => void; readonly stop: () => void };

export function driveCommands(parts: {
  readonly store: Store;
  /** For expiry only. */
  readonly wallClock: Clock;
  readonly monotonicMs: () => number;
  readonly log: (line: string, detail?: unknown) => void;
  readonly sender: CommandSender;
  readonly apply: (
    tx: Transaction,
    commandId: string,
    event: CommandEvent,
  ) => { readonly command: StoredCommand; readonly changed: boolean } | undefined;
  readonly maxInFlight: number;
  readonly tickMs: number;
  readonly askAgainMs: number;
}): CommandDriver {
  const { store, wallClock, monotonicMs, sender, apply, log } = parts;
  const inFlight = new Set<string>();
  /** When, by the monotonic clock, each unclear command may be asked about; absent means at once. Open commands only. */
  const askAtMs = new Map<string, number>();
  let connected = false;
  let connects = 0;
  let asking = false;
  let stopped = false;
  let woken = false;

  /** Wakes are gathered into one, and never run inside somebody's transaction. */
  function wake(): void {
    if (woken || stopped) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      if (stopped) return;
      try {
        run();
      } catch (error) {
        // The store refused. Nothing was sent that is not written; the next tick tries again.
        log('The outbox could not write and tries again.', error);
      }
    });
  }

  function run(): void {
    const nowMs = wallClock.nowMs();
    const open = passTime(readOpenCommands(store), nowMs);
    const openIds = new Set(open.map((command) => command.commandId));
    for (const commandId of askAtMs.keys()) if (!openIds.has(commandId)) askAtMs.delete(commandId);
    if (!connected) return;
    void ask(open.filter((command) => wantsAsking(command, monotonicMs())).slice(0, ASK_AT_ONCE));
    for (const command of chooseTurns(open, inFlight, parts.maxInFlight, nowMs))
      send(command).catch((error: unknown) => log('A command could not be marked as sent; it stays queued.', error));
  }

  /** One transaction for all that only time changes; none when nothing does. */
  function passTime(open: readonly StoredCommand[], nowMs: EpochMs): readonly StoredCommand[] {
    const due = open.flatMap((command): { command: StoredCommand; event: CommandEvent }[] => {
      const cutOff = command.state === 'sent' && !inFlight.has(command.commandId);
      const event: CommandEvent = cutOff ? { type: 'answer-lost', reason: CUT_OFF } : { type: 'tick' };
      return decideCommand(command, event, nowMs) === command ? [] : [{ command, event }];
    });
    if (due.length === 0) return open;
    store.write((tx) => {
      for (const { command, event } of due) apply(tx, command.commandId, event);
    });
    return readOpenCommands(store);
  }

  function wantsAsking(command: StoredCommand, nowMs: number): boolean {
    if (inFlight.has(command.commandId)) return false;
    const atMs = askAtMs.get(command.commandId);
    if (command.state === 'unknown') return atMs === undefined || nowMs >= atMs;
    // What is accepted is asked about once after each connect, since its result may have gone to a console that was away.
    return command.state === 'accepted' && atMs === undefined;
  }

  async function send(command: StoredCommand): Promise<void> {
    const { commandId } = command;
    const marked = store.write((tx) => apply(tx, commandId, { type: 'turn' }));
    if (marked?.command.state !== 'sent' || !marked.changed) return;
    inFlight.add(commandId);
    const answer = await sender.sendCommand(command).catch((error: unknown): SendAnswer => {
      log('Sending a command failed in an unforeseen way.', error);
      return { type: 'answer-lost', reason: 'The answer was lost. The marketplace is asked what became of it.' };
    });
    if (stopped) return;
    inFlight.delete(commandId);
    // What was just accepted is asked about only when it becomes unknown, or after the next connect.
    if (answer.type === 'answered') askAtMs.set(commandId, monotonicMs());
    else askAtMs.delete(commandId);
    record(() => store.write((tx) => apply(tx, commandId, answer)));
    // What could not leave waits for the next tick or connect, or it would spin here.
    if (answer.type !== 'not-sent') wake();
  }

  async function ask(commands: readonly StoredCommand[]): Promise<void> {
    if (asking || commands.length === 0) return;
    asking = true;
    const epoch = connects;
    const asked = commands.map((command) => command.commandId);
    const statuses = await sender.askStatus(asked).catch((error: unknown) => {
      log('Asking about commands failed in an unforeseen way.', error);
      return undefined;
    });
    asking = false;
    if (stopped) return;
    const againMs = monotonicMs() + (statuses === undefined ? ASK_AFTER_SILENCE_MS : parts.askAgainMs);
    // A new connect has emptied the map meanwhile: then this answer stands for the old one, and all is asked again.
    if (epoch === connects) for (const commandId of asked) askAtMs.set(commandId, againMs);
    if (statuses === undefined) return;
    const ours = new Set(asked);
    record(() =>
      store.write((tx) => {
        for (const status of statuses) if (ours.has(status.commandId)) apply(tx, status.commandId, readStatus(status));
      }),
    );
    wake();
  }

  /** A store that refuses here loses no truth: the row stays as it was and is asked about later. */
  function record(write: () => void): void {
    try {
      write();
    } catch (error) {
      log('The outbox could not write an answer and will ask for it again.', error);
    }
  }

  const stopListening = sender.onConnection((now) => {
    if (now && !connected) {
      askAtMs.clear();
      connects += 1;
    }
    connected = now;
    wake();
  });
  const timer = setInterval(wake, parts.tickMs);
  wake();
  return {
    wake,
    stop: () => {
      stopped = true;
      clearInterval(timer);
      stopListening();
    },
  };
}

function readStatus(status: CommandStatus): CommandEvent {
  return status.known
    ? { type: 'status-known', response: status.response, result: status.result }
    : { type: 'status-unknown' };
}

/** Queued commands whose turn it is: the first of their order key that is not settled, up to the bound in flight. */
export function chooseTurns(
  open: readonly StoredCommand[],
  inFlight: ReadonlySet<string>,
  maxInFlight: number,
  nowMs: EpochMs,
): readonly StoredCommand[] {
  const taken = new Set<string>();
  const turns: StoredCommand[] = [];
  for (const command of open) {
    if (inFlight.size + turns.length >= maxInFlight) break;
    if (!taken.has(command.orderKey) && command.state === 'queued') turns.push(command);
    if (blocksItsOrder(command, nowMs)) taken.add(command.orderKey);
  }
  return turns;
}
