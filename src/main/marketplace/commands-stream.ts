/** The stream `commands`: results, however late. Those of other consoles on the same account are none of ours. */
import type { Transaction } from '../database/sqlite.ts';
import { readResult } from '../marketplace-link/command-verdict.ts';
import { itemKind, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { itemKinds } from '../marketplace-link/wire/v1/item-kinds.ts';
import type { CommandResult } from '../outbox/decide-command.ts';

export function commandsStream(
  recordResult: (tx: Transaction, commandId: string, result: CommandResult) => boolean,
): StreamDefinition {
  return {
    name: 'commands',
    kinds: {
      'command.result': itemKind(itemKinds.commands['command.result'], (tx, wire) => {
        recordResult(tx, wire.command_id.toLowerCase(), readResult(wire));
      }),
    },
  };
}
