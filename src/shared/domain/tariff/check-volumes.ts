/**
 * Do a charge's periods add up to the totals that its sender states, and do its times make sense? (OCPI 2.2.1, 10.3.1 and 10.4.1.) Only
 * where both sides are there: a total that nothing details, or that is not stated, contradicts nothing.
 */
import {
  add,
  compare,
  exactOf,
  fraction,
  isNegative,
  isZero,
  larger,
  magnitude,
  multiply,
  readExact,
  roundTo,
  smaller,
  subtract,
  sum,
  toShortText,
  type Exact,
} from '../../kernel/exact.ts';
import type { Charge } from './charge.ts';
import type { DecimalText } from './tariff.ts';

export type StatedVolumes = {
  readonly [Total in 'energyKwh' | 'timeHours' | 'parkingHours']?: DecimalText | undefined;
};

/** `code` is kebab-case and stable; a note is worth knowing, a warning worth a question to the operator. */
export type VolumeDoubt = {
  readonly code: string;
  readonly severity: 'note' | 'warning';
  readonly message: string;
};

const HOUR_MS = 3_600_000;
/** kWh or h: OCPI carries four decimals, so each period may be off by as much. */
const PERIOD_SLACK = exactOf('0.0001');
/** h: totals are commonly stated to the hundredth, and clocks of a begin and an end are read at whole seconds. */
const DURATION_SLACK = exactOf('0.005');
const THOUSAND = exactOf('1000');
/** A hundredth: what few decimals of the smaller figure may hide. */
const ROUNDED_AWAY = exactOf('0.01');
/** kW. The strongest connector there is gives 3.75 MW (megawatt charging); nothing charges faster over a whole session. */
const STRONGEST_KW = exactOf('3750');

export function checkVolumes(charge: Charge, stated: StatedVolumes): readonly VolumeDoubt[] {
  return [
    ...checkEnergy(charge, stated.energyKwh),
    ...checkTime(charge, stated.timeHours),
    ...checkParking(charge, stated.parkingHours),
    ...findOutside(charge),
    ...findNegativeTimes(charge, stated),
  ];
}

function checkEnergy(charge: Charge, stated: DecimalText | undefined): VolumeDoubt[] {
  if (stated === undefined) return [];
  const total = exactOf(stated);
  const energies = volumesOf(charge, 'ENERGY');
  const counted = sum(energies);
  if (energies.length === 0 || isNear(counted, total, slackOf(charge))) return checkPower(charge, total, stated);
  if (isThousandfold(larger(counted, total), smaller(counted, total)))
    return [
      {
        code: 'unit-scale',
        severity: 'warning',
        message: `The periods hold ${toShortText(counted)}, and the record’s total is ${stated}: a thousand times apart, so one of them is in Wh and not in kWh. Ask the CPO to correct it.`,
      },
    ];
  return [
    {
      code: 'energy-does-not-add-up',
      severity: 'warning',
      message: `The periods hold ${toShortText(counted)} kWh, and the record’s total is ${stated} kWh. Ask the CPO which is right.`,
    },
  ];
}

function isThousandfold(greater: Exact, less: Exact): boolean {
  const thousandfold = multiply(less, THOUSAND);
  return !isZero(less) && isNear(greater, thousandfold, multiply(thousandfold, ROUNDED_AWAY));
}

/** Wh where kWh is meant on both sides is seen only by what it would take to charge so much. */
function checkPower({ beginMs, endMs }: Charge, energy: Exact, stated: DecimalText): VolumeDoubt[] {
  if (endMs <= beginMs || compare(energy, multiply(STRONGEST_KW, fraction(endMs - beginMs, HOUR_MS))) <= 0) return [];
  return [
    {
      code: 'unit-scale',
      severity: 'warning',
      message: `${stated} kWh between its begin and its end is more than any charge point can give. It may be in Wh; ask the CPO to correct it.`,
    },
  ];
}

