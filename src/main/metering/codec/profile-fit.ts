/**
 * Whether registers can be those of a profile. A wrong word order, place or scale shows in what is known beforehand: the
 * voltage and the frequency of the mains, and that a power is neither far above nor next to nothing beside volts times
 * amperes. Energy, which nobody knows beforehand, is believed on their word.
 */
import {
  isReadWith,
  placesOf,
  REGISTERS_OF_TYPE,
  type ModbusProfile,
  type PlacedValue,
  type ValueName,
} from './meter-profile.ts';
import { orderWords, readNumber } from './register-number.ts';
import { cutPlace, type RegisterSpan } from './register-span.ts';

export type Fit =
  /** What it is believed on, and how many values that are. */
  | { readonly kind: 'fits'; readonly shown: string; readonly witnesses: number }
  /** Neither a voltage nor a frequency of a living line stands in it. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'contradicts'; readonly why: string };

/** A phase that is off may still show a few volts by induction. */
const DEAD_BELOW_V = 10;
/** Power and current are not measured in the same instant, and not all that is recorded is steady: another scale is further apart. */
const MOST_W_EACH_VA = 8;
const LEAST_W_EACH_VA = 0.002;
/** Below, the meters' own thresholds and steps say more than the load. */
const TELLING_VA = 500;

type Seen = PlacedValue & { readonly value: number; readonly bytes: Uint8Array };

export function judgeFit(profile: ModbusProfile, spans: readonly RegisterSpan[]): Fit {
  const seen: Seen[] = [];
  for (const { name, phase, place } of placesOf(profile))
    for (const span of spans) {
      const cut = isReadWith(profile, place, span.functionCode) ? cutPlace(span, place) : undefined;
      if (cut === undefined) continue;
      const found = readNumber(cut.bytes, place, name);
      if (found.kind === 'impossible') return { kind: 'contradicts', why: `${label(name, phase)}: ${found.why}` };
      if (found.kind === 'number') seen.push({ name, phase, place, value: found.value, bytes: cut.bytes });
      break;
    }
  const why = judgeMains(profile, seen) ?? judgePower(profile, seen);
  if (why !== undefined) return { kind: 'contradicts', why };
  // One register has no order of words to tell of.
  const witnesses = seen.filter((one) => isTelling(one) && REGISTERS_OF_TYPE[one.place.type] > 1);
  if (witnesses.length > 0)
    return { kind: 'fits', shown: witnesses.map(sayMains).join(', '), witnesses: witnesses.length };
  const empty = seen.find(hasEmptyEnd);
  if (empty === undefined) return { kind: 'silent' };
  return {
    kind: 'contradicts',
    why: `${label(empty.name, empty.phase)} has an empty last word, as a small count has with its words exchanged, and nothing beside it tells their order.`,
  };
}

function sayMains({ name, value }: Seen): string {
  return `${round(value)} ${name === 'voltageV' ? 'V' : 'Hz'}`;
}

/** One whole count in 65 536 has it rightly. */
function hasEmptyEnd({ name, place, bytes }: Seen): boolean {
  if ((name !== 'importWh' && name !== 'exportWh') || place.type === 'float32' || bytes.length < 4) return false;
  const ordered = orderWords(bytes, place.wordOrder);
  return ordered.subarray(-2).every((byte) => byte === 0) && ordered.some((byte) => byte !== 0);
}

function judgeMains({ plausible }: ModbusProfile, seen: readonly Seen[]): string | undefined {
  for (const one of seen.filter(isTelling)) {
    const [least, greatest] = one.name === 'voltageV' ? plausible.voltageV : plausible.frequencyHz;
    if (one.value < least || one.value > greatest)
      return `${label(one.name, one.phase)} reads ${sayMains(one)}, which is not between ${least} and ${greatest}.`;
  }
  return undefined;
}

function isTelling({ name, value }: Seen): boolean {
  return (name === 'voltageV' && Math.abs(value) >= DEAD_BELOW_V) || (name === 'frequencyHz' && value !== 0);
}

function judgePower({ values }: ModbusProfile, seen: readonly Seen[]): string | undefined {
  const of = (name: ValueName, phase: number | undefined) =>
    seen.find((one) => one.name === name && one.phase === phase)?.value;
  let total: number | undefined = 0;
  for (const phase of values.voltageV.keys()) {
    const [voltage, current, power] = [of('voltageV', phase), of('currentA', phase), of('phasePowerW', phase)];
    const apparent = voltage === undefined || current === undefined ? undefined : Math.abs(voltage * current);
    total = total === undefined || apparent === undefined ? undefined : total + apparent;
    if (power === undefined || apparent === undefined || apparent < TELLING_VA) continue;
    const isNextToNothing = power !== 0 && Math.abs(power) < LEAST_W_EACH_VA * apparent;
    if (isNextToNothing || Math.abs(power) > MOST_W_EACH_VA * apparent)
      return sayPower('phasePowerW', phase, power, apparent);
  }
  // Phases in opposite directions may well add up to nothing.
  const power = of('powerW', undefined);
  return power !== undefined && total !== undefined && total >= TELLING_VA && Math.abs(power) > MOST_W_EACH_VA * total
    ? sayPower('powerW', undefined, power, total)
    : undefined;
}

function sayPower(name: ValueName, phase: number | undefined, watts: number, apparent: number): string {
  return `${label(name, phase)} reads ${round(watts)} W, while volts times amperes are ${round(apparent)} VA.`;
}

function label(name: ValueName, phase: number | undefined): string {
  return phase === undefined ? name : `${name} L${phase + 1}`;
}

function round(value: number): string {
  return Math.abs(value) >= 0.01 && Math.abs(value) < 1e9
    ? String(Math.round(value * 100) / 100)
    : value.toPrecision(3);
}
