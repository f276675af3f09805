/**
 * The contract guard: does what is offered, or what was charged, lie above what was negotiated? A tariff is held against the caps
 * after the contract's discount; a record against the price that the same engine makes of its own tariffs under the contract.
 */
import {
  add,
  compare,
  divide,
  exactOf,
  larger,
  multiply,
  subtract,
  toShortText,
  type Exact,
} from '../../kernel/exact.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import type { Charge } from '../tariff/charge.ts';
import { priceCharge } from '../tariff/price-session.ts';
import { sayAmount } from '../tariff/say-amount.ts';
import type { DecimalText, PriceComponent, Tariff } from '../tariff/tariff.ts';
import type { Contract, ContractTerms } from './contract.ts';
import { termsFor } from './contract-at.ts';
import { capInTariff, capOf, discountPrice, negotiatedTariff } from './negotiate-tariff.ts';

/** A price above what was negotiated: offered (a tariff) or charged (a record). */
export type GuardFinding = {
  readonly kind: 'tariff-above-terms' | 'record-above-terms' | 'no-terms';
  readonly atMs: EpochMs;
  readonly contractId: string;
  readonly partner: string;
  /** Tariff id, or the record's key. */
  readonly reference: string;
  readonly message: string;
  /** What it cost, or would cost per kWh, beyond the terms; net. */
  readonly excess: DecimalText | undefined;
  readonly currency: string;
};

const HUNDRED = exactOf('100');
const WORD = { ENERGY: 'energy', TIME: 'charging time', PARKING_TIME: 'parking', FLAT: 'a session' } as const;

/**
 * Of tariffs in another currency nothing is said, nor that nothing is agreed in a country that no terms name.
 * @param current of the connectors that offer it; where it is not known only what is above every cap is found
 * @param atMs when it was learnt
 */
export function guardTariff(
  contract: Contract,
  tariff: Tariff,
  current: 'AC' | 'DC' | undefined,
  atMs: EpochMs,
): GuardFinding | undefined {
  const partner = `${tariff.countryCode}*${tariff.partyId}`;
  const common = { atMs, contractId: contract.id, partner, reference: tariff.id, currency: tariff.currency };
  if (tariff.currency !== contract.currency) return undefined;
  const terms = termsFor(contract, partner, tariff.countryCode);
  if (terms === undefined && !coversCountry(contract, tariff.countryCode)) return undefined;
  if (terms === undefined)
    return {
      ...common,
      kind: 'no-terms',
      excess: undefined,
      message: `Nothing is agreed with ${partner} under “${contract.name}”, so tariff ${tariff.id} is paid as it stands. Agree terms, or leave this network out.`,
    };
  const above = tariff.elements
    .flatMap(({ components }) => components)
    .flatMap((component) => aboveCap(terms, tariff, component, current))
    .toSorted((a, b) => compare(b.excess, a.excess));
  const [worst] = above;
  if (worst === undefined) return undefined;
  const energy = above.find(({ component }) => component.type === 'ENERGY');
  const parts = [...new Map(above.map((part) => [part.component.type, part])).values()].map(
    ({ component, offered, cap }) => `${offered} instead of ${cap} for ${WORD[component.type]}`,
  );
  return {
    ...common,
    kind: 'tariff-above-terms',
    excess: energy && toShortText(energy.excess),
    message: `${partner} offers tariff ${tariff.id} above what was agreed in “${contract.name}”: ${parts.join(', ')} (${tariff.currency}${tariff.taxBasis === 'gross' ? ', tax included' : ''}). Avoid it until the network has answered.`,
  };
}

/** A marketplace offers networks everywhere; that nothing is agreed is news only where the contract is for. */
function coversCountry({ terms }: Contract, country: string): boolean {
  const covered = terms.flatMap(({ countries, partner }) => [...countries, ...(partner?.split('*', 1) ?? [])]);
  return covered.some((listed) => listed.toUpperCase() === country.toUpperCase());
}

function aboveCap(terms: ContractTerms, tariff: Tariff, component: PriceComponent, current: 'AC' | 'DC' | undefined) {
  const net = current === undefined ? capForEither(terms, component) : capOf(terms, component, current);
  if (net === undefined) return [];
  const cap = capInTariff(net, terms, tariff, component);
  const offered = discountPrice(component.price, terms.discountPercent);
  const over = subtract(exactOf(offered), exactOf(cap));
  if (compare(over, exactOf('0')) <= 0) return [];
  const tax = tariff.taxBasis === 'gross' ? (component.vatPercent ?? terms.tax.percent) : '0';
  return [{ component, offered, cap, excess: divide(multiply(over, HUNDRED), add(HUNDRED, exactOf(tax))) }];
}

/** What no current may cost: the greater of the two currents' caps. */
function capForEither(terms: ContractTerms, component: PriceComponent): DecimalText | undefined {
  const [ac, dc] = [capOf(terms, component, 'AC'), capOf(terms, component, 'DC')];
  if (ac === undefined || dc === undefined) return undefined;
  return compare(exactOf(ac), exactOf(dc)) > 0 ? ac : dc;
}

export type ChargedRecord = {
  readonly recordKey: string;
  readonly partner: string;
  /** Of the place, ISO 3166 alpha-2. */
  readonly country: string;
  readonly charge: Charge;
  readonly statedNet: DecimalText;
  readonly current: 'AC' | 'DC' | undefined;
  /** Charged under the contract that month before this charge began. */
  readonly monthKwh: DecimalText;
};

/** Undefined also where the charge cannot be priced: that is said of the record itself. */
export function guardRecord(contract: Contract, record: ChargedRecord): GuardFinding | undefined {
  const { charge, partner } = record;
  const common = {
    atMs: charge.beginMs,
    contractId: contract.id,
    partner,
    reference: record.recordKey,
    currency: charge.currency,
  };
  const terms = termsFor(contract, partner, record.country);
  if (terms === undefined)
    return {
      ...common,
      kind: 'no-terms',
      excess: undefined,
      message: `Nothing is agreed with ${partner} in ${record.country} under “${contract.name}”, so this charge was paid as it stands. Agree terms, or leave this network out.`,
    };
  const context = { current: record.current, monthKwh: record.monthKwh, currency: contract.currency };
  const tariffs = charge.tariffs.map((tariff) => negotiatedTariff(terms, tariff, context).tariff);
  const priced = priceCharge({ ...charge, tariffs }, { rounding: terms.rounding });
  if (!priced.ok) return undefined;
  const agreed = exactOf(priced.value.total.net);
  const excess = subtract(exactOf(record.statedNet), agreed);
  if (compare(excess, toleranceOf(terms, agreed)) <= 0) return undefined;
  return {
    ...common,
    kind: 'record-above-terms',
    excess: toShortText(excess),
    message: `${partner} charged ${record.statedNet} ${charge.currency} net where “${contract.name}” makes it ${priced.value.total.net}: ${sayAmount(excess, charge.currency)} too much, beyond the agreed tolerance. Ask the network for a credit record.`,
  };
}

/** The greater of the amount and the share. */
function toleranceOf(terms: ContractTerms, agreed: Exact): Exact {
  const share = divide(multiply(agreed, exactOf(terms.tolerance.percent)), HUNDRED);
  return larger(exactOf(terms.tolerance.amount), share);
}
