/** A place to charge with one kind of connector, for tests to vary. */
import type { ChargePlace, ConnectorGroup, PlaceAssessment } from '../../src/shared/domain/marketplace/place.ts';
import { energyWh, powerW } from '../../src/shared/kernel/quantity.ts';

export const madeGroup: ConnectorGroup = {
  key: 'dc150',
  standard: 'IEC_62196_T2_COMBO',
  current: 'DC',
  maxPowerW: powerW(150_000),
  maxPowerStated: true,
  tariffIds: ['T1'],
  total: 4,
  free: 2,
  unknown: 0,
};

export function madePlace(changes: Partial<ChargePlace> = {}): ChargePlace {
  return {
    locationId: 'LOC-1',
    name: 'Lindenplatz',
    address: 'Lindenplatz 3, Berlin',
    operatorName: 'Havelladen',
    party: 'DE*HVL',
    countryCode: 'DE',
    latitude: 52.5,
    longitude: 13.4,
    timeZone: 'Europe/Berlin',
    isDepot: false,
    groups: [madeGroup],
    statuses: { AVAILABLE: 2, CHARGING: 2 },
    oldestStatusAtMs: 1000,
    newestStatusAtMs: 2000,
    access: {
      maxHeightCm: undefined,
      maxLengthCm: undefined,
      maxWidthCm: undefined,
      maxWeightKg: undefined,
      vehicleTypes: undefined,
      driveThrough: undefined,
      reservationRequired: undefined,
    },
    capabilities: [],
    ...changes,
  };
}

export function madeAssessment(changes: Partial<PlaceAssessment> = {}): PlaceAssessment {
  return {
    locationId: 'LOC-1',
    groupKey: 'dc150',
    refusal: undefined,
    access: 'fits',
    netPrice: '20.00',
    grossPrice: '23.80',
    currency: 'EUR',
    netPerKwh: '0.4000',
    priceNote: undefined,
    awayM: 4000,
    driveS: 600,
    arrivalSocPercent: 18,
    energyWh: energyWh(50_000),
    chargeS: 1800,
    powerW: powerW(100_000),
    ...changes,
  };
}
