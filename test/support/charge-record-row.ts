/** A charge record and its row, plain enough to be changed in the one respect that a test is about. */
import type { ChargeRecord, ChargeRecordRow } from '../../src/shared/domain/marketplace/charge-record.ts';
import { energyWh } from '../../src/shared/kernel/quantity.ts';

const BEGIN_MS = Date.parse('2026-11-24T00:00:00Z');
const END_MS = Date.parse('2026-11-24T01:00:00Z');

export function chargeRecordRow(changes: Partial<ChargeRecordRow> = {}): ChargeRecordRow {
  return {
    key: 'DE*ALL*CDR-1',
    id: 'CDR-1',
    party: 'DE*ALL',
    operatorName: 'Allego',
    locationName: 'Ring 7',
    evseUid: 'E1',
    sessionId: undefined,
    vehicleId: 'V1',
    contractId: 'C1',
    beginMs: BEGIN_MS,
    endMs: END_MS,
    timeZone: 'Europe/Berlin',
    energyWh: energyWh(20_000),
    currency: 'EUR',
    statedNet: '5.00',
    statedGross: '5.50',
    pricedNet: '5.00',
    difference: '0.00',
    verdict: 'agrees',
    worstCheck: undefined,
    isCredit: false,
    signature: 'absent',
    receivedAtMs: END_MS,
    ...changes,
  };
}

export function chargeRecord(totals: Partial<ChargeRecord['totals']> = {}): ChargeRecord {
  return {
    key: 'DE*ALL*CDR-1',
    countryCode: 'DE',
    partyId: 'ALL',
    id: 'CDR-1',
    sessionId: undefined,
    authorizationReference: undefined,
    contractId: 'C1',
    tokenUid: 'TOK1',
    locationId: 'L1',
    locationName: 'Ring 7',
    evseUid: 'E1',
    connectorId: '1',
    charge: {
      beginMs: BEGIN_MS,
      endMs: END_MS,
      currency: 'EUR',
      zone: { zone: 'Europe/Berlin', basis: 'location' },
      periods: [],
      tariffs: [],
    },
    totals: {
      cost: { net: '5.00', gross: '5.50' },
      fixedCost: undefined,
      energyCost: undefined,
      timeCost: undefined,
      parkingCost: undefined,
      reservationCost: undefined,
      energyKwh: '20.0000',
      timeHours: '1.0000',
      parkingHours: undefined,
      ...totals,
    },
    isCredit: false,
    creditReferenceId: undefined,
    signed: [],
    invoiceReference: undefined,
    updatedAtMs: END_MS,
    receivedAtMs: END_MS,
  };
}
