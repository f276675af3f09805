/**
 * A tariff's prices in one line, for a person who runs down a list: “0.46 a kWh; 6.00 an hour parked after 4 h”. It leaves out what does
 * not fit in a line and says so; what a charge costs is for the engine to say.
 */
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../shared/domain/tariff/tariff.ts';

const DIMENSIONS: readonly TariffDimension[] = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'];
const UNITS: Readonly<Record<TariffDimension, string>> = {
  ENERGY: 'a kWh',
  TIME: 'an hour charging',
  PARKING_TIME: 'an hour parked',
  FLAT: 'a session',
};
/** More prices than these for one thing are told as a range. */
const TOLD_SINGLY = 2;

type Priced = { readonly component: PriceComponent; readonly restrictions: TariffRestrictions | undefined };

export function summariseTariff(tariff: Tariff): string {
  const [reserving, using] = partition(tariff.elements);
  const told = [
    ...DIMENSIONS.map((dimension) => sayPrices(pricesOf(using, dimension), UNITS[dimension])),
    ...(['TIME', 'FLAT'] as const).map((dimension) =>
      sayPrices(pricesOf(reserving, dimension), dimension === 'TIME' ? 'an hour reserved' : 'a reservation'),
    ),
    tariff.minPrice && `at least ${sayAmount(tariff.minPrice.net)}`,
    tariff.maxPrice && `at most ${sayAmount(tariff.maxPrice.net)}`,
  ].filter((part) => part !== undefined);
  const prices = told.length === 0 ? 'free' : told.join('; ');
  return tariff.taxBasis === 'gross' ? `${prices}; tax included` : prices;
}

function partition(elements: readonly TariffElement[]): [reserving: TariffElement[], using: TariffElement[]] {
  const isReserving = ({ restrictions }: TariffElement): boolean => restrictions?.reservation !== undefined;
  return [elements.filter(isReserving), elements.filter((element) => !isReserving(element))];
}

function pricesOf(elements: readonly TariffElement[], dimension: TariffDimension): Priced[] {
  return elements.flatMap(({ components, restrictions }) =>
    components.filter(({ type }) => type === dimension).map((component) => ({ component, restrictions })),
  );
}

function sayPrices(prices: readonly Priced[], unit: string): string | undefined {
  const charged = prices.filter(({ component }) => Number(component.price) !== 0);
  if (charged.length === 0) return undefined;
  if (prices.length <= TOLD_SINGLY)
    return prices
      .map(({ component, restrictions }) => {
        const amount = Number(component.price) === 0 ? 'free' : sayAmount(component.price);
        return [amount, unit, restrictions && sayCondition(restrictions)].filter(Boolean).join(' ');
      })
      .join(', ');
  const inOrder = prices.map(({ component }) => component.price).toSorted((one, other) => Number(one) - Number(other));
  const [least = '0', most = '0'] = [inOrder[0], inOrder.at(-1)];
  const amounts = least === most ? sayAmount(least) : `${sayAmount(least)} to ${sayAmount(most)}`;
  return `${amounts} ${unit}, by ${prices.length} conditions`;
}

/** In the order in which a driver meets them. */
function sayCondition(at: TariffRestrictions): string {
  return [
    sayRange(at.startTime, at.endTime, { both: (from, to) => `${from} to ${to}`, from: 'from', to: 'until' }),
    at.daysOfWeek && `on ${at.daysOfWeek.map((day) => day.slice(0, 1) + day.slice(1, 3).toLowerCase()).join(', ')}`,
    sayRange(at.startDate, at.endDate, { both: (from, to) => `${from} to ${to}`, from: 'from', to: 'before' }),
    sayRange(at.minKwh, at.maxKwh, { from: 'from', to: 'up to', unit: 'kWh' }),
    sayRange(at.minPower, at.maxPower, { from: 'from', to: 'below', unit: 'kW' }),
    sayRange(at.minCurrent, at.maxCurrent, { from: 'from', to: 'below', unit: 'A' }),
    sayRange(sayHours(at.minDurationS), sayHours(at.maxDurationS), { from: 'after', to: 'within' }),
    at.reservation === 'RESERVATION_EXPIRES' && 'if it expires',
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(' ');
}

function sayRange(
  from: string | undefined,
  to: string | undefined,
  words: {
    readonly both?: (from: string, to: string) => string;
    readonly from: string;
    readonly to: string;
    readonly unit?: string;
  },
): string | undefined {
  const unit = words.unit === undefined ? '' : ` ${words.unit}`;
  if (from !== undefined && to !== undefined)
    return words.both?.(from, to) ?? `${words.from} ${from}${unit} ${words.to} ${to}${unit}`;
  if (from !== undefined) return `${words.from} ${from}${unit}`;
  return to === undefined ? undefined : `${words.to} ${to}${unit}`;
}

function sayHours(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** Two decimals at least, as money is written; what has more keeps them. */
function sayAmount(amount: string): string {
  const [whole = '0', decimals = ''] = amount.split('.');
  return `${whole}.${decimals.padEnd(2, '0')}`;
}
