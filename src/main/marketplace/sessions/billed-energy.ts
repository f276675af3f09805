/**
 * What sessions bill at charge points, as plain energies by time: handed down to whoever holds it against meters. A session's
 * energy is spread by its charging periods where these tell all of it (OCPI 2.2.1, 9.3.1 and 10.4.1); else it is one piece.
 * Reservations draw no energy and sessions that were declared invalid bill none.
 */
import type { BilledEnergy } from '../../../shared/domain/metering/balance/balance.ts';
import { isFinalStatus, type Session } from '../../../shared/domain/marketplace/session.ts';
import { energyFromKwh, energyWh } from '../../../shared/kernel/quantity.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readPeriods, readSessionsAt, type StoredPeriod } from './session-table.ts';

/** Each period is rounded on its own. */
const ROUNDING_WH = 1;

export function readBilledEnergy(
  store: ReadableStore,
  evseKeys: readonly string[],
  fromMs: EpochMs,
  toMs: EpochMs,
): BilledEnergy[] {
  return readSessionsAt(store, evseKeys, fromMs, toMs)
    .filter(({ status }) => status === 'ACTIVE' || status === 'COMPLETED')
    .flatMap((session) => spreadSession(session, readPeriods(store, session.id)));
}

/** @param periods oldest first; each ends where the next begins, the last with the session */
export function spreadSession(session: Session, periods: readonly StoredPeriod[]): BilledEnergy[] {
  const endMs = session.endAtMs ?? session.updatedAtMs;
  const common = { evseKey: session.evseKey, sessionId: session.id, isRunning: !isFinalStatus(session.status) };
  const whole = { ...common, beginMs: session.startAtMs, endMs, energyWh: session.energyWh };
  const pieces = periods.map(({ startAtMs, period }, index) => ({
    ...common,
    beginMs: startAtMs,
    endMs: periods[index + 1]?.startAtMs ?? endMs,
    energyWh: energyFromKwh(
      period.dimensions
        .filter(({ type }) => type.toUpperCase() === 'ENERGY')
        .reduce((sumKwh, { volume }) => sumKwh + volume, 0),
    ),
  }));
  const toldWh = energyWh(pieces.reduce((sumWh, piece) => sumWh + piece.energyWh, 0));
  const isWhole = Math.abs(toldWh - session.energyWh) <= ROUNDING_WH * Math.max(1, pieces.length);
  const isInside = pieces.every(
    ({ beginMs, endMs: pieceEndMs }) => beginMs >= session.startAtMs && pieceEndMs <= endMs && beginMs <= pieceEndMs,
  );
  // The times of the session itself are told as well, since a vehicle may be plugged in before and after it charges.
  return pieces.length > 0 && isWhole && isInside ? [{ ...whole, energyWh: energyWh(0) }, ...pieces] : [whole];
}
