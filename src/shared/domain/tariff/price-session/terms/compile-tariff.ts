/**
 * A tariff made ready for pricing: numbers read once, and for each dimension the price components in the order in which they are tried.
 *
 * Invariant: the n-th component of a list belongs to an element that stands before the element of the n+1-th, so the first whose conditions
 * all hold is the one that OCPI 2.2.1, 11.3.1 means.
 */
import { fraction, readExact, type Exact } from '../../../../kernel/exact.ts';
import { accept, refuse, type Refusal, type Result } from '../../../../kernel/result.ts';
import type { PriceComponent, PriceLimit, Tariff, TariffDimension, TariffElement } from '../../tariff.ts';
import { readConditions, type Condition } from './condition.ts';

/** What a component prices: a session, a reservation, or only one that nobody came for. */
export type Scope = 'session' | 'reservation' | 'expiry';

export type Price = {
  readonly tariff: Tariff;
  readonly elementIndex: number;
  readonly component: PriceComponent;
  readonly unitPrice: Exact;
  readonly vatPercent: Exact | undefined;
  /** In the unit of the price: kWh or hours. Undefined: amounts are billed as they are. */
  readonly step: Exact | undefined;
  readonly conditions: readonly Condition[];
};

export type Limit = { readonly net: Exact; readonly gross: Exact | undefined };

export type CompiledTariff = {
  readonly tariff: Tariff;
  readonly prices: Readonly<Record<Scope, Readonly<Record<TariffDimension, readonly Price[]>>>>;
  /** What its restrictions are judged by. */
  /** Of all elements. */
  readonly conditions: readonly Condition[];
  readonly asksFor: ReadonlySet<Condition['kind']>;
  readonly minimum: Limit | undefined;
  readonly maximum: Limit | undefined;
};

const WH_PER_KWH = 1000;
const SECONDS_PER_HOUR = 3600;

const compiled = new WeakMap<Tariff, Result<CompiledTariff, 'tariff-unreadable'>>();

export function compileTariff(tariff: Tariff): Result<CompiledTariff, 'tariff-unreadable'> {
  const known = compiled.get(tariff);
  if (known !== undefined) return known;
  const made = readTariff(tariff);
  compiled.set(tariff, made);
  return made;
}

function readTariff(tariff: Tariff): Result<CompiledTariff, 'tariff-unreadable'> {
  const prices = { session: noPrices(), reservation: noPrices(), expiry: noPrices() };
  const all: Condition[] = [];
  for (const [elementIndex, element] of tariff.elements.entries()) {
    const conditions = readConditions(element.restrictions);
    if (!conditions.ok) return conditions;
    all.push(...conditions.value);
    for (const component of element.components) {
      const price = readPrice(tariff, elementIndex, component, conditions.value);
      if (price === undefined) return unreadable(component.price);
      prices[scopeOf(element)][component.type].push(price);
    }
  }
  const minimum = readLimit(tariff.minPrice);
  const maximum = readLimit(tariff.maxPrice);
  if (minimum === 'unreadable' || maximum === 'unreadable') return unreadable('minimum or maximum price');
  return accept({ tariff, prices, conditions: all, asksFor: new Set(all.map(({ kind }) => kind)), minimum, maximum });
}

function noPrices(): Record<TariffDimension, Price[]> {
  return { ENERGY: [], FLAT: [], PARKING_TIME: [], TIME: [] };
}

function scopeOf({ restrictions }: TariffElement): Scope {
  if (restrictions?.reservation === 'RESERVATION') return 'reservation';
  return restrictions?.reservation === 'RESERVATION_EXPIRES' ? 'expiry' : 'session';
}

function readPrice(
  tariff: Tariff,
  elementIndex: number,
  component: PriceComponent,
  conditions: readonly Condition[],
): Price | undefined {
  const unitPrice = readExact(component.price);
  const vatPercent = component.vatPercent === undefined ? undefined : readExact(component.vatPercent);
  const isStepReadable = Number.isSafeInteger(component.stepSize) && component.stepSize >= 0;
  if (unitPrice === undefined || !isStepReadable) return undefined;
  if (component.vatPercent !== undefined && vatPercent === undefined) return undefined;
  return { tariff, elementIndex, component, unitPrice, vatPercent, step: stepOf(component), conditions };
}

/** A flat fee has no unit to be stepped in. */
function stepOf({ type, stepSize }: PriceComponent): Exact | undefined {
  if (stepSize === 0 || type === 'FLAT') return undefined;
  return fraction(stepSize, type === 'ENERGY' ? WH_PER_KWH : SECONDS_PER_HOUR);
}

function readLimit(limit: PriceLimit | undefined): Limit | undefined | 'unreadable' {
  if (limit === undefined) return undefined;
  const net = readExact(limit.net);
  const gross = limit.gross === undefined ? undefined : readExact(limit.gross);
  if (net === undefined || (limit.gross !== undefined && gross === undefined)) return 'unreadable';
  return { net, gross };
}

function unreadable(what: string): Refusal<'tariff-unreadable'> {
  return refuse(
    'tariff-unreadable',
    `The tariff holds “${what}”, a price, tax or step that is no number from zero. Ask the operator for a corrected tariff.`,
  );
}
