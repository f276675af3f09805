/**
 * An OCMF record (Open Charge Metering Format 1.0 to 1.4): `OCMF|{payload}|{signature}`. What was signed is the payload exactly as it
 * stands between the two bars, so it is cut out of the text and never written anew; where it ends is where its JSON ends, since vendors
 * put bars into texts of theirs although they may not. Nothing here says whether the record is true.
 */
import type { SignedCable, SignedPage, SignedReading } from '../../../../shared/domain/metering/signed-record.ts';
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { readBase64, readHex } from './byte-text.ts';
import { DEFAULT_ALGORITHM } from './curves.ts';
import { isJsonObject, readJsonObject, type JsonObject } from './json-text.ts';
import { readReadings, textOf } from './read-readings.ts';

export type OcmfRecord = {
  /** From `OCMF|` to the end of the signature. */
  readonly text: string;
  /** What was signed. */
  readonly payload: string;
  readonly algorithm: string;
  /** As decoded from hexadecimal or base64; undefined where it is neither. */
  readonly signature: Uint8Array | undefined;
  /** `SM`: how the signature's bytes are to be read. */
  readonly signatureForm: string;
  readonly page: SignedPage | undefined;
  readonly meterSerial: string;
  readonly gatewaySerial: string;
  readonly chargePointId: string;
  readonly tariffText: string;
  readonly cable: SignedCable | undefined;
  readonly readings: readonly SignedReading[];
};

export const DER_FORM = 'application/x-der';

/** Some hours of readings by the minute are a tenth of this. */
const MOST_CHARACTERS = 200_000;
const HEADER = /\s*OCMF\|/uy;
const BAR = /\s*\|/uy;
const PAGE = /^([A-Z])(\d{1,15})$/u;

/** The record that begins at `from`, spaces before it skipped, and where the text goes on behind it. */
export function readOcmf(
  text: string,
  from = 0,
): Result<{ readonly record: OcmfRecord; readonly end: number }, 'malformed'> {
  const payloadAt = behind(HEADER, text, from);
  if (payloadAt === undefined) return malformed('it does not begin with “OCMF|”');
  const payload = readJsonObject(text, payloadAt);
  if (!payload.ok) return malformed(`its payload cannot be read: ${payload.message}`);
  const signatureAt = behind(BAR, text, payload.value.end);
  if (signatureAt === undefined) return malformed('no signature follows its payload');
  const signature = readJsonObject(text, signatureAt);
  if (!signature.ok) return malformed(`its signature cannot be read: ${signature.message}`);
  const readings = readReadings(payload.value.object.get('RD'));
  if (readings === undefined) return malformed('it holds no readings');
  const { end } = signature.value;
  if (end - from > MOST_CHARACTERS) return malformed('it is longer than any signed record');
  const record = {
    text: text.slice(from, end).trimStart(),
    payload: text.slice(payloadAt, signatureAt - 1),
    ...describeSignature(signature.value.object),
    ...describeSource(payload.value.object),
    readings,
  };
  return accept({ record, end });
}

/** A text that is one record and nothing else. */
export function readOneOcmf(text: string): Result<OcmfRecord, 'malformed'> {
  const read = readOcmf(text);
  if (!read.ok) return read;
  const rest = text.slice(read.value.end).trim();
  return rest === '' ? accept(read.value.record) : malformed('the text goes on behind its signature');
}

function malformed(why: string) {
  return refuse('malformed', `This is no OCMF record: ${why}. Ask the operator for the record as the meter wrote it.`);
}

function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function describeSignature(object: JsonObject): Pick<OcmfRecord, 'algorithm' | 'signature' | 'signatureForm'> {
  const data = object.get('SD');
  const encoding = textOf(object.get('SE')) || 'hex';
  const decode = encoding === 'hex' ? readHex : encoding === 'base64' ? readBase64 : () => undefined;
  return {
    algorithm: textOf(object.get('SA')) || DEFAULT_ALGORITHM,
    signature: typeof data === 'string' ? decode(data) : undefined,
    signatureForm: textOf(object.get('SM')) || DER_FORM,
  };
}

function describeSource(
  object: JsonObject,
): Omit<OcmfRecord, 'text' | 'payload' | 'readings' | keyof ReturnType<typeof describeSignature>> {
  const [, context, number] = PAGE.exec(textOf(object.get('PG'))) ?? [];
  const cable = object.get('LC');
  return {
    page: context === undefined ? undefined : { context, number: Number(number) },
    meterSerial: textOf(object.get('MS')),
    gatewaySerial: textOf(object.get('GS')),
    chargePointId: textOf(object.get('CI')),
    tariffText: textOf(object.get('TT')),
    cable: isJsonObject(cable) ? readCable(cable) : undefined,
  };
}

function readCable(cable: JsonObject): SignedCable {
  return {
    name: textOf(cable.get('LN')),
    number: textOf(cable.get('LI')),
    resistance: `${textOf(cable.get('LR'))} ${textOf(cable.get('LU'))}`.trim(),
  };
}
