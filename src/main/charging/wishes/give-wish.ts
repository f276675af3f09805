/** Use cases of a person who bends a plan: give a wish, take it back. The same command id twice is one intent. */
import type { Wish, WishTerms } from '../../../shared/domain/charging/wish.ts';
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { refuse, type Refusal } from '../../../shared/kernel/result.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { readDuties } from '../../fleet/duty-table.ts';
import { readVehicle } from '../../fleet/vehicle-table.ts';
import { appendAction } from '../../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { readSettings } from '../terms/site-settings-table.ts';
import { insertWish, markWithdrawn, readWish, readWishes } from './wish-table.ts';

/** Instants are the profile's. */
export function giveWish(
  tx: Transaction,
  input: CommandInput<'charging/wish'>,
  operator: string,
  nowMs: EpochMs,
): CommandAnswer {
  const { commandId, ...body } = input;
  const wishId = commandId.toLowerCase();
  const again = answerAgain(tx, wishId, 'PLAN_WISH', body);
  if (again !== undefined) return again;
  const fault = findFault(tx, body.depotId, body.terms, nowMs);
  if (fault !== undefined) return refuseWith(fault);
  const replaced = readWishes(tx, body.depotId, nowMs).filter((wish) => isReplacedBy(wish.terms, body.terms));
  for (const wish of replaced) markWithdrawn(tx, wish.wishId, nowMs);
  insertWish(tx, {
    wishId,
    depotId: body.depotId,
    terms: body.terms,
    givenBy: operator,
    givenAtMs: nowMs,
    untilMs: body.untilMs ?? endOf(tx, body.depotId, body.terms, nowMs),
    withdrawnAtMs: undefined,
  });
  appendAction(tx, { atMs: nowMs, operator, commandId: wishId, kind: 'PLAN_WISH', body });
  return ACCEPTED;
}

export function withdrawWish(
  tx: Transaction,
  input: CommandInput<'charging/withdraw-wish'>,
  operator: string,
  nowMs: EpochMs,
): CommandAnswer {
  const { commandId, ...body } = input;
  const again = answerAgain(tx, commandId.toLowerCase(), 'WITHDRAW_PLAN_WISH', body);
  if (again !== undefined) return again;
  const wish = readWish(tx, body.wishId.toLowerCase());
  if (wish === undefined)
    return refuseWith(refuse('wish-unknown', 'That wish is not known here, so there is nothing to withdraw.'));
  if (wish.withdrawnAtMs !== undefined || (wish.untilMs !== undefined && wish.untilMs <= nowMs))
    return refuseWith(refuse('wish-over', 'That wish is over already; the plan no longer follows it.'));
  markWithdrawn(tx, wish.wishId, nowMs);
  appendAction(tx, { atMs: nowMs, operator, commandId: commandId.toLowerCase(), kind: 'WITHDRAW_PLAN_WISH', body });
  return ACCEPTED;
}

function findFault(store: ReadableStore, depotId: string, terms: WishTerms, nowMs: EpochMs): Refusal | undefined {
  if (readSettings(store, depotId) === undefined)
    return refuse('site-unknown', 'This depot is not set up for charging plans. Enter its settings on the page Cost.');
  if (!('vehicleId' in terms)) return undefined;
  if (readVehicle(store, terms.vehicleId) === undefined)
    return refuse('vehicle-unknown', 'That vehicle is no longer in the fleet. Choose another.');
  if (terms.kind === 'pin' && terms.toMs <= Math.max(terms.fromMs, nowMs))
    return refuse('pin-over', 'The pinned time is over before it begins. Choose a later end.');
  if (terms.kind === 'later-departure' && terms.departAtMs <= nowMs)
    return refuse('departure-past', 'That departure is in the past. Choose a later one.');
  return undefined;
}

/** Two of these at once would contradict each other. Pins stand beside each other; the later one wins in a slot. */
function isReplacedBy(before: Wish['terms'], next: Wish['terms']): boolean {
  if (before.kind === 'pin' || before.kind !== next.kind) return before.kind === 'site-cap' && next.kind === 'site-cap';
  return !('vehicleId' in before) || !('vehicleId' in next) || before.vehicleId === next.vehicleId;
}

/** A wish for a vehicle ends with its departure, so that it does not bend the plan of the next night. */
function endOf(store: ReadableStore, depotId: string, terms: WishTerms, nowMs: EpochMs): EpochMs | undefined {
  if (!('vehicleId' in terms)) return undefined;
  if (terms.kind === 'later-departure') return terms.departAtMs;
  const next = readDuties(store, depotId, nowMs).find(
    ({ vehicleId, departAtMs }) => vehicleId === terms.vehicleId && departAtMs > nowMs,
  );
  return next?.departAtMs;
}
