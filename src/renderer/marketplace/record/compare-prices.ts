/**
 * What the operator states beside what the console works out, quantity by quantity and cost by cost. A total that was not sent is
 * not known, and is never compared as if it were zero (OCPI 2.2.1, 10.3.1: most of them are optional). Ours are exact and theirs
 * are not: they are compared at the decimals of theirs, so that the fourth decimal of an agreeing record is no difference.
 */
import type { ChargeAssessment, ChargeRecord, StatedPrice } from '../../../shared/domain/marketplace/charge-record.ts';
import type { PriceTotal } from '../../../shared/domain/tariff/price.ts';
import type { DecimalText } from '../../../shared/domain/tariff/tariff.ts';
import { exactOf, toDecimalText } from '../../../shared/kernel/exact.ts';
import { currencyDigits, signOf, subtractText } from '../../tariff/money-text.ts';

export type ComparedLine = {
  readonly name: string;
  readonly unit: 'kWh' | 'h' | 'money';
  readonly theirs: DecimalText | undefined;
  readonly ours: DecimalText | undefined;
  /** Theirs less ours; undefined where either is not known. */
  readonly difference: DecimalText | undefined;
  readonly isTotal: boolean;
};

/** A watt-hour, and a third of a second. */
const KWH_DECIMALS = 3;
const HOUR_DECIMALS = 4;

export function comparePrices(record: ChargeRecord, assessment: ChargeAssessment): readonly ComparedLine[] {
  const { totals } = record;
  const { priced } = assessment;
  const of = priced?.byDimension;
  const digits = currencyDigits(record.charge.currency);
  const cost = (name: string, theirs: StatedPrice | undefined, ours: PriceTotal | undefined) =>
    line(`${name}, net`, 'money', theirs?.net, ours?.net, digits);
  const total = (name: string, theirs: DecimalText | undefined, ours: DecimalText | undefined) => ({
    ...line(name, 'money', theirs, ours, digits),
    isTotal: true,
  });
  const lines = [
    line('Energy', 'kWh', totals.energyKwh, priced?.billedKwh, KWH_DECIMALS),
    line('Time in all', 'h', totals.timeHours, undefined, HOUR_DECIMALS),
    line('Charging time', 'h', undefined, priced?.billedHours, HOUR_DECIMALS),
    line('Parking', 'h', totals.parkingHours, priced?.billedParkingHours, HOUR_DECIMALS),
    cost('Energy cost', totals.energyCost, of?.ENERGY),
    cost('Charging time cost', totals.timeCost, of?.TIME),
    cost('Parking cost', totals.parkingCost, of?.PARKING_TIME),
    cost('Flat fees', totals.fixedCost, of?.FLAT),
    cost('Reservation', totals.reservationCost, of?.RESERVATION),
  ].filter(({ theirs, ours }) => isWorthALine(theirs) || isWorthALine(ours));
  return [
    ...lines,
    total('Net', totals.cost.net, priced?.total.net),
    total('Tax', taxOf(totals.cost), taxOf(priced?.total)),
    total('Gross', totals.cost.gross, priced?.total.gross),
  ];
}

/** True where the two differ in fact. */
export function isOff({ difference }: ComparedLine): boolean {
  return difference !== undefined && signOf(difference) !== 0;
}

/** A cost of nothing on one side and nothing said on the other is no news. */
function isWorthALine(text: DecimalText | undefined): boolean {
  return text !== undefined && signOf(text) !== 0;
}

function line(
  name: string,
  unit: ComparedLine['unit'],
  theirs: DecimalText | undefined,
  ours: DecimalText | undefined,
  fewestDecimals: number,
): ComparedLine {
  const difference =
    theirs === undefined || ours === undefined ? undefined : subtractAtTheirs(theirs, ours, fewestDecimals);
  return { name, unit, theirs, ours, difference, isTotal: false };
}

/** A number sent as JSON has lost its last zeros, so theirs has at least as many decimals as are usual for what it counts. */
function subtractAtTheirs(theirs: DecimalText, ours: DecimalText, fewestDecimals: number): DecimalText | undefined {
  const decimals = Math.max(fewestDecimals, theirs.split('.')[1]?.length ?? 0);
  return subtractText(theirs, toDecimalText(exactOf(ours), decimals, 'half-up'));
}

function taxOf(price: { readonly net: DecimalText; readonly gross: DecimalText | undefined } | undefined) {
  return price?.gross === undefined ? undefined : subtractText(price.gross, price.net);
}
