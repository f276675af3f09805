/** One value out of a meter's message, whatever the protocol: what it is of, how much, how sure, and where it stood. */
import { isPast, obisText, type ObisCode } from './obis-code.ts';
import type { ExactNumber } from './exact-number.ts';
import { unitContradicts } from './unit-of-quantity.ts';

/**
 * good: as sent, under a checksum. unchecked: as sent, in a message that has none, or parity alone. corrected: a known meter's mistake was put
 * right, the note says which. absent: the meter says it has none. refused: the code and note say why there is no number.
 */
export type ValueQuality = 'good' | 'unchecked' | 'corrected' | 'absent' | 'refused';

export type DecodedValue = {
  /** As in `obisText`; as it was written where it is no OBIS code. */
  readonly obis: string;
  readonly number: ExactNumber | undefined;
  /** What is no number: a name, a serial number, an event. */
  readonly text: string | undefined;
  readonly unit: string | undefined;
  readonly quality: ValueQuality;
  readonly refusedCode: string | undefined;
  readonly note: string | undefined;
  /** Of a billing period or interval that is over. */
  readonly past: boolean;
  /** When it was measured, as the meter says it. */
  readonly measuredAt: string | undefined;
  /** The status word, as sent. */
  readonly status: string | undefined;
  /** First byte of the value in the stream and the bytes it takes there. */
  readonly from: number;
  readonly length: number;
};

export type ValueOrigin = Pick<DecodedValue, 'from' | 'length'> &
  Partial<Pick<DecodedValue, 'measuredAt' | 'status' | 'past' | 'note'>>;

const EMPTY = {
  number: undefined,
  text: undefined,
  unit: undefined,
  refusedCode: undefined,
  note: undefined,
  measuredAt: undefined,
  status: undefined,
};

/** Refused instead where the unit can not be that of the code. */
export function numberValue(
  code: ObisCode,
  number: ExactNumber,
  unit: string | undefined,
  quality: 'good' | 'unchecked' | 'corrected',
  origin: ValueOrigin,
): DecodedValue {
  if (unit !== undefined && unitContradicts(code, unit))
    return refusedValue(obisText(code), 'unit-contradicts', `${unit} is no unit of ${obisText(code)}.`, origin);
  return { ...EMPTY, obis: obisText(code), number, unit, quality, past: isPast(code), ...origin };
}

/** An empty text is a value that the meter does not have. */
export function textValue(
  obis: string,
  text: string,
  quality: 'good' | 'unchecked',
  origin: ValueOrigin,
): DecodedValue {
  if (text === '') return absentValue(obis, origin);
  return { ...EMPTY, obis, text, quality, past: false, ...origin };
}

export function absentValue(obis: string, origin: ValueOrigin): DecodedValue {
  return { ...EMPTY, obis, quality: 'absent', past: false, ...origin };
}

export function refusedValue(obis: string, refusedCode: string, note: string, origin: ValueOrigin): DecodedValue {
  return { ...EMPTY, obis, quality: 'refused', past: false, ...origin, refusedCode, note };
}
