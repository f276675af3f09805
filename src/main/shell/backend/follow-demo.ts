/**
 * Keeps the console on the demo's clock and its meter lines, and hands its levers to the windows. The demo is another
 * process over a real link; when it does not answer, the last line known goes on and the failure is said where a lever was pulled.
 */
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { ReportedFailure } from '../../demo/commerce/reported-failures.ts';
import { createDemoControl, type DemoEnergyFile } from '../../demo/demo-control.ts';
import type { DeclaredLine } from '../../metering/lines/declared-line.ts';
import type { ConsoleFactsKeeper } from './console-facts.ts';
import type { Log } from '../log.ts';
import { parseDemoLines } from './demo-lines.ts';
import { parseDemoSites, type DemoSite } from './demo-sites.ts';

const LOOK_EVERY_MS = 2000;

export type FollowedDemo = {
  /** Declares the demo's meter lines now, and again whenever they change: its ports are new after a restart. */
  readonly followLines: (declare: (origin: 'demo', lines: readonly DeclaredLine[]) => Result<void>) => Promise<void>;
  /** Of the lines that were declared last. */
  readonly meterIds: () => readonly string[];
  /** @throws Error with the demo's sentence */
  readonly readEnergyHistory: () => Promise<readonly DemoEnergyFile[]>;
  /** @throws Error with the demo's sentence */
  readonly readFailures: () => Promise<readonly ReportedFailure[]>;
  /** @throws Error with the demo's sentence */
  readonly readSites: () => Promise<readonly DemoSite[]>;
  readonly isStopped: () => boolean;
  readonly stop: () => void;
};

export async function followDemo(parts: {
  readonly url: string;
  readonly token: string;
  readonly answers: AnswerRegistry;
  readonly facts: ConsoleFactsKeeper;
  readonly log: Log;
}): Promise<FollowedDemo> {
  const control = createDemoControl(parts.url, parts.token);
  let last = '';
  let lastLines = '';
  let spareMeterAt: string | undefined;
  let meterIds: readonly string[] = [];
  let isLooking = false;
  let isStopped = false;
  let declare: ((origin: 'demo', lines: readonly DeclaredLine[]) => Result<void>) | undefined;

  async function look(): Promise<void> {
    const { seed, vehicles, ...clock } = read(await control.readClock());
    const faults = read(await control.readFaults()).map(({ kind, until_wall_ms: endsAtMs }) => ({ kind, endsAtMs }));
    const demo = { seed, vehicles, rate: clock.rate, faults, spareMeterAt };
    const now = JSON.stringify([clock, demo]);
    if (now !== last) parts.facts.change({ clock, demo });
    last = now;
  }

  async function lookAtLines(): Promise<void> {
    if (declare === undefined) return;
    const { lines: told, spare } = read(await control.readLines());
    spareMeterAt = spare;
    // Nothing is declared into a store that was closed meanwhile.
    if (isStopped) return;
    const now = JSON.stringify(told);
    if (now === lastLines) return;
    const lines = read(parseDemoLines(told));
    read(declare('demo', lines));
    meterIds = lines.flatMap(({ meters }) => meters.map(({ id }) => id));
    lastLines = now;
  }

  async function pull(lever: Promise<Result<unknown>>): Promise<CommandAnswer> {
    const done = await lever;
    if (!done.ok) return { outcome: 'refused', error: { code: done.code, message: done.message } };
    await look();
    return { outcome: 'accepted' };
  }

  /** One look at a time, so that an answer that was slow is never taken after a newer one. */
  async function lookAgain(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      await look();
      await lookAtLines();
    } catch (error) {
      parts.log('The demo’s clock or meter lines could not be followed.', error);
    } finally {
      isLooking = false;
    }
  }

  await look();
  const timer = setInterval(() => void lookAgain(), LOOK_EVERY_MS);
  parts.answers.query('demo/streets', async () => read(await control.readStreets()));
  parts.answers.command('demo/set-speed', ({ rate }) => pull(control.setSpeed(rate)));
  parts.answers.command('demo/start-fault', ({ kind, durationS }) => pull(control.startFault(kind, durationS)));
  parts.answers.command('demo/stop-fault', ({ kind }) => pull(control.stopFault(kind)));
  return {
    followLines: async (declareLines) => {
      declare = declareLines;
      await lookAtLines();
    },
    meterIds: () => meterIds,
    readEnergyHistory: async () => read(await control.readEnergyHistory()),
    readFailures: async () => read(await control.readFailures()),
    readSites: async () => read(parseDemoSites(read(await control.readSites()))),
    isStopped: () => isStopped,
    stop: () => {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

/** @throws Error with the demo's sentence */
function read<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(answer.message);
}
