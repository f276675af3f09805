/**
 * All signed texts of one charge, judged: each against the keys that may have signed it, then all of them together. The worst result
 * is the charge's. Hostile input ends in a result, never in an exception.
 */
import { createHash } from 'node:crypto';
import type {
  SignedCheck,
  SignedJudgement,
  SignedRecord,
  SignedResult,
} from '../../../../shared/domain/metering/signed-record.ts';
import { checkSequence } from './check-sequence.ts';
import { readOneOcmf, type OcmfRecord } from './read-ocmf.ts';
import { readSignedText } from './read-signed-text.ts';
import { verifyRecord, type OfferedKey } from './verify-record.ts';

export type SignedText = {
  /** Exactly as sent. */
  readonly sent: string;
  /** OCPI `encoding_method` or the container's `format`; empty where nothing was said. */
  readonly format: string;
  readonly nature: string;
  /** Tried in this order. */
  readonly offered: readonly OfferedKey[];
};

/** What only the store knows of a record; these checks never decide. */
export type KnownOfRecord = (record: OcmfRecord, position: number) => readonly SignedCheck[];

/** Worst first. */
const RANK: readonly SignedResult[] = [
  'invalid',
  'malformed',
  'unsupported-algorithm',
  'key-unknown',
  'key-not-pinned',
  'valid',
];

export function judgeCharge(texts: readonly SignedText[], known: KnownOfRecord = () => []): SignedJudgement {
  if (texts.length === 0) return ABSENT;
  const judged = texts.map((text, position) => judgeText(text, position, known));
  const parsed = judged.flatMap(({ ocmf }) => (ocmf === undefined ? [] : [ocmf]));
  const records = judged.map(({ record }) => record);
  const worst = RANK.find((result) => records.some((record) => record.result === result)) ?? 'malformed';
  const message = records.find((record) => record.result === worst)?.message ?? '';
  if (parsed.length === 0)
    return { result: worst, message, checks: [], records, energies: [], deliveredKwh: undefined };
  const { checks, energies, deliveredKwh } = checkSequence(parsed);
  const failed = checks.find(({ ok, decides }) => !ok && decides);
  const result = failed !== undefined && (worst === 'valid' || worst === 'key-not-pinned') ? 'invalid' : worst;
  const fits = result === 'valid' || result === 'key-not-pinned';
  return {
    result,
    message: result === worst ? sayWhole(result, message, records.length, deliveredKwh) : (failed?.message ?? message),
    checks,
    records,
    energies,
    deliveredKwh: fits ? deliveredKwh : undefined,
  };
}

const ABSENT: SignedJudgement = {
  result: 'absent',
  message: 'No signed values came with this charge, which is normal in most countries.',
  checks: [],
  records: [],
  energies: [],
  deliveredKwh: undefined,
};

function sayWhole(result: SignedResult, message: string, count: number, deliveredKwh: string | undefined): string {
  if (result !== 'valid') return message;
  const what = count === 1 ? 'The signed record is' : `All ${count} signed records are`;
  return `${what} as the meter signed ${count === 1 ? 'it' : 'them'}${deliveredKwh === undefined ? '' : `: ${deliveredKwh} kWh`}.`;
}

function judgeText(
  { sent, format, nature, offered }: SignedText,
  position: number,
  known: KnownOfRecord,
): { readonly record: SignedRecord; readonly ocmf: OcmfRecord | undefined } {
  const base = { position, nature, sha256: createHash('sha256').update(sent).digest('hex') };
  const text = readSignedText(sent, format);
  const read = text.ok ? readOneOcmf(text.value) : text;
  if (!read.ok) {
    const { code: result, message } = read;
    return { record: { ...base, ...UNREAD, result, message, rawText: sent }, ocmf: undefined };
  }
  const ocmf = read.value;
  const { result, message, checks, key } = verifyRecord(ocmf, offered);
  const record: SignedRecord = {
    ...base,
    result,
    message,
    checks: [...checks, ...known(ocmf, position)],
    readings: ocmf.readings,
    page: ocmf.page,
    meterSerial: ocmf.meterSerial,
    gatewaySerial: ocmf.gatewaySerial,
    chargePointId: ocmf.chargePointId,
    tariffText: ocmf.tariffText,
    cable: ocmf.cable,
    algorithm: ocmf.algorithm,
    keyFingerprint: key?.fingerprint,
    rawText: ocmf.text,
  };
  return { record, ocmf };
}

const UNREAD = {
  checks: [],
  readings: [],
  page: undefined,
  meterSerial: '',
  gatewaySerial: '',
  chargePointId: '',
  tariffText: '',
  cable: undefined,
  algorithm: '',
  keyFingerprint: undefined,
};
