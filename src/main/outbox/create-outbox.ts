/**
 * The durable queue of commands. `enqueue` writes a row in the transaction of its cause; from then on the row is driven
 * to an end: sent in order per order key, asked about before it is ever resent, expired when its time is over.
 *
 * Invariant: every change of state is committed, together with what its kind makes of it, before anything is done or told
 * because of it. In memory live only what dies with the process anyway: what is in flight, and when to ask again.
 */
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { CommandSender } from './command-sender.ts';
import {
  decideCommand,
  isOpenState,
  type CommandEvent,
  type CommandResult,
  type OutboxState,
} from './decide-command.ts';
import {
  countOpenCommands,
  insertCommand,
  readBacklog,
  readCommand,
  setAsideStoredCommand,
  updateCommand,
  type StoredCommand,
} from './outbox-table.ts';
import { driveCommands } from './drive-commands.ts';

/** All instants are wall-clock. */
export type CommandOutcome = {
  readonly commandId: string;
  readonly kind: string;
  readonly state: OutboxState;
  readonly reason: string | undefined;
  readonly changedAtMs: EpochMs;
};

export type CommandKind = {
  /** How long after its making a command may still be sent. */
  readonly expiryMs: number;
  /** Runs in the transaction of each change of state, so the noun's record and the outbox cannot differ. */
  readonly onOutcome: (tx: Transaction, outcome: CommandOutcome) => void;
};

export type OutboxBacklog = { readonly count: number; readonly oldestAtMs: EpochMs | undefined };

export type Outbox = {
  readonly registerKind: (kind: string, definition: CommandKind) => void;
  /** The same `commandId` twice is one row. */
  readonly enqueue: (
    tx: Transaction,
    command: { readonly commandId: string; readonly kind: string; readonly orderKey: string; readonly body: unknown },
  ) => Result<'stored' | 'already-stored', 'outbox-full' | 'command-id-reused'>;
  /** A result that came another way than as an answer. True when the command is one of ours. */
  readonly recordResult: (tx: Transaction, commandId: string, result: CommandResult) => boolean;
  /**
   * An unknown command need not be waited for any more: it counts no longer as open and is not asked about. A late result
   * still settles it.
   */
  readonly setAside: (tx: Transaction, commandId: string) => void;
  /** Commands stored and not yet answered. */
  readonly backlog: () => OutboxBacklog;
  readonly onBacklog: (listener: (backlog: OutboxBacklog) => void) => () => void;
  /** From here on commands go out. Kinds must have been registered before. */
  readonly start: (sender: CommandSender) => void;
  readonly stop: () => void;
};

export type OutboxOptions = {
  readonly store: Store;
  readonly wallClock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  /** Beyond this many open commands a new one is refused. */
  readonly maxOpen?: number;
  readonly maxInFlight?: number;
  /** Measures how long ago something was; unlike the wall clock it is never put forward or back. */
  readonly monotonicMs?: () => number;
  /** How often time is looked at. */
  readonly tickMs?: number;
  /** How long after an unfruitful question an unknown command is asked about again. */
  readonly askAgainMs?: number;
};

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, wallClock } = options;
  const maxOpen = options.maxOpen ?? 1000;
  const kinds = new Map<string, CommandKind>();
  const listeners = new Set<(backlog: OutboxBacklog) => void>();
  let driver: ReturnType<typeof driveCommands> | undefined;

  function tellBacklog(): void {
    if (listeners.size === 0) return;
    const backlog = readBacklog(store);
    for (const listener of listeners) listener(backlog);
  }

  /** Applies one event inside `tx`; answers the command as it then is, and whether it changed. */
  function apply(
    tx: Transaction,
    commandId: string,
    event: CommandEvent,
  ): { command: StoredCommand; changed: boolean } | undefined {
    const command = readCommand(tx, commandId);
    if (command === undefined) return undefined;
    const nowMs = wallClock.nowMs();
    const next = decideCommand(command, event, nowMs);
    if (next === command) return { command, changed: false };
    updateCommand(tx, commandId, next, nowMs);
    if (next.state !== command.state || next.reason !== command.reason) {
      const kind = kinds.get(command.kind);
      if (kind === undefined) options.log(`The outbox holds a command of the unregistered kind ${command.kind}.`);
      else
        kind.onOutcome(tx, {
          commandId,
          kind: command.kind,
          state: next.state,
          reason: next.reason,
          changedAtMs: nowMs,
        });
    }
    tx.afterCommit(tellBacklog);
    return { command: { ...command, ...next, changedAtMs: nowMs }, changed: true };
  }

  return {
    registerKind: (kind, definition) => {
      assert(!kinds.has(kind), `the command kind ${kind} is registered once`);
      kinds.set(kind, definition);
    },
    enqueue: (tx, command) => {
      const kind = kinds.get(command.kind);
      assert(kind !== undefined, `the command kind ${command.kind} is registered`);
      const body = JSON.stringify(command.body);
      const known = readCommand(tx, command.commandId);
      if (known !== undefined)
        return known.kind === command.kind && known.body === body
          ? accept('already-stored' as const)
          : refuse('command-id-reused', 'This request carries the id of another one. Try again.');
      if (countOpenCommands(tx) >= maxOpen)
        return refuse(
          'outbox-full',
          `${maxOpen} commands are waiting for their outcome; no more can be taken. See to the marketplace link first.`,
        );
      const issuedAtMs = wallClock.nowMs();
      insertCommand(tx, { ...command, body, issuedAtMs, expiresAtMs: issuedAtMs + kind.expiryMs });
      tx.afterCommit(() => {
        tellBacklog();
        driver?.wake();
      });
      return accept('stored' as const);
    },
    recordResult: (tx, commandId, result) => {
      const applied = apply(tx, commandId, { type: 'result', result });
      if (applied?.changed === true && !isOpenState(applied.command.state)) tx.afterCommit(() => driver?.wake());
      return applied !== undefined;
    },
    setAside: (tx, commandId) => {
      if (!setAsideStoredCommand(tx, commandId, wallClock.nowMs())) return;
      tx.afterCommit(() => {
        tellBacklog();
        driver?.wake();
      });
    },
    backlog: () => readBacklog(store),
    onBacklog: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (sender) => {
      assert(driver === undefined, 'the outbox is started once');
      driver = driveCommands({
        store,
        wallClock,
        monotonicMs: options.monotonicMs ?? (() => performance.now()),
        log: options.log,
        sender,
        apply,
        maxInFlight: options.maxInFlight ?? 8,
        tickMs: options.tickMs ?? 1000,
        askAgainMs: options.askAgainMs ?? 60_000,
      });
    },
    stop: () => driver?.stop(),
  };
}