function checkTime(charge: Charge, stated: DecimalText | undefined): VolumeDoubt[] {
  if (stated === undefined) return [];
  const total = exactOf(stated);
  const charging = sum(volumesOf(charge, 'TIME'));
  const parking = sum(volumesOf(charge, 'PARKING_TIME'));
  const used = add(charging, parking);
  // Whether a reservation before it is part of the session's duration is not told.
  const reserved = sum(volumesOf(charge, 'RESERVATION_TIME'));
  const isTotal = (hours: Exact): boolean => isNear(hours, total, slackOf(charge));
  const isDetailed = volumesOf(charge, 'TIME').length + volumesOf(charge, 'PARKING_TIME').length > 0;
  if (!isDetailed || isTotal(used) || isTotal(add(used, reserved))) return checkDuration(charge, stated, reserved);
  if (isTotal(charging))
    return [
      {
        code: 'total-time-without-parking',
        severity: 'note',
        message: `The record’s total time of ${stated} h leaves out ${toShortText(parking)} h of parking, which belongs to it (OCPI 10.3.1). The price does not depend on it.`,
      },
    ];
  return [
    {
      code: 'time-does-not-add-up',
      severity: 'note',
      message: `The periods hold ${toShortText(used)} h, and the record’s total is ${stated} h. Ask the CPO which is right where time has a price.`,
    },
  ];
}

function checkDuration({ beginMs, endMs }: Charge, stated: DecimalText, reserved: Exact): VolumeDoubt[] {
  if (endMs < beginMs) return [];
  const lasted = fraction(endMs - beginMs, HOUR_MS);
  const total = exactOf(stated);
  if (isNear(total, lasted, DURATION_SLACK) || isNear(add(total, reserved), lasted, DURATION_SLACK)) return [];
  return [
    {
      code: 'duration-differs',
      severity: 'note',
      message: `From its begin to its end the charge lasts ${toShortText(roundTo(lasted, 4, 'half-up'))} h, and the record’s total is ${stated} h. Ask the CPO which is right where time has a price.`,
    },
  ];
}

function checkParking(charge: Charge, stated: DecimalText | undefined): VolumeDoubt[] {
  const times = volumesOf(charge, 'PARKING_TIME');
  if (stated === undefined || times.length === 0 || isNear(sum(times), exactOf(stated), slackOf(charge))) return [];
  return [
    {
      code: 'parking-does-not-add-up',
      severity: 'note',
      message: `The periods hold ${toShortText(sum(times))} h of parking, and the record’s total is ${stated} h.`,
    },
  ];
}

function findOutside({ beginMs, endMs, periods }: Charge): VolumeDoubt[] {
  const outside = periods.filter((period) => period.beginMs < beginMs || period.beginMs > endMs);
  if (outside.length === 0 || endMs < beginMs) return [];
  const [first = 0] = outside.map((period) => periods.indexOf(period) + 1);
  return [
    {
      code: 'period-outside',
      severity: 'warning',
      message: `${outside.length === 1 ? `Period ${first} begins` : `${outside.length} periods, the first is ${first}, begin`} outside the charge. What is stated there is priced all the same; ask the CPO which time is right.`,
    },
  ];
}

function findNegativeTimes(charge: Charge, { timeHours, parkingHours }: StatedVolumes): VolumeDoubt[] {
  const doubts: VolumeDoubt[] = [];
  if (charge.endMs < charge.beginMs)
    doubts.push({
      code: 'ends-before-begin',
      severity: 'warning',
      message: 'The charge ends before it begins. Ask the CPO for a corrected record.',
    });
  const times = (['TIME', 'PARKING_TIME', 'RESERVATION_TIME'] as const).flatMap((type) => volumesOf(charge, type));
  const totals = [timeHours, parkingHours].flatMap((hours) => (hours === undefined ? [] : [exactOf(hours)]));
  const below = [...times, ...totals].find(isNegative);
  if (below !== undefined)
    doubts.push({
      code: 'negative-time',
      severity: 'warning',
      message: `The record states a time of ${toShortText(below)} h. Time does not run backwards; ask the CPO for a corrected record.`,
    });
  return doubts;
}

type CountedType = 'ENERGY' | 'TIME' | 'PARKING_TIME' | 'RESERVATION_TIME';

/** What is no number is the pricing's affair. */
function volumesOf({ periods }: Charge, type: CountedType): readonly Exact[] {
  return periods.flatMap(({ dimensions }) =>
    dimensions.flatMap((one) => (one.type.toUpperCase() === type ? (readExact(one.volume) ?? []) : [])),
  );
}

function slackOf({ periods }: Charge): Exact {
  return multiply(PERIOD_SLACK, fraction(Math.max(1, periods.length)));
}

function isNear(one: Exact, other: Exact, slack: Exact): boolean {
  return compare(magnitude(subtract(one, other)), slack) <= 0;
}
