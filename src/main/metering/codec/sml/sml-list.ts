/** The values of a GetList.Res (SML 1.04, 6.4.8 GetList.Res and SML_ListEntry): value times ten to the scaler, in a DLMS unit. */
import {
  absentValue,
  numberValue,
  refusedValue,
  textValue,
  type DecodedValue,
  type ValueOrigin,
} from '../decoded-value.ts';
import { obisOfBytes, obisText } from '../obis-code.ts';
import { shortNegativesOf, type ShortNegatives } from './dzg-meter.ts';
import { dlmsUnit } from './dlms-unit.ts';
import { integerOf, isLeftOut, listOf, octetsOf, unsignedOf, type SmlElement } from './sml-element.ts';
import type { SmlMessage } from './sml-file.ts';
import { smlTimeText } from './sml-time.ts';

export type SmlList = { readonly serverId: string | undefined; readonly values: readonly DecodedValue[] };

const GET_LIST_RESPONSE = 0x701;
const NOTHING: SmlList = { serverId: undefined, values: [] };
/** Ten to the twenty-fourth of anything was never measured. */
const GREATEST_SCALER = 24n;

/** @param placeOf where a byte of the content stood in the stream */
export function readListEntries({ tag, body }: SmlMessage, placeOf: (at: number) => number): SmlList {
  if (tag !== GET_LIST_RESPONSE) return NOTHING;
  const place = (element: SmlElement): ValueOrigin => {
    const from = placeOf(element.at);
    return { from, length: placeOf(element.end - 1) + 1 - from };
  };
  const [, serverId, , , entries] = listOf(body, 7) ?? [];
  const id = octetsOf(serverId);
  const items = listOf(entries);
  if (id === undefined || items === undefined) {
    const why = 'The list of values is not built as SML 1.04 says.';
    return { ...NOTHING, values: [refusedValue('', 'malformed-list', why, place(body))] };
  }
  const serials = [id, ...items.map(serialNumberOf)];
  const signs = serials.map((serial) => (serial === undefined ? 'as-sent' : shortNegativesOf(serial)));
  const negatives = signs.find((sign) => sign !== 'as-sent') ?? 'as-sent';
  return { serverId: hexText(id), values: items.map((entry) => readEntry(entry, place(entry), negatives)) };
}

const SERIAL_NUMBER = '1-0:96.1.0';

function serialNumberOf(entry: SmlElement): Uint8Array | undefined {
  const [name, , , , , value] = listOf(entry, 7) ?? [];
  const code = obisOfBytes(octetsOf(name) ?? new Uint8Array(0));
  return code !== undefined && obisText(code) === SERIAL_NUMBER ? octetsOf(value) : undefined;
}

function readEntry(entry: SmlElement, place: ValueOrigin, negatives: ShortNegatives): DecodedValue {
  const [name, status, time, unit, scaler, value] = listOf(entry, 7) ?? [];
  const code = obisOfBytes(octetsOf(name) ?? new Uint8Array(0));
  if (code === undefined || value === undefined)
    return refusedValue('', 'malformed-entry', 'The entry has no OBIS code of six bytes and no seven parts.', place);
  const obis = obisText(code);
  const origin = { ...place, measuredAt: smlTimeText(time), status: statusText(status) };
  if (isLeftOut(value)) return absentValue(obis, origin);
  if (value.kind === 'octets') return textValue(obis, plainText(value.bytes), 'good', origin);
  if (value.kind === 'boolean')
    return textValue(obis, value.bytes.some((byte) => byte !== 0) ? 'true' : 'false', 'good', origin);
  const sent = integerOf(value);
  if (value.kind === 'list' || sent === undefined)
    return refusedValue(
      obis,
      'unknown-value-form',
      'The value is no integer of at most eight bytes and no text.',
      origin,
    );
  const exponent = scalerOf(scaler);
  if (exponent === undefined)
    return refusedValue(obis, 'scaler-unreadable', 'The scaler is no signed number that a meter could mean.', origin);
  const unitNumber = isLeftOut(unit) ? 255n : integerOf(unit);
  const named = unit?.kind === 'signed' || unitNumber === undefined ? undefined : dlmsUnit(Number(unitNumber));
  if (named === undefined)
    return refusedValue(obis, 'unit-unknown', `The unit ${String(unitNumber ?? '')} is none of DLMS.`, origin);
  if (negatives !== 'as-sent' && sent < 0n && POWERS.includes(obis) && value.bytes.length < 4) {
    if (negatives === 'uncertain' || value.bytes.length === 3)
      return refusedValue(
        obis,
        'sign-uncertain',
        'Some DZG meters mark unsigned powers as signed: of this one it is not known, and the number may be either.',
        origin,
      );
    const note = 'This DZG meter marks an unsigned power of two bytes as signed: read as unsigned.';
    const digits = unsignedOf(value.bytes) ?? 0n;
    return numberValue(code, { digits, exponent }, named.unit, 'corrected', { ...origin, note });
  }
  return numberValue(code, { digits: sent, exponent }, named.unit, 'good', origin);
}

/** Total and each phase. */
const POWERS = ['1-0:16.7.0', '1-0:36.7.0', '1-0:56.7.0', '1-0:76.7.0'];

/** None means none. An unsigned one would be ambiguous where its first bit is set. */
function scalerOf(scaler: SmlElement | undefined): number | undefined {
  if (isLeftOut(scaler)) return 0;
  const sent = integerOf(scaler);
  if (sent === undefined || sent > GREATEST_SCALER || sent < -GREATEST_SCALER) return undefined;
  return Number(sent);
}

function statusText(status: SmlElement | undefined): string | undefined {
  return status?.kind === 'unsigned' ? `0x${hexText(status.bytes).replaceAll(' ', '')}` : undefined;
}

/** Letters as such, anything else in hexadecimal. */
function plainText(bytes: Uint8Array): string {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCodePoint(...bytes) : hexText(bytes);
}

function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
