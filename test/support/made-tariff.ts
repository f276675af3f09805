/** A tariff as the console holds it: so much a kWh and nothing else; a test changes what it is about. */
import type { PriceComponent, Tariff, TariffRestrictions } from '../../src/shared/domain/tariff/tariff.ts';

export const NO_RESTRICTIONS: TariffRestrictions = {
  startTime: undefined,
  endTime: undefined,
  startDate: undefined,
  endDate: undefined,
  minKwh: undefined,
  maxKwh: undefined,
  minCurrent: undefined,
  maxCurrent: undefined,
  minPower: undefined,
  maxPower: undefined,
  minDurationS: undefined,
  maxDurationS: undefined,
  daysOfWeek: undefined,
  reservation: undefined,
};

export function madeComponent(type: PriceComponent['type'], price: string): PriceComponent {
  return { type, price, vatPercent: undefined, stepSize: 0 };
}

export function madeTariff(changes: Partial<Tariff> = {}): Tariff {
  return {
    countryCode: 'DE',
    partyId: 'TST',
    id: 'T1',
    currency: 'EUR',
    type: undefined,
    taxBasis: 'net',
    minPrice: undefined,
    maxPrice: undefined,
    elements: [{ components: [madeComponent('ENERGY', '0.46')], restrictions: undefined }],
    validFromMs: undefined,
    validToMs: undefined,
    altText: undefined,
    updatedAtMs: 1000,
    ...changes,
  };
}

export function energyTariff(price: string, changes: Partial<Tariff> = {}): Tariff {
  return madeTariff({
    elements: [{ components: [madeComponent('ENERGY', price)], restrictions: undefined }],
    ...changes,
  });
}
