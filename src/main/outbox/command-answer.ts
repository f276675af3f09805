/** How a use case tells the window what it decided, and the rule that the same command id is one intent. */
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Refusal } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';
import { readAction } from './action-log.ts';

export const ACCEPTED: CommandAnswer = { outcome: 'accepted' };

export function refuseWith(refusal: Refusal): CommandAnswer {
  return { outcome: 'refused', error: { code: refusal.code, message: refusal.message } };
}

/** The answer already given to this command id, or undefined when it is new. Only accepted commands leave a trace. */
export function answerAgain(
  tx: Transaction,
  commandId: string,
  kind: string,
  body: unknown,
): CommandAnswer | undefined {
  const action = readAction(tx, commandId);
  if (action === undefined) return undefined;
  if (action.kind === kind && action.body === JSON.stringify(body)) return ACCEPTED;
  return {
    outcome: 'refused',
    error: { code: 'command-id-reused', message: 'This request carries the id of another one. Try again.' },
  };
}
