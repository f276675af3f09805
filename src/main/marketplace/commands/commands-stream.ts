/** The stream `commands`: results, however late. Those of other consoles on the same account are none of ours. */
import type { Transaction } from '../../database/sqlite.ts';
import { readResult } from '../../marketplace-link/command-verdict.ts';
import { itemKind, type StreamDefinition } from '../../marketplace-link/stream-definition.ts';
import { itemKinds } from '../../marketplace-link/wire/v1/item-kinds.ts';
import type { CommandResult } from '../../outbox/decide-command.ts';

/** What a charge point may say of a reservation at any time, whatever it answered before. */
const RESERVATION_GONE = {
  CANCELED_RESERVATION: 'The operator of the charge point cancelled it.',
  UNKNOWN_RESERVATION: 'The charge point does not know it.',
} as const;

export function commandsStream(parts: {
  readonly recordResult: (tx: Transaction, commandId: string, result: CommandResult) => boolean;
  readonly reservationGone: (tx: Transaction, commandId: string, reason: string) => void;
}): StreamDefinition {
  return {
    name: 'commands',
    kinds: {
      'command.result': itemKind(itemKinds.commands['command.result'], (tx, wire) => {
        const commandId = wire.command_id.toLowerCase();
        // First, since a command that was done is done: what its reservation becomes later is no change of the command.
        if (wire.result === 'CANCELED_RESERVATION' || wire.result === 'UNKNOWN_RESERVATION')
          parts.reservationGone(tx, commandId, RESERVATION_GONE[wire.result]);
        parts.recordResult(tx, commandId, readResult(wire));
      }),
    },
  };
}
