/**
 * Use case: a charge record has come. All that must never be lost happens in one transaction: the record and its raw text, its signed
 * values, and its amount in the books. What it is worth is judged afterwards, so that no doubt about a price keeps a record out.
 *
 * A record never changes (OCPI 2.2.1, 10.1): the same again is a repetition, and one with other content is set aside, for a CPO that
 * erred owes a credit record.
 */
import type { ChargeRecord } from '../../../shared/domain/marketplace/charge-record.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { RecordToBook } from '../../account/booking.ts';
import { captureRecord } from '../../account/capture-record.ts';
import type { Transaction } from '../../database/sqlite.ts';
import type { ApplyAnswer } from '../../marketplace-link/stream-definition.ts';
import { chargeDetailRecord, type WireChargeRecord } from '../../marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { storeSignedData } from '../../metering/signed/store-signed-data.ts';
import { canonicalText } from '../../tariff/canonical-text.ts';
import { evseKey } from '../network/evse-table.ts';
import { spellLocationId } from '../network/location-table.ts';
import { readChargeRecord } from '../ocpi/read-charge-record.ts';
import { announceAssessment } from './assessment-table.ts';
import { creditedKey, insertRecord, readRaw, recordKey } from './charge-record-table.ts';
import { findLinks } from './find-links.ts';

/** @param raw the item's body before any schema saw it */
export function takeRecord(
  tx: Transaction,
  wire: WireChargeRecord,
  raw: string,
  parts: {
    readonly clock: Clock;
    readonly onTaken: (tx: Transaction, key: string) => void;
  },
): ApplyAnswer {
  const key = recordKey(wire.country_code, wire.party_id, wire.id);
  const known = readRaw(tx, key);
  if (known !== undefined) {
    const first = chargeDetailRecord.safeParse(JSON.parse(known));
    // What an older schema took may be refused by this one; then only the same text is surely the same record.
    if (first.success ? tellsTheSame(first.data, wire) : known === raw) return 'unchanged';
    return refuse(
      'record-changed',
      `The record ${key} came again with other content (record-changed). A record never changes, so the first stands; ask the CPO for a credit record.`,
    );
  }
  const guess = readChargeRecord(wire, { zone: 'UTC', basis: 'guessed' });
  const links = findLinks(tx, guess, undefined);
  const record: ChargeRecord = {
    ...guess,
    sessionId: links.sessionId,
    charge: { ...guess.charge, zone: links.zone },
    receivedAtMs: parts.clock.nowMs(),
  };
  const stored = { record, vehicleId: links.vehicleId };
  insertRecord(tx, stored, raw);
  announceAssessment(tx, stored);
  storeSignedData(tx, {
    recordKey: key,
    evseKey: evseKey(spellLocationId(tx, record.locationId), record.evseUid),
    meterSerial: wire.meter_id,
    signed: record.signed,
    receivedAtMs: record.receivedAtMs,
  });
  captureRecord(tx, readBooking(record));
  parts.onTaken(tx, key);
}

function readBooking(record: ChargeRecord): RecordToBook {
  const { cost } = record.totals;
  return {
    recordKey: record.key,
    sessionId: record.sessionId,
    authorizationReference: record.authorizationReference,
    contractId: record.contractId,
    amount: cost.gross ?? cost.net,
    currency: record.charge.currency,
    isCredit: record.isCredit,
    creditReferenceKey: creditedKey(record),
    atMs: record.receivedAtMs,
  };
}

/** All but `last_updated` and the spelling of what names it; what the schema does not know is no part of the record. */
function tellsTheSame(one: WireChargeRecord, other: WireChargeRecord): boolean {
  const content = ({ country_code: _c, party_id: _p, id: _i, last_updated: _u, ...rest }: WireChargeRecord): string =>
    canonicalText(rest);
  return content(one) === content(other);
}
