/**
 * The product's own master reads all meters of a line again and again; each answer is then compared with what the slaves
 * say they served. Right is: these registers of this meter, served after we asked and before we believed it.
 */
import { keepLine } from '../../../src/main/serial/keep-line.ts';
import type { ListAdapters } from '../../../src/main/serial/line-address.ts';
import { createRtuMaster } from '../../../src/main/serial/modbus/rtu-master.ts';
import type { RegisterQuestion, RtuEvent, RtuFailure } from '../../../src/main/serial/modbus/rtu-question.ts';
import type { RtuRules } from '../../../src/main/serial/modbus/rtu-rules.ts';
import { openSerialPort } from '../../../src/main/serial/open-serial-port.ts';
import type { SerialLine, Served } from './serial-line.ts';

/** Two blocks of one meter with the same lengths to choose from: taking one's answer for the other's is the worst mistake. */
const PHASES = { functionCode: 4, firstRegister: 0x00, neededCount: 18, allowedCounts: [24, 26, 28, 30] } as const;
const TOTALS = { functionCode: 4, firstRegister: 0x34, neededCount: 24, allowedCounts: [24, 26, 28, 30] } as const;
const SERIAL_NUMBER = { functionCode: 3, firstRegister: 0xfc00, neededCount: 2, allowedCounts: [2, 4, 6] } as const;
/** What is asked of each meter in a round. */
const ROUND = [PHASES, TOTALS, PHASES, TOTALS, SERIAL_NUMBER];

/** Less than the product's default, so that a run of lost answers does not take all day. */
export const TIMEOUT_MS = 500;

const REFUSED_PAUSE_MS = 50;

/** How far the slaves' record may lag behind what they served. */
const RECORD_LAG_NS = 1e9;
/** More than can be served in that time, so that what is judged is still in the record. */
const SERVED_KEPT = 1000;

/** `registers` in hex. */
type Reading = {
  readonly question: RegisterQuestion;
  readonly askedAtNs: number;
  readonly endedAtNs: number;
  readonly registers: string;
};

export type PollTally = {
  asked: number;
  right: number;
  wrong: number;
  /** How often the port was opened again. */
  reopened: number;
  readonly failures: Partial<Record<RtuFailure, number>>;
  readonly events: Partial<Record<RtuEvent['kind'], number>>;
  /** The first few, as sentences. */
  readonly wrongOnes: string[];
};

export type PolledLine = ReturnType<typeof pollMeters>;

export function pollMeters(line: SerialLine, listAdapters: ListAdapters, rules?: RtuRules) {
  const address = { kind: 'serial-port', adapterSerialNumber: line.adapterSerialNumber, path: undefined } as const;
  const kept = keepLine({ open: openSerialPort(address, line.settings, listAdapters) });
  const tally: PollTally = { asked: 0, right: 0, wrong: 0, reopened: 0, failures: {}, events: {}, wrongOnes: [] };
  const unjudged: Reading[] = [];
  const answeredAtNs = new Map<number, number>();
  const onEvent = ({ kind }: RtuEvent): void => {
    tally.events[kind] = (tally.events[kind] ?? 0) + 1;
  };
  const master = createRtuMaster({ line: kept, settings: line.settings, onEvent, ...(rules && { rules }) });

  async function ask(question: RegisterQuestion): Promise<void> {
    const askedAtNs = nowNs();
    const answer = await master.ask(question);
    const endedAtNs = nowNs();
    const wasAsked = answer.ok || answer.code !== 'resting';
    if (wasAsked) tally.asked += 1;
    else await pause(REFUSED_PAUSE_MS);
    if (answer.ok) {
      answeredAtNs.set(question.unitAddress, endedAtNs);
      const registers = Buffer.from(answer.value.registers).toString('hex');
      unjudged.push({ question, askedAtNs, endedAtNs, registers });
      return;
    }
    tally.failures[answer.code] = (tally.failures[answer.code] ?? 0) + 1;
  }

  function judge(untilNs: number): void {
    const ready = unjudged.findIndex(({ endedAtNs }) => endedAtNs > untilNs);
    for (const reading of unjudged.splice(0, ready === -1 ? unjudged.length : ready))
      judgeReading(reading, line.served, tally);
    line.served.splice(0, Math.max(0, line.served.length - SERVED_KEPT));
  }

  return {
    kept,
    tally,
    /** One round of all blocks of all meters after the other, until told to stop. */
    pollWhile: async (goOn: () => boolean): Promise<void> => {
      while (goOn()) {
        for (const unitAddress of line.units)
          for (const block of ROUND) {
            if (!goOn()) return;
            if (kept.status().state !== 'open') await pause(REFUSED_PAUSE_MS);
            else await ask({ unitAddress, timeoutMs: TIMEOUT_MS, ...block });
          }
        judge(nowNs() - RECORD_LAG_NS);
      }
    },
    /** Whether every meter has answered since. */
    haveAllAnsweredSince: (sinceNs: number): boolean =>
      line.units.every((unit) => (answeredAtNs.get(unit) ?? 0) > sinceNs),
    /** To be called when the slaves' record has caught up. */
    judgeAll: (): PollTally => {
      judge(nowNs());
      tally.reopened = kept.status().reopened;
      return tally;
    },
    stop: async (): Promise<void> => {
      master.stop();
      await kept.stop();
    },
  };
}

function judgeReading(reading: Reading, served: readonly Served[], tally: PollTally): void {
  const { question, askedAtNs, endedAtNs, registers } = reading;
  const { unitAddress, functionCode, firstRegister, neededCount } = question;
  const isRight =
    registers.length === neededCount * 4 &&
    served.some(
      (one) =>
        one.unit === unitAddress &&
        one.function === functionCode &&
        one.first === firstRegister &&
        one.atNs >= askedAtNs &&
        one.atNs <= endedAtNs &&
        one.registers.startsWith(registers),
    );
  if (isRight) {
    tally.right += 1;
    return;
  }
  tally.wrong += 1;
  if (tally.wrongOnes.length < 5) tally.wrongOnes.push(describeWrong(question, registers, served));
}

function describeWrong(question: RegisterQuestion, registers: string, served: readonly Served[]): string {
  const origin = served.findLast((one) => one.registers.startsWith(registers));
  const what = `unit ${question.unitAddress} register ${question.firstRegister.toString(16)}`;
  return origin === undefined
    ? `${what}: never served: ${registers.slice(0, 16)}…`
    : `${what}: an answer of unit ${origin.unit} register ${origin.first.toString(16)}`;
}

export const nowNs = (): number => Number(process.hrtime.bigint());

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
