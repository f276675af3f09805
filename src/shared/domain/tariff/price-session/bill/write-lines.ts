/**
 * The trace of a price: what was billed, line by line, with the reasons in sentences. The reasons are put into words when somebody reads
 * them, since most prices are only compared.
 */
import { add, isZero, subtract, sum, toShortText, ZERO, type Exact } from '../../../../kernel/exact.ts';
import type { PriceTraceLine, RoundingConvention } from '../../price.ts';
import type { Adjustment } from './apply-limits.ts';
import { priceQuantity, type BilledLine } from './bill-line.ts';
import { judgeCondition } from '../terms/condition.ts';
import type { AddedStep } from './round-up-steps.ts';
import { sayCondition } from '../terms/say-condition.ts';
import { roundLine } from './total-price.ts';

const UNITS = { ENERGY: 'kWh', TIME: 'h', PARKING_TIME: 'h', FLAT: 'x' } as const;

export function writeLine(line: BilledLine, rounding: RoundingConvention): PriceTraceLine {
  const { usage } = line.piece;
  return withReasons(
    {
      ...describeLine(line),
      kind: line.choice.quantity === undefined ? 'flat' : 'period',
      beginMs: usage.beginMs,
      endMs: line.choice.quantity === undefined ? undefined : usage.endMs,
      quantity: toShortText(line.quantity),
      net: toShortText(roundLine(line.net, rounding)),
      tax: line.tax === undefined ? undefined : toShortText(roundLine(line.tax, rounding)),
    },
    () => sayChoice(line),
  );
}

/** Where lines are rounded, the step is what it adds to the rounded line. */
export function writeStep({ line, used, added }: AddedStep, rounding: RoundingConvention): PriceTraceLine {
  const step = priceQuantity(line.choice.price, added);
  const beside = (part: Exact, before: Exact): string =>
    toShortText(subtract(roundLine(add(before, part), rounding), roundLine(before, rounding)));
  const unit = UNITS[line.choice.dimension];
  return withReasons(
    {
      ...describeLine(line),
      kind: 'step',
      beginMs: undefined,
      endMs: undefined,
      quantity: toShortText(added),
      net: beside(step.net, line.net),
      tax: step.tax === undefined || line.tax === undefined ? undefined : beside(step.tax, line.tax),
    },
    () => [
      `${toShortText(used)} ${unit} were used and are billed in steps of ${line.choice.price.component.stepSize} ${unit === 'kWh' ? 'Wh' : 's'}: ${toShortText(add(used, added))} ${unit}.`,
      'The step is billed at the price of the last period that had one (OCPI 10.3.1).',
    ],
  );
}

export function writeAdjustment({ kind, limit, net, tax }: Adjustment): PriceTraceLine {
  const [name, effect] = kind === 'minimum' ? ['least', 'raised'] : ['greatest', 'lowered'];
  const gross = limit.gross === undefined ? '' : ` and ${toShortText(limit.gross)} with tax`;
  return {
    kind,
    periodIndex: undefined,
    beginMs: undefined,
    endMs: undefined,
    dimension: undefined,
    isReservation: false,
    tariffId: undefined,
    elementIndex: undefined,
    reasons: [`The ${name} price of a session is ${toShortText(limit.net)}${gross}; the total is ${effect} to it.`],
    quantity: '1',
    unit: 'price',
    stepSize: undefined,
    unitPrice: toShortText(limit.net),
    net: toShortText(net),
    vatPercent: undefined,
    tax: tax === undefined ? undefined : toShortText(tax),
  };
}

type Described = Pick<
  PriceTraceLine,
  | 'periodIndex'
  | 'dimension'
  | 'isReservation'
  | 'tariffId'
  | 'elementIndex'
  | 'unit'
  | 'stepSize'
  | 'unitPrice'
  | 'vatPercent'
>;

function describeLine({ piece, choice }: BilledLine): Described {
  const { price, scope, dimension } = choice;
  return {
    periodIndex: piece.usage.periodIndex,
    dimension,
    isReservation: scope !== 'session',
    tariffId: price.tariff.id,
    elementIndex: price.elementIndex,
    unit: UNITS[dimension],
    stepSize: dimension === 'FLAT' ? undefined : price.component.stepSize,
    unitPrice: price.component.price,
    vatPercent: price.component.vatPercent,
  };
}

/** An own, enumerable getter: a copy to another process or to JSON reads it like any value. */
function withReasons(line: Omit<PriceTraceLine, 'reasons'>, say: () => readonly string[]): PriceTraceLine {
  let said: readonly string[] | undefined;
  return Object.defineProperty(line as PriceTraceLine, 'reasons', {
    enumerable: true,
    get: () => (said ??= say()),
  });
}

/** More elements in a row that were passed over alike are said together. */
const MOST_SAID_SINGLY = 2;

function sayChoice({ piece, choice }: BilledLine): readonly string[] {
  const { price, passedOver } = choice;
  const skipped = passedOver.map((other) => {
    const obstacle = other.conditions.find((condition) => judgeCondition(condition, piece.moment) !== 'holds');
    const reason = obstacle === undefined ? 'it does not apply' : sayCondition(obstacle, piece.moment);
    return { place: other.elementIndex + 1, asks: obstacle?.kind, reason };
  });
  const held = price.conditions.map((condition) => sayCondition(condition, piece.moment));
  const applies = held.length === 0 ? 'it has no restriction' : held.join('; ');
  return [...sayPassedOver(skipped), `Element ${price.elementIndex + 1} applies: ${applies}.`];
}

type PassedOver = { readonly place: number; readonly asks: string | undefined; readonly reason: string };

/** A tariff with a price for each hour passes over a score of elements for the like reason: these are one sentence. */
function sayPassedOver(skipped: readonly PassedOver[]): string[] {
  const runs: PassedOver[][] = [];
  for (const one of skipped) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (before?.asks === one.asks && before?.place === one.place - 1) run?.push(one);
    else runs.push([one]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (run.length <= MOST_SAID_SINGLY || !first || !last)
      return run.map(({ place, reason }) => `Element ${place} is passed over: ${reason}.`);
    return `Elements ${first.place} to ${last.place} are passed over, the last of them since ${last.reason}.`;
  });
}

export function sumQuantities(lines: readonly BilledLine[], steps: readonly AddedStep[], dimension: string): string {
  const isCounted = (line: BilledLine): boolean =>
    line.choice.dimension === dimension && line.choice.scope === 'session';
  const billed = lines.filter(isCounted).map(({ quantity }) => quantity);
  const added = steps.filter(({ line }) => isCounted(line)).map((step) => step.added);
  const total = sum([...billed, ...added]);
  return toShortText(isZero(total) ? ZERO : total);
}
