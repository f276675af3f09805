/** All that goes wrong on a line: how it is done, how often it was, and how often the master's own counters say so. */
import { RTU_RULES } from '../../../src/main/serial/modbus/rtu-rules.ts';
import { waitUntil } from '../wait-until.ts';
import { TIMEOUT_MS, pause, type PolledLine, type PollTally } from './poll-meters.ts';
import type { AnswerFault, LineCommand, LineEvent, SerialLine } from './serial-line.ts';

export type LineFault = {
  readonly name: string;
  /** Until it no longer `goesOn`; what was commanded of the line is called off by the caller. */
  readonly disturb: (scene: Scene) => Promise<void>;
  readonly caused: (events: readonly LineEvent[]) => number;
  /** Absent where there is nothing to notice: every question is answered all the same. */
  readonly counted?: (tally: PollTally) => number;
  /** A master without rules gives wrong readings. */
  readonly misleads?: boolean;
  readonly unplugs?: boolean;
};

type Scene = {
  readonly line: SerialLine;
  readonly polled: PolledLine;
  readonly goesOn: () => boolean;
  readonly random: () => number;
  /** Of the answers that are disturbed. */
  readonly share: number;
};

const LATE_IN_TIME: AnswerFault = { kind: 'late', ms: TIMEOUT_MS / 2 };
const LATE_IN_GUARD: AnswerFault = { kind: 'late', ms: TIMEOUT_MS + RTU_RULES.guardMs / 2 };
const LATE_AFTER_GUARD: AnswerFault = { kind: 'late', ms: TIMEOUT_MS + RTU_RULES.guardMs + 400 };
const SPLIT: AnswerFault = { kind: 'split', ms: 80 };
const NOISE_AFTER: AnswerFault = { kind: 'noise-after', ms: 10 };
const SPOILING: readonly AnswerFault[] = [
  { kind: 'corrupt' },
  { kind: 'noise-before' },
  { kind: 'noise-inside' },
  { kind: 'cut' },
  { kind: 'silent' },
];

/** The same lengths as ours and others; the same registers and others. */
const FOREIGN_QUESTIONS = [1, 2, 3].flatMap((unit) => [
  [unit, 4, 0x00, 24] as const,
  [unit, 4, 0x34, 24] as const,
  [unit, 4, 0x34, 26] as const,
  [unit, 3, 0xfc00, 2] as const,
]);

const RESTART: AnswerFault = { kind: 'restart', ms: 1200 };
const lost = ({ failures }: PollTally): number => (failures['timed-out'] ?? 0) + (failures.spoiled ?? 0);
const excepted = ({ failures }: PollTally): number => failures.excepted ?? 0;
const told = ({ events }: PollTally): number => Object.values(events).reduce((sum, count) => sum + count, 0);
const lateAnswers = ({ events }: PollTally): number => events['late-answer'] ?? 0;
const foreignRequests = ({ events }: PollTally): number => events['foreign-request'] ?? 0;

/** What collided with somebody else's talk is noise to whoever hears it, and not counted here. */
function count(kind: LineEvent['event']): LineFault['caused'] {
  return (events) => events.filter((one) => one.event === kind && !('collided' in one && one.collided)).length;
}

function commanded(command: LineCommand): LineFault['disturb'] {
  return async ({ line, goesOn }) => {
    line.command(command);
    while (goesOn()) await pause(20);
  };
}

function spoilAnswers(fault: AnswerFault): Pick<LineFault, 'disturb' | 'caused'> {
  return {
    disturb: async (scene) => commanded({ do: 'faults', faults: [fault], share: scene.share })(scene),
    caused: count('injected'),
  };
}

let nextName = 1;

async function unplugAndPlug({ line, polled, random }: Scene): Promise<void> {
  await pause(100 + random() * 900);
  const isOpen = (): boolean => polled.kept.status().state === 'open';
  line.unplug();
  await waitUntil('the loss of the port to be noticed', () => !isOpen());
  await pause(random() * 450);
  await line.plug(`ttyUSB${nextName++}`);
  await waitUntil('the port to be open again', isOpen, 20_000);
}

export const LINE_FAULTS: readonly LineFault[] = [
  { name: 'nothing', disturb: commanded({ do: 'calm' }), caused: () => 0 },
  { name: 'late, within the time-out', ...spoilAnswers(LATE_IN_TIME) },
  { name: 'late, within the guard', ...spoilAnswers(LATE_IN_GUARD), counted: lateAnswers, misleads: true },
  { name: 'late, after the guard', ...spoilAnswers(LATE_AFTER_GUARD), counted: lost, misleads: true },
  { name: 'wrong bits', ...spoilAnswers({ kind: 'corrupt' }), counted: lost },
  { name: 'noise before the answer', ...spoilAnswers({ kind: 'noise-before' }), counted: told },
  { name: 'noise inside the answer', ...spoilAnswers({ kind: 'noise-inside' }), counted: lost },
  { name: 'noise after the answer', ...spoilAnswers(NOISE_AFTER), counted: told },
  { name: 'cut short', ...spoilAnswers({ kind: 'cut' }), counted: lost },
  { name: 'split, with pauses', ...spoilAnswers(SPLIT) },
  { name: 'another unit answers', ...spoilAnswers({ kind: 'wrong-unit' }), counted: lost },
  { name: 'exceptions', ...spoilAnswers({ kind: 'exception' }), counted: excepted },
  { name: 'starts anew in the middle of a frame', ...spoilAnswers(RESTART), counted: lost },
  { name: 'no answer', ...spoilAnswers({ kind: 'silent' }), counted: lost },
  {
    name: 'one meter silent',
    disturb: commanded({ do: 'faults', faults: [{ kind: 'silent' }], share: 1, units: [2] }),
    caused: count('injected'),
    counted: lost,
  },
  {
    name: 'noise at any time',
    disturb: commanded({ do: 'noise', everyMs: 150 }),
    caused: count('noise'),
    counted: told,
  },
  {
    name: 'a second master that waits for silence',
    disturb: commanded({ do: 'second-master', questions: FOREIGN_QUESTIONS, everyMs: 200, polite: true }),
    caused: count('asked-by-second-master'),
    counted: foreignRequests,
    misleads: true,
  },
  {
    name: 'a second master that waits for nobody',
    disturb: commanded({ do: 'second-master', questions: FOREIGN_QUESTIONS, everyMs: 150, polite: false }),
    caused: count('asked-by-second-master'),
    counted: foreignRequests,
    misleads: true,
  },
  {
    name: 'unplugged, back under another name',
    disturb: async (scene) => {
      while (scene.goesOn()) await unplugAndPlug(scene);
    },
    caused: count('unplugged'),
    counted: ({ reopened }) => reopened,
    unplugs: true,
  },
  {
    name: 'all of it together',
    disturb: async (scene) => {
      const faults = [LATE_IN_TIME, LATE_IN_GUARD, LATE_AFTER_GUARD, SPLIT, NOISE_AFTER, ...SPOILING];
      scene.line.command({ do: 'faults', faults, share: scene.share });
      scene.line.command({ do: 'noise', everyMs: 2000 });
      scene.line.command({ do: 'second-master', questions: FOREIGN_QUESTIONS, everyMs: 2000, polite: false });
      while (scene.goesOn()) {
        await pause(4000 * scene.random());
        await unplugAndPlug(scene);
      }
    },
    caused: (events) => count('unplugged')(events) + count('noise')(events),
    counted: (tally) => tally.reopened + told(tally),
  },
];
