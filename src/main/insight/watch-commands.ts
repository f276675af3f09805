/** Reads from the outcomes of commands which of them were failures of the network. */
import { judgeFailure } from '../../shared/domain/insight/judge-failure.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Transaction } from '../database/sqlite.ts';
import { readSessionCommand } from '../marketplace/commands/session-command-table.ts';
import { readEvseByKey } from '../marketplace/network/evse-table.ts';
import { awayFrom, noteNeed } from './note-need.ts';

/** Runs in the transaction of each change of a command's state. */
export function watchCommands(clock: Clock): (tx: Transaction, commandId: string) => void {
  return (tx, commandId) => {
    const command = readSessionCommand(tx, commandId);
    if (command?.vehicleId === undefined || command.evseKey === undefined) return;
    const evse = readEvseByKey(tx, command.evseKey);
    if (evse === undefined) return;
    const atMs = clock.nowMs();
    const awayM = awayFrom(tx, command.vehicleId, evse, atMs);
    const kind = judgeFailure({ command, evseStatus: evse.status, awayM });
    if (kind === undefined) return;
    noteNeed(tx, { source: `command:${commandId}`, kind, atMs, vehicleId: command.vehicleId, evse });
  };
}
