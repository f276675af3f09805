/**
 * The price a contract makes of a tariff, as a tariff again: so one engine prices what is offered, what was negotiated and what was
 * charged. Unit prices are discounted and then capped, exactly; what a month's volume earns is written as kWh restrictions (OCPI
 * 2.2.1, 11.4.6), so that a session which crosses a step pays each price for its own part. Least and greatest prices of a whole
 * session stay as they are: a discount is one on unit prices.
 */
import { add, compare, divide, exactOf, multiply, subtract, type Exact } from '../../kernel/exact.ts';
import type { DecimalText, PriceComponent, Tariff, TariffElement } from '../tariff/tariff.ts';
import type { ContractTerms } from './contract.ts';
import { decimalsOf, writeDecimal } from './decimal-places.ts';
import { restrictToBand, volumeBands, type VolumeBand } from './volume-bands.ts';

export type NegotiationContext = {
  /** Undefined where it is not known: then only caps that hold for both are applied. */
  readonly current: 'AC' | 'DC' | undefined;
  /** Charged under the contract in the calendar month of its zone, before this session. */
  readonly monthKwh: DecimalText;
  /** The contract's, which caps are in. */
  readonly currency: string;
};

export type NegotiatedTariff = {
  readonly tariff: Tariff;
  /** What was changed and why, for a person; empty where the contract changes nothing. */
  readonly sentences: readonly string[];
};

const HUNDRED = exactOf('100');
const UNIT = { ENERGY: 'per kWh', TIME: 'per hour', PARKING_TIME: 'per hour of parking', FLAT: 'a session' } as const;

export function negotiatedTariff(terms: ContractTerms, tariff: Tariff, context: NegotiationContext): NegotiatedTariff {
  const sentences = new Set<string>();
  const capsApply = tariff.currency === context.currency;
  if (!capsApply && terms.caps.length > 0)
    sentences.add(
      `The agreed caps are in ${context.currency} and this tariff is in ${tariff.currency}, so none is applied.`,
    );
  const bands = volumeBands(terms, context.monthKwh);
  const pricing = { terms, tariff, current: context.current, capsApply, sentences };
  const elements = tariff.elements.flatMap((element) => negotiateElement(pricing, element, bands));
  return { tariff: { ...tariff, elements }, sentences: [...sentences] };
}

type Pricing = {
  readonly terms: ContractTerms;
  readonly tariff: Tariff;
  readonly current: 'AC' | 'DC' | undefined;
  readonly capsApply: boolean;
  readonly sentences: Set<string>;
};

/** Dimensions are looked up each on its own, so an element may be taken apart by dimension without another meaning. */
function negotiateElement(pricing: Pricing, element: TariffElement, bands: readonly VolumeBand[]): TariffElement[] {
  const energy = element.components.filter(({ type }) => type === 'ENERGY');
  const others = element.components.filter(({ type }) => type !== 'ENERGY');
  const withBase = others.map((component) => negotiate(pricing, component, pricing.terms.discountPercent));
  const [only] = bands;
  if (only !== undefined && bands.length === 1) {
    const components = element.components.map((component) =>
      negotiate(pricing, component, component.type === 'ENERGY' ? only.discountPercent : pricing.terms.discountPercent),
    );
    return [{ ...element, components }];
  }
  const byBand = energy.length === 0 ? [] : bands.flatMap((band) => negotiateBand(pricing, element, energy, band));
  return withBase.length === 0 ? byBand : [...byBand, { ...element, components: withBase }];
}

function negotiateBand(
  pricing: Pricing,
  element: TariffElement,
  energy: readonly PriceComponent[],
  band: VolumeBand,
): TariffElement[] {
  const restrictions = restrictToBand(element.restrictions, band);
  if (restrictions === undefined) return [];
  if (band.fromKwh !== undefined)
    pricing.sentences.add(
      `From ${band.fromKwh} kWh of this session on, the month’s volume earns ${band.discountPercent} % on energy.`,
    );
  return [{ restrictions, components: energy.map((component) => negotiate(pricing, component, band.discountPercent)) }];
}

function negotiate(pricing: Pricing, component: PriceComponent, percent: DecimalText): PriceComponent {
  const { sentences, tariff, terms } = pricing;
  const agreed = { ...component, price: agreedPrice(pricing, component, percent) };
  if (component.vatPercent !== undefined || tariff.taxBasis === 'not-applicable') return agreed;
  sentences.add(`The tariff states no tax; the contract’s ${terms.tax.name} of ${terms.tax.percent} % is taken.`);
  return { ...agreed, vatPercent: terms.tax.percent };
}

function agreedPrice(pricing: Pricing, component: PriceComponent, percent: DecimalText): DecimalText {
  const { capsApply, current, sentences, terms, tariff } = pricing;
  const say = (price: DecimalText): string => `${price} ${tariff.currency} ${UNIT[component.type]}`;
  const discounted = discountPrice(component.price, percent);
  if (discounted !== component.price) sentences.add(`${say(component.price)} less ${percent} % is ${say(discounted)}.`);
  const cap = capsApply ? capOf(terms, component, current) : undefined;
  if (cap === undefined) return discounted;
  const capHere = capInTariff(cap, terms, tariff, component);
  if (compare(exactOf(discounted), exactOf(capHere)) <= 0) return discounted;
  sentences.add(`${say(discounted)} is above the agreed cap and becomes ${say(capHere)}.`);
  return capHere;
}

/** What is paid to the driver (a price below nought) is not made less by a discount. */
export function discountPrice(price: DecimalText, percent: DecimalText): DecimalText {
  if (price.startsWith('-') || compare(exactOf(percent), exactOf('0')) === 0) return price;
  const share = divide(subtract(HUNDRED, exactOf(percent)), HUNDRED);
  return writeDecimal(multiply(exactOf(price), share), decimalsOf(price) + decimalsOf(percent) + 2);
}

/** The least of the caps that hold for this dimension and current. */
export function capOf(
  terms: ContractTerms,
  component: Pick<PriceComponent, 'type'>,
  current: 'AC' | 'DC' | undefined,
): DecimalText | undefined {
  const caps = terms.caps
    .filter((cap) => cap.dimension === component.type && (cap.current === undefined || cap.current === current))
    .map(({ maxPrice }) => maxPrice);
  return caps.reduce<DecimalText | undefined>(
    (least, cap) => (least === undefined || compare(exactOf(cap), exactOf(least)) < 0 ? cap : least),
    undefined,
  );
}

/** Caps are net. Against a price that holds its tax the cap is given the same tax, since taking tax out need not end as a decimal. */
export function capInTariff(
  cap: DecimalText,
  terms: ContractTerms,
  tariff: Pick<Tariff, 'taxBasis'>,
  component: Pick<PriceComponent, 'vatPercent'>,
): DecimalText {
  if (tariff.taxBasis !== 'gross') return cap;
  const percent = component.vatPercent ?? terms.tax.percent;
  const withTax: Exact = multiply(exactOf(cap), divide(add(HUNDRED, exactOf(percent)), HUNDRED));
  return writeDecimal(withTax, decimalsOf(cap) + decimalsOf(percent) + 2);
}
