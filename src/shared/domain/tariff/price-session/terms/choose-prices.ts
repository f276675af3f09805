/**
 * Which price component applies to what was used: for each dimension the first whose conditions all hold at the begin of the piece
 * (OCPI 2.2.1, 11.3.1; a period begins wherever another element comes to apply, 10.3.1).
 *
 * Invariant: a reservation is priced by reservation elements and a session by the others, and neither by both.
 */
import { isZero, type Exact } from '../../../../kernel/exact.ts';
import type { TariffDimension } from '../../tariff.ts';
import type { CompiledTariff, Price, Scope } from './compile-tariff.ts';
import { judgeCondition, type Moment } from './condition.ts';
import type { Readings } from '../readings.ts';
import type { Usage } from '../usage/read-usage.ts';

export type Piece = { readonly usage: Usage; readonly moment: Moment };

export type Choice = {
  readonly scope: Scope;
  readonly dimension: TariffDimension;
  readonly price: Price;
  /** What was tried before it and did not hold. */
  readonly passedOver: readonly Price[];
  /** Undefined: once a session, whatever was used. */
  readonly quantity: Exact | undefined;
};

export type ChoosingRules = Pick<Readings, 'unknownFact'> & {
  /** The charge is a reservation that nobody came for. */
  readonly isExpired: boolean;
};

/** What a piece of use asks a price for; the first scope that has one answers. */
type Ask = {
  readonly scopes: readonly Scope[];
  readonly dimension: TariffDimension;
  readonly quantity: Exact | undefined;
};

export function choosePrices({ usage, moment }: Piece, rules: ChoosingRules): readonly Choice[] {
  const { tariff } = usage;
  if (tariff === undefined) return [];
  const choices: Choice[] = [];
  for (const ask of usage.isReservation ? askForReservation(usage, rules) : askForSession(usage)) {
    if (ask.quantity !== undefined && isZero(ask.quantity)) continue;
    const choice = chooseFirst(tariff, ask, moment, rules);
    if (choice !== undefined) choices.push(choice);
  }
  return choices;
}

function askForSession({ energy, time, parking, reservation }: Usage): readonly Ask[] {
  return [
    { scopes: ['session'], dimension: 'FLAT', quantity: undefined },
    { scopes: ['reservation'], dimension: 'TIME', quantity: reservation },
    { scopes: ['session'], dimension: 'ENERGY', quantity: energy },
    { scopes: ['session'], dimension: 'TIME', quantity: time },
    { scopes: ['session'], dimension: 'PARKING_TIME', quantity: parking },
  ];
}

/** The time of an expired reservation is priced by an expiry element where there is one; flat fees add up (OCPI 2.2.1, 11.4.3). */
function askForReservation({ reservation }: Usage, { isExpired }: ChoosingRules): readonly Ask[] {
  const asks: Ask[] = [
    { scopes: ['reservation'], dimension: 'FLAT', quantity: undefined },
    { scopes: isExpired ? ['expiry', 'reservation'] : ['reservation'], dimension: 'TIME', quantity: reservation },
  ];
  if (isExpired) asks.push({ scopes: ['expiry'], dimension: 'FLAT', quantity: undefined });
  return asks;
}

function chooseFirst(tariff: CompiledTariff, ask: Ask, moment: Moment, rules: ChoosingRules): Choice | undefined {
  const { dimension, quantity } = ask;
  for (const scope of ask.scopes) {
    const prices = tariff.prices[scope][dimension];
    const position = prices.findIndex((price) => isInForce(price, moment, rules));
    const price = prices[position];
    if (price !== undefined) return { scope, dimension, price, passedOver: prices.slice(0, position), quantity };
  }
  return undefined;
}

function isInForce({ conditions }: Price, moment: Moment, { unknownFact }: ChoosingRules): boolean {
  for (const condition of conditions) {
    const judgement = judgeCondition(condition, moment);
    if (judgement === 'fails' || (judgement === 'unknown' && unknownFact === 'fails')) return false;
  }
  return true;
}
