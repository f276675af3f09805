/**
 * What the console makes of meter values that were signed where they were measured (Open Charge Metering Format 1.0 to 1.4): which
 * result, by which key, and each check around the signature with its sentence. Values are the decimal text that was signed.
 */
import type { EpochMs } from '../../kernel/instant.ts';

/** `absent` is normal where the law asks for no signature. */
export type SignedResult =
  | 'valid'
  | 'invalid'
  | 'key-unknown'
  | 'key-not-pinned'
  | 'unsupported-algorithm'
  | 'malformed'
  | 'absent';

export type SignedCheckCode =
  | 'signature'
  | 'key-pinned'
  | 'meter-good'
  | 'no-error-flags'
  | 'values-readable'
  | 'begin-and-end'
  | 'same-meter'
  | 'meter-as-stated'
  | 'same-register'
  | 'register-not-falling'
  | 'time-not-backwards'
  | 'clock-synchronised'
  | 'pages-consecutive'
  | 'page-follows-known'
  | 'signed-once';

export type SignedCheck = {
  readonly code: SignedCheckCode;
  readonly ok: boolean;
  /** Whether a failure makes the record invalid; otherwise it is only to be known. */
  readonly decides: boolean;
  readonly message: string;
};

export type SignedReading = {
  /** Undefined where the time cannot be read, which the checks say. */
  readonly atMs: EpochMs | undefined;
  /** OCMF table 19: U unknown, I informative, R relative, S synchronised. Only S anchors a clock. */
  readonly clock: string;
  /** OCMF `TX`: B begins, E L R A P end; C X S T stand between. Empty where the reading belongs to no transaction. */
  readonly letter: string;
  /** As signed, an exponent written out; undefined for an event without a value. */
  readonly value: string | undefined;
  readonly unit: string;
  readonly obis: string;
  /** `AC`, `DC` or empty. */
  readonly currentType: string;
  /** OCMF table 10; `G` is good. */
  readonly status: string;
  /** Quantities no longer usable for billing: E energy, t time. */
  readonly errorFlags: string;
  /** Cable loss taken off the value since the transaction began, in its unit. */
  readonly cableLoss: string | undefined;
};

/** One register from the first reading that begins a transaction to the last that ends it. */
export type SignedEnergy = {
  readonly obis: string;
  readonly unit: string;
  readonly begin: string;
  readonly end: string;
  /** End less begin, exactly. */
  readonly delivered: string;
  /** The same in kWh; undefined for a unit that is no energy. */
  readonly deliveredKwh: string | undefined;
};

/** The cable whose loss the meter takes off (OCMF table 24). */
export type SignedCable = { readonly name: string; readonly number: string; readonly resistance: string };

export type SignedPage = { readonly context: string; readonly number: number };

/** One signed text. What cannot be read of it is empty or undefined. */
export type SignedRecord = {
  /** From 0, in the order sent. */
  readonly position: number;
  /** OCPI `nature`, such as Start or End. */
  readonly nature: string;
  readonly result: SignedResult;
  readonly message: string;
  readonly checks: readonly SignedCheck[];
  readonly readings: readonly SignedReading[];
  readonly page: SignedPage | undefined;
  readonly meterSerial: string;
  readonly gatewaySerial: string;
  readonly chargePointId: string;
  readonly tariffText: string;
  readonly cable: SignedCable | undefined;
  /** OCMF `SA`, such as `ECDSA-secp256r1-SHA256`. */
  readonly algorithm: string;
  /** Of the key that verified it, or else of the one it came with. */
  readonly keyFingerprint: string | undefined;
  readonly rawText: string;
  readonly sha256: string;
};

/** All signed texts of one charge together: a begin in one and its end in another are a pair. */
export type SignedJudgement = {
  /** The worst of all records and of the checks over them. */
  readonly result: SignedResult;
  readonly message: string;
  /** Over all records together. */
  readonly checks: readonly SignedCheck[];
  readonly records: readonly SignedRecord[];
  readonly energies: readonly SignedEnergy[];
  /** Of the one register that counts, once its signature fits; undefined where there is none or where several disagree. */
  readonly deliveredKwh: string | undefined;
};

/** A key at a charge point: as it was first seen there, and what a person decided about it. */
export type MeterKey = {
  /** SHA-256 of the key as SubjectPublicKeyInfo in DER, in hexadecimal. */
  readonly fingerprint: string;
  readonly evseKey: string;
  readonly curve: string;
  /** SubjectPublicKeyInfo in DER, in hexadecimal. */
  readonly publicKey: string;
  readonly meterSerial: string;
  readonly firstSeenAtMs: EpochMs;
  /** The key of the charge record it first came with. */
  readonly firstSeenIn: string;
  readonly state: 'seen' | 'pinned' | 'revoked';
  /** Of the last decision. */
  readonly decidedAtMs: EpochMs | undefined;
  readonly decidedBy: string | undefined;
  readonly reason: string | undefined;
};
