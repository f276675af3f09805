/** Tariffs and charges for the tests of pricing, with as little said as a case needs. */
import type { Charge, UsagePeriod } from '../../src/shared/domain/tariff/charge.ts';
import type { PricedCharge } from '../../src/shared/domain/tariff/price.ts';
import { priceCharge, type PricingOptions } from '../../src/shared/domain/tariff/price-session.ts';
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../src/shared/domain/tariff/tariff.ts';

const NO_RESTRICTIONS: TariffRestrictions = {
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

export function component(type: TariffDimension, price: string, vatPercent?: string, stepSize = 0): PriceComponent {
  return { type, price, vatPercent, stepSize };
}

export function element(
  components: PriceComponent | readonly PriceComponent[],
  restrictions?: Partial<TariffRestrictions>,
): TariffElement {
  return {
    components: [components].flat(),
    restrictions: restrictions && { ...NO_RESTRICTIONS, ...restrictions },
  };
}

export function tariff(elements: readonly TariffElement[], other: Partial<Tariff> = {}): Tariff {
  return {
    countryCode: 'DE',
    partyId: 'ALL',
    id: 'T1',
    currency: 'EUR',
    type: undefined,
    taxBasis: 'net',
    minPrice: undefined,
    maxPrice: undefined,
    elements,
    validFromMs: undefined,
    validToMs: undefined,
    altText: undefined,
    updatedAtMs: 0,
    ...other,
  };
}

/** A period from an instant on, such as `period('10:30', { ENERGY: '20' })` on the charge's own day or with a full instant. */
export function period(
  at: string,
  volumes: Readonly<Record<string, string>>,
  tariffId: string | undefined = 'T1',
): UsagePeriod {
  return {
    beginMs: instant(at),
    tariffId,
    dimensions: Object.entries(volumes).map(([type, volume]) => ({ type, volume })),
  };
}

/** UTC; without a date a Monday in winter. */
export function instant(at: string): number {
  return Date.parse(at.includes('T') ? `${at}Z` : `2026-01-12T${at}Z`);
}

export function charge(
  of: Tariff | readonly Tariff[],
  endAt: string,
  periods: readonly UsagePeriod[],
  zone = 'UTC',
): Charge {
  const tariffs = [of].flat();
  return {
    beginMs: Math.min(...periods.map(({ beginMs }) => beginMs)),
    endMs: instant(endAt),
    currency: 'EUR',
    zone: { zone, basis: 'location' },
    periods,
    tariffs,
  };
}

export function price(of: Charge, options: PricingOptions = {}): PricedCharge {
  const priced = priceCharge(of, options);
  if (!priced.ok) throw new Error(`${priced.code}: ${priced.message}`);
  return priced.value;
}

/** Net and gross as the standard's examples give them. */
export function sides(of: Charge, options: PricingOptions = {}): readonly (string | undefined)[] {
  const { net, gross } = price(of, options).total;
  return [net, gross];
}

export function warningsOf(of: Charge): readonly string[] {
  return price(of).warnings.map(({ code }) => code);
}
