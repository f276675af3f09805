/**
 * The price of one choice for one vehicle: the connector's tariff as it will stand at the arrival and is known now, made into the
 * contract's own, and priced by the engine that prices records. Choices that share what decides their price share the price.
 */
import { termsFor } from '../../../shared/domain/account/contract-at.ts';
import type { Contract } from '../../../shared/domain/account/contract.ts';
import { negotiatedTariff, type NegotiatedTariff } from '../../../shared/domain/account/negotiate-tariff.ts';
import type { Choice, ChoicePrice } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import type { PricedCharge, RoundingConvention } from '../../../shared/domain/tariff/price.ts';
import { priceCharge } from '../../../shared/domain/tariff/price-session.ts';
import type { DecimalText, Tariff } from '../../../shared/domain/tariff/tariff.ts';
import { divide, exactOf, fraction, toDecimalText } from '../../../shared/kernel/exact.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { openLocalTime, type LocalSpan } from '../../../shared/kernel/local-time.ts';
import { accept, type Result } from '../../../shared/kernel/result.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readChargedKwh } from '../records/assess/gather-facts.ts';
import { openTariffChoice } from './choose-tariff.ts';
import { planCharge } from './plan-charge.ts';

/** Beyond it the oldest prices are forgotten: arrivals move on by themselves. */
const MOST_KEPT = 50_000;

export type PricedChoice = {
  readonly priced: PricedCharge;
  /** What the contract changed, and what was assumed. */
  readonly sentences: readonly string[];
};

/** Under one contract, as things are known at one instant. */
export type ChoicePricing = {
  readonly priceOf: (choice: Choice) => ChoicePrice;
  readonly explain: (choice: Choice) => Result<PricedChoice>;
};

/** @returns pricing for one question; what it found out is kept for the next */
export function openChoicePrices(
  store: ReadableStore,
): (contract: Contract | undefined, nowMs: EpochMs) => ChoicePricing {
  const prices = new Map<string, ChoicePrice>();
  const agreed = new Map<string, NegotiatedTariff>();
  const tariffs = openTariffChoice(store);

  return (contract, nowMs) => {
    const tariffOf = tariffs(nowMs);
    const monthKwhAt = chargedInMonths(store, contract);

    function prepare(choice: Choice): Result<PreparedChoice> {
      const { place, group } = choice;
      const terms = contract && termsFor(contract, place.party, place.countryCode);
      const chosen = tariffOf(choice, terms?.tariffId);
      if (!chosen.ok) return chosen;
      const { tariff, contentHash } = chosen.value;
      if (contract === undefined || terms === undefined) {
        const note = sayNoTerms(contract, place.party);
        return accept({ tariff, sentences: [note], note, key: contentHash, rounding: undefined });
      }
      // Without steps nothing goes by it, and each record that comes would make another agreed tariff of the same prices.
      const monthKwh = terms.volumeSteps.length === 0 ? '0' : monthKwhAt(choice.beginsAtMs);
      const underTerms = `${contract.id}@${contract.updatedAtMs}#${contract.terms.indexOf(terms)}`;
      const key = `${contentHash}|${underTerms}|${group.current}|${monthKwh}`;
      // One object for each agreed tariff, since the engine keeps what it prepared for the very object.
      const made = keptOr(agreed, key, () =>
        negotiatedTariff(terms, tariff, { current: group.current, monthKwh, currency: contract.currency }),
      );
      return accept({ ...made, note: undefined, key, rounding: terms.rounding });
    }

    function price(choice: Choice, { tariff, rounding, sentences }: PreparedChoice): Result<PricedChoice> {
      const priced = priceCharge(planCharge(choice, tariff), {
        readings: { boundary: 'cut' },
        ...(rounding && { rounding }),
      });
      return priced.ok ? accept({ priced: priced.value, sentences }) : priced;
    }

    return {
      explain: (choice) => {
        const prepared = prepare(choice);
        return prepared.ok ? price(choice, prepared.value) : prepared;
      },
      priceOf: (choice) => {
        const prepared = prepare(choice);
        if (!prepared.ok) return withoutPrice(prepared.message);
        const { energyWh, powerW, beginsAtMs, place } = choice;
        const key = `${prepared.value.key}|${energyWh}|${powerW}|${beginsAtMs}|${place.timeZone}`;
        const found = keptOr(prices, key, () => {
          const priced = price(choice, prepared.value);
          return priced.ok ? withPrice(priced.value, choice) : withoutPrice(priced.message);
        });
        return prepared.value.note === undefined || found.netPrice === undefined
          ? found
          : { ...found, priceNote: prepared.value.note };
      },
    };
  };
}

type PreparedChoice = {
  readonly tariff: Tariff;
  readonly sentences: readonly string[];
  /** Why it is not a price of the contract; undefined when it is. */
  readonly note: string | undefined;
  /** Of the tariff as it is agreed. */
  readonly key: string;
  readonly rounding: RoundingConvention | undefined;
};

function keptOr<V>(kept: Map<string, V>, key: string, make: () => V): V {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  const oldest = kept.keys().next().value;
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}

/** What was charged under the contract in the month of an instant, before it: asked once a month. */
function chargedInMonths(store: ReadableStore, contract: Contract | undefined): (atMs: EpochMs) => DecimalText {
  const localTime = contract && openLocalTime(contract.timeZone);
  let month: LocalSpan | undefined;
  let chargedKwh: DecimalText = '0';
  return (atMs) => {
    if (contract === undefined || localTime === undefined) return '0';
    if (month === undefined || atMs < month.beginMs || atMs >= month.endMs) {
      month = localTime.spanOf('month', atMs);
      chargedKwh = readChargedKwh(store, contract.id, month.beginMs, atMs);
    }
    return chargedKwh;
  };
}

function withPrice({ priced }: PricedChoice, choice: Choice): ChoicePrice {
  const { net, gross } = priced.total;
  return {
    netPrice: net,
    grossPrice: gross,
    currency: priced.currency,
    netPerKwh: toDecimalText(divide(exactOf(net), fraction(choice.energyWh, 1000)), 4, 'half-up'),
    priceNote: undefined,
  };
}

function withoutPrice(priceNote: string): ChoicePrice {
  return { netPrice: undefined, grossPrice: undefined, currency: undefined, netPerKwh: undefined, priceNote };
}

function sayNoTerms(contract: Contract | undefined, party: string): string {
  return contract === undefined
    ? 'No contract of this vehicle is known: this is the price as it is offered to all.'
    : `“${contract.name}” agreed nothing with ${party}: this is the price as it is offered to all.`;
}
