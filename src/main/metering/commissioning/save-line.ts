/**
 * Use cases: an operator sets up a line with its meters, changes it, or withdraws it. Decided on what the store holds at this
 * moment; the line, the record of the action and what the operator's log says of it are one transaction, so *accepted* means
 * stored. Readings are never touched: a line that is saved again has its history.
 */
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import { readDepot } from '../../fleet/depot-table.ts';
import { appendAction } from '../../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import type { ListedAdapter } from '../../serial/line-address.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { DeclaredLine } from '../lines/declared-line.ts';
import { putLines, readLines } from '../lines/line-table.ts';
import { appendMeterEvents, type NewMeterEvent } from '../meter-event-table.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { checkLine, checkTree } from './check-line.ts';

export type SaveParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly profiles: MeterProfiles;
};

export function saveLine(
  parts: SaveParts,
  input: CommandInput<'metering/save-line'>,
  adapters: readonly ListedAdapter[],
  operator: string,
): CommandAnswer {
  const { commandId, ...action } = input;
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId.toLowerCase(), 'SAVE_LINE', action);
    if (again !== undefined) return again;
    if (readDepot(tx, input.depotId) === undefined)
      return refuseWith(refuse('no-such-depot', `There is no depot ${input.depotId}. Choose one of the fleet’s.`));
    const lines = readLines(tx);
    const before = lines.find(({ id }) => id === input.id);
    if (before?.origin === 'demo') return refuseWith(refuse('demo-line', sayDemo(before)));
    const line = declared(input);
    const others = lines.filter(({ id }) => id !== line.id);
    const fault = checkLine(line, others, { profiles: parts.profiles, adapters });
    if (fault !== undefined) return refuseWith(refuse(fault.code, fault.message));
    // A changed line keeps its place among the others.
    const kept = before === undefined ? [...lines, line] : lines.map((one) => (one.id === line.id ? line : one));
    put(parts, tx, kept);
    appendMeterEvents(tx, eventsOf(parts, line, before, operator));
    record(parts, tx, { commandId, kind: 'SAVE_LINE', body: action, operator });
    return ACCEPTED;
  });
}

export function withdrawLine(
  parts: SaveParts,
  { commandId, lineId }: CommandInput<'metering/withdraw-line'>,
  operator: string,
): CommandAnswer {
  return parts.store.write((tx) => {
    const again = answerAgain(tx, commandId.toLowerCase(), 'WITHDRAW_LINE', { lineId });
    if (again !== undefined) return again;
    const lines = readLines(tx);
    const line = lines.find(({ id }) => id === lineId);
    if (line === undefined) return refuseWith(refuse('no-such-line', `There is no line ${lineId} any more.`));
    if (line.origin === 'demo') return refuseWith(refuse('demo-line', sayDemo(line)));
    const left = lines.filter(({ id }) => id !== lineId);
    const fault = checkTree(left);
    if (fault !== undefined) return refuseWith(refuse(fault.code, fault.message));
    put(parts, tx, left);
    const note = `${line.name} was withdrawn by ${operator}; its readings stay.`;
    appendMeterEvents(tx, [
      { atMs: parts.lineClock.wallMs(), lineId, meterId: undefined, kind: 'line-withdrawn', note },
    ]);
    record(parts, tx, { commandId, kind: 'WITHDRAW_LINE', body: { lineId }, operator });
    return ACCEPTED;
  });
}

function put({ clock }: SaveParts, tx: Transaction, lines: readonly DeclaredLine[]): void {
  const operators = lines.filter(({ origin }) => origin === 'operator');
  putLines(tx, 'operator', operators, Math.round(clock.nowMs()));
}

function record(
  { clock }: SaveParts,
  tx: Transaction,
  action: { readonly commandId: string; readonly kind: string; readonly body: unknown; readonly operator: string },
): void {
  appendAction(tx, { ...action, commandId: action.commandId.toLowerCase(), atMs: clock.nowMs() });
}

function eventsOf(
  { lineClock }: SaveParts,
  line: DeclaredLine,
  before: DeclaredLine | undefined,
  operator: string,
): NewMeterEvent[] {
  const shared = { atMs: lineClock.wallMs(), lineId: line.id };
  const verb = before === undefined ? 'set up' : 'changed';
  const saved = { ...shared, meterId: undefined, kind: 'line-saved', note: `${line.name} was ${verb} by ${operator}.` };
  const changedRatios = line.meters.flatMap((meter): NewMeterEvent[] => {
    const was = before?.meters.find(({ id }) => id === meter.id)?.ctRatio;
    if (was === undefined || was === meter.ctRatio) return [];
    const note = `The transformer ratio of ${meter.name} is ${meter.ctRatio} from now on; it was ${was}. Its register begins a new series.`;
    return [{ ...shared, meterId: meter.id, kind: 'ct-ratio-changed', note }];
  });
  return [saved, ...changedRatios];
}

function declared(input: CommandInput<'metering/save-line'>): DeclaredLine {
  const { id, name, depotId, protocol, address, settings } = input;
  return {
    id,
    name,
    depotId,
    protocol,
    origin: 'operator',
    address:
      address.kind === 'device-server'
        ? address
        : { kind: 'serial-port', adapterSerialNumber: address.adapterSerialNumber, path: address.path },
    settings,
    meters: input.meters.map((meter) => ({
      id: meter.id,
      name: meter.name,
      role: meter.role,
      depotId,
      lineId: id,
      unitAddress: meter.unitAddress,
      profile: meter.profile,
      ratedCurrentA: meter.ratedCurrentA,
      parentId: meter.parentId,
      evseKey: meter.evseKey,
      accuracyClass: meter.accuracyClass,
      ctRatio: meter.ctRatio,
    })),
  };
}

function sayDemo({ name }: DeclaredLine): string {
  return `${name} is the demo’s own line, and it sets it up anew at each start. Give yours an id of its own.`;
}
