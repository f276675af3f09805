/**
 * What a charge record belongs to: its session, the vehicle that charged, and the zone in whose hours it is priced. Looked for when it
 * comes and again later, since sessions and locations travel in other streams and may be behind.
 */
import type { ChargeRecord } from '../../../shared/domain/marketplace/charge-record.ts';
import { vehicleOfToken } from '../../account/token-table.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readSessionCommand } from '../commands/session-command-table.ts';
import { readLocation } from '../network/location-table.ts';
import type { RecordLinks } from './charge-record-table.ts';
import { findSession } from './find-session.ts';

/** @param knownVehicleId whom it was tied to before */
export function findLinks(
  store: ReadableStore,
  record: Pick<ChargeRecord, 'sessionId' | 'authorizationReference' | 'tokenUid' | 'locationId' | 'charge'>,
  knownVehicleId: string | undefined,
): RecordLinks {
  const reference = record.authorizationReference;
  const session = findSession(store, record);
  const command = reference === undefined ? undefined : readSessionCommand(store, reference);
  const timeZone = readLocation(store, record.locationId)?.timeZone;
  return {
    sessionId: record.sessionId ?? session?.id,
    // The session knows best; then our own order; and of its token who carried it first, for it may move to another vehicle.
    vehicleId: session?.vehicleId ?? command?.vehicleId ?? knownVehicleId ?? vehicleOfToken(store, record.tokenUid),
    zone: timeZone === undefined ? record.charge.zone : { zone: timeZone, basis: 'location' },
  };
}
