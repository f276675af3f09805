/**
 * One step of a scan: an address is asked, a line listened to, a meter signed on to. What answers is recognised at once.
 *
 * Invariant: a step during which the line went away says so and has found nothing, so that it is tried again.
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import type { FoundMeter } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { refuse } from '../../../../shared/kernel/result.ts';
import type { LineClock } from '../../../serial/line-clock.ts';
import { createModeCDialogue, type DialogueStep } from '../../codec/iec62056/mode-c-dialogue.ts';
import type { MeterProfile } from '../../codec/meter-profile.ts';
import type { BenchLine } from './bench-line.ts';
import { listenForTelegrams, type HeardTelegram } from './hear-telegrams.ts';
import { FIRST_TIMEOUT_MS, listenMs, SIGN_ON_SILENCE_MS, type ScanStep } from './plan-scan.ts';
import { LineLost, recogniseMeter, type RecognisedMeter } from './recognise-meter.ts';
import { recogniseTelegram } from './recognise-telegram.ts';

export type StepOutcome =
  | { readonly kind: 'found'; readonly meter: Omit<FoundMeter, 'knownAs'> }
  /** `garbage`: bytes came that make nothing whole. */
  | { readonly kind: 'nothing'; readonly garbage: boolean }
  | { readonly kind: 'lost' };

export type StepParts = {
  readonly line: Pick<BenchLine, 'ask' | 'listen' | 'send'>;
  readonly profiles: readonly MeterProfile[];
  readonly clock: LineClock;
  /** Aborted when nobody wants to know any more. */
  readonly signal: AbortSignal;
};

const PATIENT_TIMEOUT_MS = 2_000;
/** For a second telegram, which shows whether the energy falls. */
const SECOND_TELEGRAM_MS = 5_000;
/** Some seven thousand characters at 300 baud; on a line that somebody else keeps busy, the silence that ends it never comes. */
const LONGEST_SIGN_ON_MS = 4 * 60_000;

const STOPPED = refuse('line-lost', 'The scan was stopped.');

export function tryStep(step: ScanStep, isPatient: boolean, parts: StepParts): Promise<StepOutcome> {
  if (step.kind === 'ask') return tryAddress(step, isPatient, parts);
  return step.kind === 'listen' ? tryListening(step, parts) : trySignOn(step, parts);
}

type StepOf<K extends ScanStep['kind']> = Extract<ScanStep, { kind: K }>;

/** Any register will do: a meter that does not have it refuses, and is found by that. */
async function tryAddress(
  { settings, unitAddress }: StepOf<'ask'>,
  isPatient: boolean,
  parts: StepParts,
): Promise<StepOutcome> {
  const timeoutMs = isPatient ? PATIENT_TIMEOUT_MS : FIRST_TIMEOUT_MS;
  const first = { unitAddress, functionCode: 3, firstRegister: 0, neededCount: 2, allowedCounts: [2, 4, 6] } as const;
  const askedAtMs = parts.clock.monotonicMs();
  const answer = await parts.line.ask({ ...first, timeoutMs });
  if (!answer.ok && answer.code === 'line-lost') return { kind: 'lost' };
  if (!answer.ok && answer.code !== 'excepted') return { kind: 'nothing', garbage: answer.code === 'spoiled' };
  try {
    const recognised = await recogniseMeter({
      unitAddress,
      profiles: parts.profiles.filter((profile) => profile.protocol === 'modbus-rtu'),
      // Whoever stopped the scan hears no more questions on the line.
      ask: async (question) => (parts.signal.aborted ? STOPPED : parts.line.ask(question)),
      pause: (ms) => pause(parts, ms),
      // The guard before the question is in it, so that a meter is rather waited for too long.
      firstAnswerMs: parts.clock.monotonicMs() - askedAtMs,
    });
    return foundMeter(`unit-${unitAddress}`, 'modbus-rtu', settings, unitAddress, recognised);
  } catch (error) {
    if (error instanceof LineLost) return { kind: 'lost' };
    throw error;
  }
}

async function tryListening({ settings, protocols }: StepOf<'listen'>, parts: StepParts): Promise<StepOutcome> {
  const listener = listenForTelegrams(protocols);
  const heard: HeardTelegram[] = [];
  let lost = false;
  let byteCount = 0;
  let wake = (): void => {};
  parts.line.listen(
    (chunk) => {
      byteCount += chunk.length;
      const telegram = listener.push(chunk);
      if (telegram === undefined) return;
      heard.push(telegram);
      wake();
    },
    () => {
      lost = true;
      wake();
    },
  );
  const wait = async (ms: number, isOver: () => boolean): Promise<void> => {
    if (isOver()) return;
    await pause(parts, ms, (over) => {
      wake = () => {
        if (isOver()) over();
      };
    });
  };
  await wait(listenMs(protocols), () => lost || heard.length > 0);
  await wait(heard.length > 0 ? SECOND_TELEGRAM_MS : 0, () => lost || heard.length > 1);
  const [first, second] = heard;
  if (first === undefined) return lost ? { kind: 'lost' } : { kind: 'nothing', garbage: byteCount > 0 };
  const recognised = recogniseTelegram(first.protocol, first.telegram, second?.telegram, parts.profiles);
  return foundMeter(first.protocol, first.protocol, settings, undefined, recognised);
}

/** At 300 baud to the end: a change of speed is for the line that is saved, not for a first look. */
async function trySignOn({ settings }: StepOf<'sign-on'>, parts: StepParts): Promise<StepOutcome> {
  const dialogue = createModeCDialogue('', settings.baudRate);
  let heardBytes = 0;
  let lost = false;
  let end: Extract<DialogueStep, { kind: 'done' | 'failed' }> | undefined;
  let wake = (): void => {};
  const follow = (steps: readonly DialogueStep[]): void => {
    for (const step of steps) {
      if (step.kind === 'send') parts.line.send(step.bytes);
      else if (step.kind !== 'set-baud-rate') end = step;
    }
  };
  parts.line.listen(
    (chunk) => {
      heardBytes += chunk.length;
      follow(dialogue.receive(chunk));
      wake();
    },
    () => {
      lost = true;
      wake();
    },
  );
  follow(dialogue.start());
  const untilMs = parts.clock.monotonicMs() + LONGEST_SIGN_ON_MS;
  while (end === undefined && !lost && !parts.signal.aborted && parts.clock.monotonicMs() < untilMs) {
    const before = heardBytes;
    await pause(parts, SIGN_ON_SILENCE_MS, (over) => {
      wake = over;
    });
    if (heardBytes === before && !lost) follow(dialogue.fallSilent());
  }
  if (lost) return { kind: 'lost' };
  if (end?.kind !== 'done') return { kind: 'nothing', garbage: heardBytes > 0 };
  const recognised = recogniseTelegram('iec62056-mode-c', end.bytes, undefined, parts.profiles);
  return foundMeter('iec62056-mode-c', 'iec62056-mode-c', settings, undefined, recognised);
}

function foundMeter(
  id: string,
  protocol: LineProtocol,
  settings: FoundMeter['settings'],
  unitAddress: number | undefined,
  recognised: RecognisedMeter,
): StepOutcome {
  return { kind: 'found', meter: { id, protocol, settings, unitAddress, ...recognised } };
}

/** Ends early when aborted, or by whoever is handed the end. */
function pause({ clock, signal }: StepParts, ms: number, hand?: (over: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      signal.removeEventListener('abort', over);
      resolve();
    };
    const cancel = clock.after(ms, over);
    signal.addEventListener('abort', over);
    hand?.(over);
    if (signal.aborted) over();
  });
}
