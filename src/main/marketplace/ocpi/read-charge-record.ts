/**
 * An OCPI CDR of either release as the console keeps it (2.2.1 and 2.3.0, 10.3.1). Pure. The time zone comes from the snapshot of the
 * location, since a CDR carries none; what the record holds inside, tariffs above all, is frozen as it was sent.
 */
import type { ChargeRecord, StatedPrice, StatedTotals } from '../../../shared/domain/marketplace/charge-record.ts';
import type { Charge, ChargeZone, UsagePeriod } from '../../../shared/domain/tariff/charge.ts';
import { decimalText, optionalText, type Texted } from '../../marketplace-link/wire/v1/decimal-text.ts';
import type { WireChargeRecord } from '../../marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import type { WirePrice } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';
import { readTariff } from '../../tariff/ocpi/read-tariff.ts';
import { readPrice } from './read-price.ts';

type Sent = Texted<WireChargeRecord>;

export function readChargeRecord(wire: Sent, zone: ChargeZone): Omit<ChargeRecord, 'receivedAtMs'> {
  return {
    key: `${wire.country_code}*${wire.party_id}*${wire.id}`.toUpperCase(),
    countryCode: wire.country_code,
    partyId: wire.party_id,
    id: wire.id,
    sessionId: wire.session_id,
    authorizationReference: wire.authorization_reference,
    contractId: wire.cdr_token.contract_id,
    tokenUid: wire.cdr_token.uid,
    locationId: wire.cdr_location.id,
    locationName: wire.cdr_location.name ?? `${wire.cdr_location.address}, ${wire.cdr_location.city}`,
    evseUid: wire.cdr_location.evse_uid,
    connectorId: wire.cdr_location.connector_id,
    charge: readCharge(wire, zone),
    totals: readTotals(wire),
    isCredit: wire.credit === true,
    creditReferenceId: wire.credit_reference_id,
    signed: readSigned(wire),
    invoiceReference: wire.invoice_reference_id,
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

/** What a record or a session has that decides a price. */
type SentCharge = Pick<Sent, 'start_date_time' | 'end_date_time' | 'currency' | 'charging_periods' | 'tariffs'>;

export function readCharge(wire: SentCharge, zone: ChargeZone): Charge {
  return {
    beginMs: parseDateTimeMs(wire.start_date_time),
    endMs: parseDateTimeMs(wire.end_date_time),
    currency: wire.currency,
    zone,
    periods: wire.charging_periods.map(readPeriod),
    tariffs: (wire.tariffs ?? []).map(readTariff),
  };
}

function readPeriod(wire: Sent['charging_periods'][number]): UsagePeriod {
  return {
    beginMs: parseDateTimeMs(wire.start_date_time),
    tariffId: wire.tariff_id,
    dimensions: wire.dimensions.map(({ type, volume }) => ({ type, volume: decimalText(volume) })),
  };
}

function readTotals(wire: Sent): StatedTotals {
  const price = (stated: Texted<WirePrice> | undefined): StatedPrice | undefined =>
    stated === undefined ? undefined : readPrice(stated);
  return {
    cost: readPrice(wire.total_cost),
    fixedCost: price(wire.total_fixed_cost),
    energyCost: price(wire.total_energy_cost),
    timeCost: price(wire.total_time_cost),
    parkingCost: price(wire.total_parking_cost),
    reservationCost: price(wire.total_reservation_cost),
    energyKwh: decimalText(wire.total_energy),
    timeHours: decimalText(wire.total_time),
    parkingHours: optionalText(wire.total_parking_time),
  };
}

function readSigned({ signed_data: data }: Sent): ChargeRecord['signed'] {
  if (data === undefined) return [];
  return data.signed_values.map((value) => ({
    encodingMethod: data.encoding_method,
    publicKey: data.public_key,
    nature: value.nature,
    plainData: value.plain_data,
    signedData: value.signed_data,
  }));
}
