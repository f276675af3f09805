/**
 * Use case: an operator looked at a meter's display and found that its register is right although it cannot follow the last
 * reading. The next reading begins a series then. The request, the record of the action and the meter's event are one
 * transaction, so *accepted* means stored.
 */
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import { appendAction, readAction } from '../../outbox/action-log.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { appendMeterEvents } from '../meter-event-table.ts';
import { lineOfMeter, numberOfMeter, readMeters } from './meter-table.ts';
import type { Standings } from './meter-standings.ts';
import { askForSeries } from './series-request-table.ts';

const KIND = 'BEGIN_METER_SERIES';

export function beginSeries(
  parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly lineClock: LineClock;
    readonly standings: Pick<Standings, 'beginAnew'>;
  },
  input: CommandInput<'metering/begin-series'>,
  operator: string,
): CommandAnswer {
  const { meterId, reason } = input;
  const commandId = input.commandId.toLowerCase();
  const action = { meterId, reason };
  return parts.store.write((tx) => {
    const before = readAction(tx, commandId);
    if (before !== undefined)
      return before.kind === KIND && before.body === JSON.stringify(action)
        ? { outcome: 'accepted' }
        : refuseWith('command-id-reused', 'This request carries the id of another one. Try again.');
    const meterNumber = numberOfMeter(tx, meterId);
    const meter = readMeters(tx).find(({ id }) => id === meterId);
    if (meterNumber === undefined || meter === undefined)
      return refuseWith('no-such-meter', `No meter ${meterId} is in service. Look for it in the list of meters.`);
    const atMs = parts.clock.nowMs();
    askForSeries(tx, { meterNumber, commandId, operator, reason, askedAtMs: atMs });
    appendAction(tx, { atMs, operator, commandId, kind: KIND, body: action });
    appendMeterEvents(tx, [
      {
        atMs: parts.lineClock.wallMs(),
        lineId: lineOfMeter(tx, meterId) ?? '',
        meterId,
        kind: 'series-asked',
        note: `${operator} lets the next reading of ${meter.name} begin a new series: ${reason}`,
      },
    ]);
    tx.afterCommit(() => parts.standings.beginAnew(meterNumber));
    return { outcome: 'accepted' };
  });
}

function refuseWith(code: string, message: string): CommandAnswer {
  return { outcome: 'refused', error: { code, message } };
}
