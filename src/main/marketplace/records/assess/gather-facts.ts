/** Gathers from the store what a charge record is judged by. */
import { guardRecord, type GuardFinding } from '../../../../shared/domain/account/guard-contract.ts';
import { contractAt, termsFor } from '../../../../shared/domain/account/contract-at.ts';
import type { Contract } from '../../../../shared/domain/account/contract.ts';
import type { ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import type { DecimalText } from '../../../../shared/domain/tariff/tariff.ts';
import { fraction, toShortText } from '../../../../shared/kernel/exact.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import { openLocalTime } from '../../../../shared/kernel/local-time.ts';
import { readContractVersions } from '../../../account/contract-table.ts';
import type { ReadableStore } from '../../../database/sqlite.ts';
import { judgeSignedData } from '../../../metering/signed/judge-signed-data.ts';
import { tariffAt } from '../../../tariff/tariff-at.ts';
import { evseKey, readEvseByKey } from '../../network/evse-table.ts';
import { readLocation } from '../../network/location-table.ts';
import { readLearntRounding } from '../assessment-table.ts';
import {
  creditedKey,
  partyOf,
  readCreditsOf,
  readEnergyWh,
  readRecordsOfSession,
  readStoredRecord,
  type StoredRecord,
} from '../charge-record-table.ts';
import { findSession } from '../find-session.ts';
import type { HeldTariff, RecordFacts } from './record-facts.ts';

const WH_PER_KWH = 1000;

export function gatherFacts(store: ReadableStore, { record, vehicleId }: StoredRecord, nowMs: EpochMs): RecordFacts {
  const { beginMs } = record.charge;
  const location = readLocation(store, record.locationId);
  const country = location?.countryCode ?? record.countryCode;
  const contract = contractAt(readContractVersions(store, record.contractId), beginMs, nowMs)?.contract;
  const credited = creditedKey(record);
  return {
    contractKnown: contract !== undefined,
    terms: contract && termsFor(contract, partyOf(record), country),
    finding: contract && guard(store, contract, record, country),
    learntRounding: readLearntRounding(store, partyOf(record)),
    session: findSession(store, record),
    vehicleId,
    rivals: record.isCredit ? [] : findRivals(store, record),
    held: record.charge.tariffs.map((stated): HeldTariff => {
      const at = (knownAtMs: EpochMs) => tariffAt(store, partyOf(stated), stated.id, beginMs, knownAtMs);
      return { stated, known: at(beginMs) ?? at(nowMs) };
    }),
    credited: credited === undefined ? undefined : readStoredRecord(store, credited)?.record,
    otherCredits: credited === undefined ? [] : readCreditsOf(store, credited).filter((key) => key !== record.key),
    signed: judgeSignedData(store, record.key),
  };
}

/** Charged under a contract by charges that began in [fromMs, toMs). */
export function readChargedKwh(store: ReadableStore, contractId: string, fromMs: EpochMs, toMs: EpochMs): DecimalText {
  return toShortText(fraction(readEnergyWh(store, contractId, fromMs, toMs), WH_PER_KWH));
}

function findRivals(store: ReadableStore, { key, sessionId }: ChargeRecord): string[] {
  if (sessionId === undefined || readCreditsOf(store, key).length > 0) return [];
  return readRecordsOfSession(store, sessionId, key).filter((rival) => readCreditsOf(store, rival).length === 0);
}

function guard(
  store: ReadableStore,
  contract: Contract,
  record: ChargeRecord,
  country: string,
): GuardFinding | undefined {
  if (record.isCredit) return undefined;
  const { beginMs } = record.charge;
  // A month of a large fleet is long to add up for every record, and without steps nothing goes by it.
  const hasSteps = contract.terms.some(({ volumeSteps }) => volumeSteps.length > 0);
  const monthBeginMs = openLocalTime(contract.timeZone)?.spanOf('month', beginMs).beginMs ?? beginMs;
  const evse = readEvseByKey(store, evseKey(record.locationId, record.evseUid));
  const isPlugged = ({ id }: { readonly id: string }): boolean => id.toLowerCase() === record.connectorId.toLowerCase();
  return guardRecord(contract, {
    recordKey: record.key,
    partner: partyOf(record),
    country,
    charge: record.charge,
    statedNet: record.totals.cost.net,
    current: evse?.connectors.find(isPlugged)?.current,
    monthKwh: hasSteps ? readChargedKwh(store, contract.id, monthBeginMs, beginMs) : '0',
  });
}
