/**
 * Which kind of meter answers at an address: every profile's serial number and registers are asked for, and what comes is
 * judged. Where none fits, the variants of each are tried: words swapped, registers one aside. What fits is read a second time, so that an energy that falls is seen.
 *
 * Makers give no common register that says who they are; values that agree with each other and with the mains are better
 * evidence than a number that another maker may use as well.
 */
import type { MeterLimits } from '../../../../shared/domain/metering/plausible-values.ts';
import type { MeterValues } from '../../../../shared/domain/metering/meter.ts';
import type { PlausibilityCheck } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import type { RegisterAnswer, RegisterQuestion, RtuFailure } from '../../../serial/modbus/rtu-question.ts';
import { decodeReading } from '../../codec/decode-reading.ts';
import type { DecodedReading } from '../../codec/decoded-reading.ts';
import { decodeSerialNumber } from '../../codec/decode-registers.ts';
import type { ModbusProfile, RegisterBlock } from '../../codec/meter-profile.ts';
import { splitVariant, variantsOf } from '../../meters/profile-variant.ts';
import { isMeter, judgePlausibility, scoreOf } from './judge-plausibility.ts';

export type RecognisedMeter = {
  readonly serialNumber: string | undefined;
  readonly values: MeterValues | undefined;
  readonly profiles: readonly {
    readonly name: string;
    readonly model: string;
    readonly checks: readonly PlausibilityCheck[];
  }[];
};

export type RecogniseParts = {
  readonly unitAddress: number;
  readonly profiles: readonly ModbusProfile[];
  readonly ask: (question: RegisterQuestion) => Promise<Result<RegisterAnswer, RtuFailure>>;
  readonly pause: (ms: number) => Promise<void>;
  /** How long its first answer took: the next are waited for somewhat longer. */
  readonly firstAnswerMs: number;
};

const LEAST_TIMEOUT_MS = 600;
const TRIES = 2;
/** A meter that left several questions unanswered is left alone until their answers can come no more. */
const REST_MS = 1_000;
const RESTS = 12;
/** Meters renew their registers about once a second. */
const SECOND_READING_AFTER_MS = 1_200;

/** @throws LineLost when the line went away meanwhile: nothing is known then */
export async function recogniseMeter(parts: RecogniseParts): Promise<RecognisedMeter> {
  const asked = askOnce(parts);
  const asTheyAre = await tryProfiles(parts.profiles, asked);
  const fitting = asTheyAre.length > 0 ? asTheyAre : await tryProfiles(parts.profiles.flatMap(variantsOf), asked);
  if (fitting.length === 0) return { serialNumber: undefined, values: undefined, profiles: [] };
  await parts.pause(SECOND_READING_AFTER_MS);
  const again = askOnce(parts);
  const judged: (Fitting & { readonly checks: readonly PlausibilityCheck[] })[] = [];
  for (const one of fitting) {
    const second = await readProfile(one.profile, again);
    const checks = judgePlausibility(one.reading, second, limitsOf(one.profile), one.serialNumber);
    if (isMeter(checks)) judged.push({ ...one, checks: [...checks, ...judgePlaces(one.profile)] });
  }
  const ranked = judged.toSorted((a, b) => scoreOf(b.checks, b.reading.values) - scoreOf(a.checks, a.reading.values));
  return {
    serialNumber: ranked[0]?.serialNumber,
    values: ranked[0]?.reading.values,
    profiles: ranked.map(({ profile, checks }) => ({ name: profile.name, model: profile.model, checks })),
  };
}

/** The line went away while a meter was being recognised. */
export class LineLost extends Error {}

type Fitting = {
  readonly profile: ModbusProfile;
  readonly reading: DecodedReading;
  readonly serialNumber: string | undefined;
};
type Asked = (block: RegisterBlock) => Promise<Uint8Array | undefined>;

async function tryProfiles(profiles: readonly ModbusProfile[], asked: Asked): Promise<Fitting[]> {
  const fitting: Fitting[] = [];
  for (const profile of profiles) {
    const reading = await readProfile(profile, asked);
    if (reading === undefined) continue;
    // Read once more later; until then its own repetition says nothing against it.
    if (!isMeter(judgePlausibility(reading, reading, limitsOf(profile), undefined))) continue;
    const serial = profile.serialNumber === undefined ? undefined : await asked(profile.serialNumber);
    const serialNumber = serial === undefined ? undefined : decodeSerialNumber(profile, serial);
    fitting.push({ profile, reading, serialNumber });
  }
  return fitting;
}

async function readProfile(profile: ModbusProfile, asked: Asked): Promise<DecodedReading | undefined> {
  const blocks: Uint8Array[] = [];
  for (const block of profile.blocks) {
    const registers = await asked(block);
    if (registers === undefined) return undefined;
    blocks.push(registers);
  }
  return decodeReading(profile, Buffer.concat(blocks), 1);
}

/** Profiles share blocks: each is asked for once. Undefined for what the meter refuses or leaves unanswered. */
function askOnce({ unitAddress, ask, pause, firstAnswerMs }: RecogniseParts): Asked {
  const timeoutMs = Math.max(LEAST_TIMEOUT_MS, 2 * firstAnswerMs);
  const answers = new Map<string, Uint8Array>();
  const refused = new Set<string>();
  async function askFor({ functionCode, firstRegister, neededCount, allowedCounts }: RegisterBlock) {
    const question = { unitAddress, functionCode, firstRegister, neededCount, allowedCounts, timeoutMs };
    let rests = 0;
    for (let tries = 0; tries < TRIES;) {
      const answer = await ask(question);
      if (answer.ok) return answer.value.registers;
      if (answer.code === 'line-lost') throw new LineLost(answer.message);
      if (answer.code === 'excepted') return undefined;
      if (answer.code === 'resting' && rests < RESTS) {
        rests += 1;
        await pause(REST_MS);
      } else tries += 1;
    }
    return undefined;
  }
  return async (block) => {
    const key = `${block.functionCode} ${block.firstRegister} ${block.neededCount}`;
    // A meter may refuse the counts of one profile and take those of another.
    const way = `${key} ${block.allowedCounts.join(' ')}`;
    if (answers.has(key) || refused.has(way)) return answers.get(key);
    const registers = await askFor(block);
    if (registers === undefined) refused.add(way);
    else answers.set(key, registers);
    return registers;
  };
}

function limitsOf({ plausible, rated }: ModbusProfile): MeterLimits {
  return { ...plausible, ratedCurrentA: rated.currentA, ratedVoltageV: rated.voltageV };
}

function judgePlaces({ name }: ModbusProfile): readonly PlausibilityCheck[] {
  const variant = splitVariant(name)?.variant;
  const order: PlausibilityCheck =
    variant === 'swapped'
      ? {
          name: 'word-order',
          outcome: 'doubtful',
          sentence:
            'The words of each value come the other way round than its maker says: somebody switched that at the meter. It can be read so; should it be switched back, it will be refused until this is changed too.',
        }
      : { name: 'word-order', outcome: 'passed', sentence: 'The words come in the order that its maker says.' };
  const offset: PlausibilityCheck =
    variant === 'plus-1' || variant === 'minus-1'
      ? {
          name: 'register-offset',
          outcome: 'doubtful',
          sentence: `Its registers stand one ${variant === 'plus-1' ? 'further' : 'before'} where its maker’s document has them: documents of this meter differ by one. Compare every value with the display before it is used.`,
        }
      : { name: 'register-offset', outcome: 'passed', sentence: 'The registers stand where its maker says.' };
  return [order, offset];
}
