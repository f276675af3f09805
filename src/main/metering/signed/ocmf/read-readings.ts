/**
 * The readings of an OCMF record (tables “Fields of a Meter Reading object” and “Time Status”). A field that says the same as the
 * reading before may be left out and is filled in here. Values stay decimal text: their last digit tells the register's resolution.
 */
import type { SignedReading } from '../../../../shared/domain/metering/signed-record.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import { exactText, readExactNumber } from '../../codec/exact-number.ts';
import { isJsonNumber, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';

const MOST_READINGS = 1_000;
const MOST_CHARACTERS = 250;
const MOST_EXPONENT = 20;
/** Some meters write a point before the milliseconds or a colon in the offset, or leave the milliseconds out. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3}))?(?:(Z)|([+-])(\d\d):?(\d\d))(?: ([A-Z]))?$/u;

/** Undefined where `RD` is no list of one or more readings, or is longer than any charge. */
export function readReadings(list: JsonValue | undefined): readonly SignedReading[] | undefined {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_READINGS) return undefined;
  const readings: SignedReading[] = [];
  let known: ReadonlyMap<string, JsonValue> = new Map();
  for (const one of list as readonly JsonValue[]) {
    if (!isJsonObject(one)) return undefined;
    known = new Map([...known, ...one]);
    readings.push(readReading(known, one.get('TM')));
  }
  return readings;
}

function readReading(fields: JsonObject, time: JsonValue | undefined): SignedReading {
  const loss = fields.get('CL');
  return {
    ...readTime(textOf(time)),
    letter: textOf(fields.get('TX')),
    value: decimalText(fields.get('RV')),
    unit: textOf(fields.get('RU')),
    obis: textOf(fields.get('RI')),
    currentType: textOf(fields.get('RT')),
    status: textOf(fields.get('ST')),
    errorFlags: textOf(fields.get('EF')),
    cableLoss: loss === undefined ? undefined : decimalText(loss),
  };
}

/** Text as it was sent; of a number its digits, since meters write some fields either way. */
export function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value.slice(0, MOST_CHARACTERS);
  return isJsonNumber(value) ? value.number.slice(0, MOST_CHARACTERS) : '';
}

/** Without an exponent, every digit kept; undefined where it is no number or longer than any register. */
export function decimalText(value: JsonValue | undefined): string | undefined {
  const [mantissa = '', power = '0'] = textOf(value).split(/e/iu);
  const exact = readExactNumber(mantissa);
  if (exact === undefined || !/^[+-]?\d{1,3}$/u.test(power)) return undefined;
  const exponent = exact.exponent + Number(power);
  return Math.abs(exponent) > MOST_EXPONENT ? undefined : exactText({ digits: exact.digits, exponent });
}

function readTime(text: string): { readonly atMs: EpochMs | undefined; readonly clock: string } {
  const [whole, year, month, day, hour, minute, second, fraction = '0', , sign, ahead = '0', ofHour = '0', clock = ''] =
    TIME.exec(text) ?? [];
  if (whole === undefined) return { atMs: undefined, clock: '' };
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const asUtcMs = Date.parse(`${written}Z`);
  // A day that does not exist would be moved to the next month.
  if (Number.isNaN(asUtcMs) || !new Date(asUtcMs).toISOString().startsWith(written)) return { atMs: undefined, clock };
  const offsetMs = (Number(ahead) * 60 + Number(ofHour)) * 60_000;
  return { atMs: asUtcMs + Number(fraction.padEnd(3, '0')) - (sign === '-' ? -offsetMs : offsetMs), clock };
}
