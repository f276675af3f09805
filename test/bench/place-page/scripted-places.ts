/** A network of public places, made by rule: the same every time, spread over one country as towns are. */
import type { EvseStatus } from '../../../src/shared/domain/marketplace/evse.ts';
import type { Party } from '../../../src/shared/domain/marketplace/party.ts';
import type { ChargePlace, PlaceAssessment } from '../../../src/shared/domain/marketplace/place.ts';
import { energyWh, powerW } from '../../../src/shared/kernel/quantity.ts';

export const EVSES_A_PLACE = 8;
const PARTIES = 12;
const STATUSES: readonly EvseStatus[] = ['AVAILABLE', 'AVAILABLE', 'CHARGING', 'AVAILABLE', 'OUTOFORDER', 'CHARGING'];
const POWERS_KW = [50, 150, 300] as const;

/** Even, and never in lines: parts of the plastic number (a two-dimensional golden section). */
const part = (index: number, step: number) => (index * step) % 1;

export function makeParties(nowMs: number): readonly Party[] {
  return Array.from({ length: PARTIES }, (_, index) => ({
    key: `DE*P${index}`,
    role: 'CPO',
    name: `Operator ${index + 1}`,
    status: index === 3 ? 'OFFLINE' : 'CONNECTED',
    statusAtMs: nowMs - 3_600_000,
  }));
}

export function makePlaces(count: number, nowMs: number): readonly ChargePlace[] {
  return Array.from({ length: count }, (_, index) => {
    const statuses: Partial<Record<EvseStatus, number>> = {};
    for (let evse = 0; evse < EVSES_A_PLACE; evse++) {
      const status = STATUSES[(index * 7 + evse * 5) % STATUSES.length] ?? 'AVAILABLE';
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    const free = statuses.AVAILABLE ?? 0;
    const party = index % PARTIES;
    return {
      locationId: `LOC-${index}`,
      name: `Place ${index}`,
      address: `${index} Street, Town ${index % 97}`,
      operatorName: `Operator ${party + 1}`,
      party: `DE*P${party}`,
      countryCode: 'DE',
      latitude: 48 + part(index, 0.7548776662466927) * 6,
      longitude: 7 + part(index, 0.5698402909980532) * 7,
      timeZone: 'Europe/Berlin',
      isDepot: false,
      groups: [
        {
          key: 'dc',
          standard: 'IEC_62196_T2_COMBO',
          current: 'DC',
          maxPowerW: powerW((POWERS_KW[index % POWERS_KW.length] ?? 50) * 1000),
          maxPowerStated: true,
          tariffIds: ['T1'],
          total: EVSES_A_PLACE,
          free,
          unknown: 0,
        },
      ],
      statuses,
      oldestStatusAtMs: nowMs - 3_000_000,
      newestStatusAtMs: nowMs - (index % 900) * 1000,
      access: {
        maxHeightCm: undefined,
        maxLengthCm: undefined,
        maxWidthCm: undefined,
        maxWeightKg: undefined,
        vehicleTypes: undefined,
        driveThrough: undefined,
        reservationRequired: undefined,
      },
      capabilities: ['RESERVABLE', 'REMOTE_START_STOP_CAPABLE'],
    };
  });
}

export function assessByRule(places: readonly ChargePlace[]): readonly PlaceAssessment[] {
  return places.map(({ locationId }, index) => {
    const cents = 2000 + ((index * 37) % 1900);
    return {
      locationId,
      groupKey: 'dc',
      refusal: undefined,
      access: 'fits',
      netPrice: (cents / 100).toFixed(2),
      grossPrice: ((cents * 1.19) / 100).toFixed(2),
      currency: 'EUR',
      netPerKwh: (cents / 5000).toFixed(4),
      priceNote: undefined,
      awayM: 1000 + index * 130,
      driveS: 120 + index * 9,
      arrivalSocPercent: 30 - (index % 40),
      energyWh: energyWh(50_000),
      chargeS: 1800,
      powerW: powerW(100_000),
    };
  });
}
