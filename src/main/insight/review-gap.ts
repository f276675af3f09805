/** Use cases of a person who looks at a gap: keep it as a draft, dismiss it, publish it, and report what a driver found. */
import type { DemandSignal } from '../../shared/domain/insight/demand-signal.ts';
import { mayPublish } from '../../shared/domain/insight/judge-failure.ts';
import type { CommandInput } from '../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import { readEvseByKey } from '../marketplace/network/evse-table.ts';
import { appendAction } from '../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../outbox/command-answer.ts';
import type { Outbox } from '../outbox/create-outbox.ts';
import { changeSignal, putSignal, readSignal } from './demand-signal-table.ts';
import { cellCentre } from './cell-place.ts';
import { noteNeed } from './note-need.ts';

const OLDEST_REPORT_MS = 31 * 86_400_000;
/** A cell of resolution 7 reaches some 1.4 km from its centre. */
const CELL_RADIUS_M = 1400;

export type ReviewParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'enqueue'>;
  readonly publish: (tx: Transaction, signal: DemandSignal) => void;
};

type Given<N extends 'review-gap' | 'publish-signal' | 'report-failure'> = CommandInput<`insight/${N}`>;

/** The same command id twice is one intent; what is accepted is in the action log. */
function once(
  { store, clock }: ReviewParts,
  kind: string,
  { commandId, ...body }: { readonly commandId: string },
  operator: string,
  decide: (tx: Transaction, commandId: string, atMs: number) => CommandAnswer,
): CommandAnswer {
  const id = commandId.toLowerCase();
  return store.write((tx) => {
    const again = answerAgain(tx, id, kind, body);
    if (again !== undefined) return again;
    const atMs = clock.nowMs();
    const answer = decide(tx, id, atMs);
    if (answer.outcome === 'accepted') appendAction(tx, { atMs, operator, commandId: id, kind, body });
    return answer;
  });
}

export function reviewGap(parts: ReviewParts, input: Given<'review-gap'>, operator: string): CommandAnswer {
  return once(parts, 'REVIEW_GAP', input, operator, (tx, signalId, atMs) => {
    const { commandId: _id, decision, ...told } = input;
    if (told.windowToMs <= told.windowFromMs)
      return refuseWith(refuse('window-empty', 'The window ends before it begins. Choose a later end.'));
    if (decision === 'draft' && (told.energyKwhPerDay <= 0 || told.powerKw <= 0))
      return refuseWith(refuse('signal-empty', 'A signal needs an energy and a power above 0. Enter what is missing.'));
    const state = decision === 'draft' ? 'draft' : 'dismissed';
    const signal = { ...told, signalId, state, reviewedBy: operator, reviewedAtMs: atMs, reason: undefined } as const;
    putSignal(tx, signal, atMs);
    parts.publish(tx, signal);
    return ACCEPTED;
  });
}

export function publishSignal(parts: ReviewParts, input: Given<'publish-signal'>, operator: string): CommandAnswer {
  return once(parts, 'PUBLISH_DEMAND', input, operator, (tx, commandId, atMs) => {
    const signal = readSignal(tx, input.signalId);
    if (signal === undefined)
      return refuseWith(refuse('signal-unknown', 'This signal is not known here. Open the gap again.'));
    if (!mayPublish(signal.state))
      return refuseWith(refuse('signal-not-draft', `This signal is ${signal.state} and is not given a second time.`));
    const stored = parts.outbox.enqueue(tx, {
      commandId,
      kind: 'PUBLISH_DEMAND',
      orderKey: `signal:${signal.signalId}`,
      body: { signal: wireSignal(signal) },
    });
    if (!stored.ok) return refuseWith(stored);
    const changed = changeSignal(tx, signal.signalId, 'publishing', undefined, atMs);
    if (changed) parts.publish(tx, changed);
    return ACCEPTED;
  });
}

export function reportFailure(parts: ReviewParts, input: Given<'report-failure'>, operator: string): CommandAnswer {
  return once(parts, 'REPORT_FAILURE', input, operator, (tx, commandId, nowMs) => {
    const { vehicleId, evseKey, kind, atMs } = input;
    if (atMs > nowMs || atMs < nowMs - OLDEST_REPORT_MS)
      return refuseWith(refuse('time-not-likely', 'A report is of the past month. Check its date and time.'));
    const evse = readEvseByKey(tx, evseKey);
    if (evse === undefined)
      return refuseWith(refuse('evse-unknown', 'This charge point is not in the network. Choose another.'));
    if (!noteNeed(tx, { source: `report:${commandId}`, kind, atMs, vehicleId, evse }))
      return refuseWith(refuse('vehicle-unknown', 'This vehicle is not in the fleet. Choose another.'));
    return ACCEPTED;
  });
}

function wireSignal(signal: DemandSignal): unknown {
  const { latitude, longitude } = cellCentre(signal.cell);
  return {
    signal_id: signal.signalId,
    cell: signal.cell,
    latitude,
    longitude,
    radius_m: CELL_RADIUS_M,
    from_hour: signal.fromHour,
    to_hour: signal.toHour,
    energy_kwh_per_day: signal.energyKwhPerDay,
    power_kw: signal.powerKw,
    window_from: new Date(signal.windowFromMs).toISOString(),
    window_to: new Date(signal.windowToMs).toISOString(),
    commitment: signal.commitment.toUpperCase(),
  };
}
