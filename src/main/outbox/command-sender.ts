/**
 * What the outbox needs of whoever carries its commands. The outbox knows no socket: the shell hands it a sender that has
 * this shape, and tests hand it one that loses things.
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { CommandResult, Response } from './decide-command.ts';

export type OutgoingCommand = {
  readonly commandId: string;
  readonly kind: string;
  readonly issuedAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
  /** JSON, as it was stored. */
  readonly body: string;
};

export type SendAnswer =
  | { readonly type: 'answered'; readonly response: Response }
  /** Certainly nothing left the console. */
  | { readonly type: 'not-sent' }
  /** It may have arrived. */
  | { readonly type: 'answer-lost'; readonly reason: string };

export type CommandStatus =
  | { readonly commandId: string; readonly known: false }
  | {
      readonly commandId: string;
      readonly known: true;
      readonly response: Response | undefined;
      readonly result: CommandResult | undefined;
    };

/** `undefined`: no usable answer came. */
export type StatusAnswer = readonly CommandStatus[] | undefined;

export type CommandSender = {
  /** Settles in bounded time and does not throw for what may be expected of a network. */
  readonly sendCommand: (command: OutgoingCommand) => Promise<SendAnswer>;
  readonly askStatus: (commandIds: readonly string[]) => Promise<StatusAnswer>;
  /** Calls at once with the present state and then at each change; answers how to stop listening. */
  readonly onConnection: (listener: (connected: boolean) => void) => () => void;
};
