/**
 * The registers of one value into its number, by the form that the meter's profile says. Whole numbers are exact: a register
 * of 64 bits outgrows a binary number, and 0.1 has none.
 */
import { exactText, readExactNumber, type ExactNumber } from './exact-number.ts';
import type { ValueName, ValuePlace, WordOrder } from './meter-profile.ts';

export type RegisterNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'absent' }
  /** What stands there, and why no measurement has this form. */
  | { readonly kind: 'impossible'; readonly value: number; readonly why: string };

/** Floats with their words exchanged are mostly far below or far beyond what can be measured. */
const LEAST_FLOAT = 1e-15;
/** A terawatt-hour is a large city's year. */
const GREATEST_WH = 1e12;

/** @param bytes as they came, two for each register of its type */
export function readNumber(bytes: Uint8Array, place: ValuePlace, name: ValueName): RegisterNumber {
  const ordered = orderWords(bytes, place.wordOrder);
  if (place.absent.some((pattern) => pattern.every((byte, at) => byte === ordered[at]))) return { kind: 'absent' };
  const view = new DataView(ordered.buffer, ordered.byteOffset, ordered.byteLength);
  if (place.type === 'float32') {
    const float = view.getFloat32(0);
    if (!Number.isFinite(float)) return { kind: 'absent' };
    const value = float * place.scale;
    if (float !== 0 && Math.abs(float) < LEAST_FLOAT)
      return { kind: 'impossible', value, why: `${float.toPrecision(3)} is too small to be measured.` };
    return judgeEnergy(name, value, () => String(value));
  }
  const steps = wholeNumber(view, place.type);
  const said = (): string => exactText(scaled(BigInt(steps), place.scale));
  return judgeEnergy(name, Number.isSafeInteger(steps) ? nearest(Number(steps), place.scale) : Number(said()), said);
}

/** A whole number with all its digits; undefined for a float, which is what it is. */
export function readExact(bytes: Uint8Array, place: ValuePlace): ExactNumber | undefined {
  if (place.type === 'float32') return undefined;
  const ordered = orderWords(bytes, place.wordOrder);
  const view = new DataView(ordered.buffer, ordered.byteOffset, ordered.byteLength);
  return scaled(BigInt(wholeNumber(view, place.type)), place.scale);
}

function judgeEnergy(name: ValueName, value: number, said: () => string): RegisterNumber {
  if (name !== 'importWh' && name !== 'exportWh') return { kind: 'number', value };
  if (value < 0) return { kind: 'impossible', value, why: `A count of energy is never below zero: ${said()} Wh.` };
  if (value > GREATEST_WH) return { kind: 'impossible', value, why: `No meter has counted ${said()} Wh.` };
  return { kind: 'number', value };
}

/** The binary number next to what a person writes: dividing by ten rounds once, multiplying with a tenth twice. */
function nearest(steps: number, scale: number): number {
  const parts = Math.round(1 / scale);
  return scale < 1 && 1 / parts === scale ? steps / parts : steps * scale;
}

function scaled(steps: bigint, scale: number): ExactNumber {
  // A scale of a millionth and less would else be written with a power of ten.
  const factor = readExactNumber(String(scale).includes('e') ? scale.toFixed(12) : String(scale));
  return { digits: steps * (factor?.digits ?? 1n), exponent: factor?.exponent ?? 0 };
}

/** Most significant first, whatever the order of the words. */
export function orderWords(bytes: Uint8Array, wordOrder: WordOrder): Uint8Array {
  if (wordOrder === 'high-first') return bytes;
  const ordered = new Uint8Array(bytes.length);
  for (let word = 0; word + 1 < bytes.length; word += 2)
    ordered.set(bytes.subarray(word, word + 2), bytes.length - 2 - word);
  return ordered;
}

/** One step of the register at this height. A float32 has 24 significant bits: its step doubles each time its value does. */
export function resolutionOf(place: ValuePlace, value: number | undefined): number {
  if (place.type !== 'float32') return place.scale;
  const magnitude = Math.abs((value ?? 0) / place.scale);
  return magnitude === 0 ? 0 : 2 ** (Math.floor(Math.log2(magnitude)) - 23) * place.scale;
}

/** Those of 64 bits outgrow a binary number. */
export function wholeNumber(view: DataView, type: Exclude<ValuePlace['type'], 'float32'>): number | bigint {
  switch (type) {
    case 'u16':
      return view.getUint16(0);
    case 's16':
      return view.getInt16(0);
    case 'u32':
      return view.getUint32(0);
    case 's32':
      return view.getInt32(0);
    case 'u64':
      return smallest(view.getBigUint64(0));
    case 's64':
      return smallest(view.getBigInt64(0));
  }
}

function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
