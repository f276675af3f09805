/** An OCPI Session as the console keeps it. Pure. */
import { energyFromKwh } from '../../../shared/kernel/quantity.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { WirePrice, WireSession, WireSessionPatch } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';
import { readPrice } from './read-price.ts';
import { evseKey, splitEvseKey } from '../network/evse-table.ts';

/** A PUT: the whole session anew. */
export function readWireSession(wire: WireSession): Session {
  return {
    id: wire.id,
    status: wire.status,
    startAtMs: parseDateTimeMs(wire.start_date_time),
    endAtMs: wire.end_date_time === undefined ? undefined : parseDateTimeMs(wire.end_date_time),
    energyWh: energyFromKwh(wire.kwh),
    evseKey: evseKey(wire.location_id, wire.evse_uid),
    connectorId: wire.connector_id,
    vehicleId: wire.vehicle_id,
    authorizationReference: wire.authorization_reference,
    totalCost: wire.total_cost === undefined ? undefined : netAmount(wire.total_cost),
    currency: wire.currency,
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

/** A PATCH: only what it names changes. */
export function mergePatch(session: Session, patch: WireSessionPatch): Session {
  const { locationId, uid } = splitEvseKey(session.evseKey);
  return {
    ...session,
    status: patch.status ?? session.status,
    startAtMs: patch.start_date_time === undefined ? session.startAtMs : parseDateTimeMs(patch.start_date_time),
    endAtMs: patch.end_date_time === undefined ? session.endAtMs : parseDateTimeMs(patch.end_date_time),
    energyWh: patch.kwh === undefined ? session.energyWh : energyFromKwh(patch.kwh),
    evseKey: evseKey(patch.location_id ?? locationId, patch.evse_uid ?? uid),
    connectorId: patch.connector_id ?? session.connectorId,
    vehicleId: patch.vehicle_id ?? session.vehicleId,
    authorizationReference: patch.authorization_reference ?? session.authorizationReference,
    totalCost: patch.total_cost === undefined ? session.totalCost : netAmount(patch.total_cost),
    currency: patch.currency ?? session.currency,
    updatedAtMs: parseDateTimeMs(patch.last_updated),
  };
}

/** Whether they differ at most in `last_updated`. Ids are compared without case. */
export function tellsTheSame(one: Session, other: Session): boolean {
  return comparable(one) === comparable(other);
}

function comparable(session: Session): string {
  const id = (value: string | undefined) => value?.toLowerCase() ?? null;
  return JSON.stringify([
    session.status,
    session.startAtMs,
    session.endAtMs ?? null,
    session.energyWh,
    id(session.evseKey),
    id(session.connectorId),
    id(session.vehicleId),
    id(session.authorizationReference),
    session.totalCost ?? null,
    session.currency,
  ]);
}

/** What is owed without taxes, as 2.2.1 or 2.3.0 says it: the number's own decimals, never an exponent. */
export function netAmount(price: WirePrice): string {
  return readPrice(price).net;
}
