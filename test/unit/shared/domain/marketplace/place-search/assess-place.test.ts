/** What is made of a place for one vehicle. */
import { describe, expect, test } from 'vitest';
import type { Vehicle } from '../../../../../../src/shared/domain/fleet/vehicle.ts';
import {
  assessPlace,
  choiceAt,
  type ChargeNeed,
  type Choice,
  type ChoicePrice,
} from '../../../../../../src/shared/domain/marketplace/place-search/assess-place.ts';
import { makePlace } from '../../../../../../src/shared/domain/marketplace/place-search/make-place.ts';
import type { Connector } from '../../../../../../src/shared/domain/marketplace/evse.ts';
import { energyWh, powerW } from '../../../../../../src/shared/kernel/quantity.ts';

const vehicle: Vehicle = {
  id: 'V1',
  number: 1,
  registration: 'B-1',
  model: 'M',
  depotId: 'D',
  usableCapacityWh: energyWh(400_000),
  maxAcW: powerW(22_000),
  maxDcW: powerW(150_000),
  connectorStandards: ['IEC_62196_T2_COMBO', 'IEC_62196_T2'],
};
const connector = (id: string, current: 'AC' | 'DC', maxPowerW: number, standard: string): Connector => ({
  id,
  standard,
  current,
  maxPowerW: powerW(maxPowerW),
  maxPowerStated: true,
  tariffIds: [id],
});
const place = makePlace(
  {
    locationId: 'L1',
    name: 'Yard',
    address: '',
    operatorName: 'Op',
    party: 'DE*TST',
    countryCode: 'DE',
    latitude: 52.5,
    longitude: 13.4,
    timeZone: 'Europe/Berlin',
    isDepot: false,
    access: {
      maxHeightCm: undefined,
      maxLengthCm: undefined,
      maxWidthCm: undefined,
      maxWeightKg: undefined,
      vehicleTypes: undefined,
      driveThrough: undefined,
      reservationRequired: undefined,
    },
  },
  (
    [
      connector('dear', 'DC', 300_000, 'IEC_62196_T2_COMBO'),
      connector('cheap', 'AC', 43_000, 'IEC_62196_T2'),
      connector('other', 'DC', 300_000, 'CHADEMO'),
    ] as const
  ).map((each) => ({ status: 'AVAILABLE', statusAtMs: 1, connectors: [each], capabilities: [] })),
);
const need: ChargeNeed = {
  vehicle,
  from: { latitude: 52.5, longitude: 13.4 },
  leavesAtMs: 60_000,
  socPercent: 50,
  goal: { targetSocPercent: 80 },
};
const prices: Readonly<Record<string, string>> = { dear: '20.1', cheap: '9.95', other: '1' };
const priceOf = ({ group }: Choice): ChoicePrice => ({
  netPrice: prices[group.tariffIds[0] ?? ''],
  grossPrice: undefined,
  currency: 'EUR',
  netPerKwh: undefined,
  priceNote: undefined,
});
const assess = (change: Partial<ChargeNeed> = {}, price = priceOf) => {
  if (place === undefined) throw new Error('There is a place.');
  return assessPlace(place, { ...need, ...change }, price, undefined);
};
const groupOf = (current: string) => place?.groups.find((group) => group.current === current)?.key;

describe('the choice', () => {
  test('is the cheapest that fits, at the lesser power', () =>
    expect(assess()).toMatchObject({
      groupKey: groupOf('AC'),
      netPrice: '9.95',
      powerW: 22_000,
      energyWh: 120_000,
      chargeS: 19_636,
    }));
  test('is the strongest of those that cost the same or have no price', () => {
    const none = (choice: Choice): ChoicePrice => ({ ...priceOf(choice), netPrice: undefined });
    expect(assess({}, none)).toMatchObject({ groupKey: groupOf('DC'), powerW: 150_000, netPrice: undefined });
  });
  test('has a price before one that has none', () => {
    const some = (choice: Choice): ChoicePrice =>
      choice.group.current === 'AC' ? { ...priceOf(choice), netPrice: undefined } : priceOf(choice);
    expect(assess({}, some).netPrice).toBe('20.1');
  });
  test('is none where nothing fits, and says what is there', () => {
    const odd = { ...vehicle, connectorStandards: ['NACS'] };
    expect(assess({ vehicle: odd })).toMatchObject({ groupKey: undefined, powerW: 0 });
    expect(assess({ vehicle: odd }).refusal).toContain('and the vehicle has NACS');
  });
  test('begins on a quarter of an hour, in the list as by hand', () => {
    const begins: number[] = [];
    assess({}, (choice) => (begins.push(choice.beginsAtMs), priceOf(choice)));
    expect(new Set(begins)).toEqual(new Set([900_000]));
    const [group] = place?.groups ?? [];
    if (place === undefined || group === undefined) throw new Error('There is a group.');
    expect(choiceAt(place, group, need, energyWh(1)).beginsAtMs).toBe(900_000);
  });
});

describe('the way', () => {
  const far = { latitude: 53.5, longitude: 13.4 };
  test('costs charge, so more is needed on arrival', () => {
    const there = assess({ from: far, vehicle: { ...vehicle, consumptionWhPerKm: 1000 } });
    // A degree of latitude is 111.2 km, by road 1.3 times as much.
    expect(there.awayM).toBe(144_553);
    expect(there.driveS).toBe(Math.round(10_000 / (30 / 3.6) + 134_553 / (65 / 3.6)));
    expect(there.arrivalSocPercent).toBe(13.9);
    expect(there.energyWh).toBe(265_000);
  });
  test('may be longer than the charge lasts', () =>
    expect(assess({ from: far, vehicle: { ...vehicle, consumptionWhPerKm: 2000 } }).arrivalSocPercent).toBeLessThan(0));
  test.for<[string, Partial<ChargeNeed>]>([
    ['consumption', {}],
    ['charge', { socPercent: undefined, vehicle: { ...vehicle, consumptionWhPerKm: 1000 } }],
    ['position', { from: undefined, vehicle: { ...vehicle, consumptionWhPerKm: 1000 } }],
  ])('leaves an arrival charge unknown without a %s', ([, change]) =>
    expect(assess(change).arrivalSocPercent).toBeUndefined(),
  );
  test('does not change a need that was stated', () =>
    expect(assess({ from: far, goal: { energyWh: energyWh(7) } }).energyWh).toBe(7));
});
