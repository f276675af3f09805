/**
 * The bench: one line that nobody has set up yet, on which settings and addresses are tried in turn. What was found and what
 * is still to try outlives a line that is lost: it goes on where it stood once the adapter is plugged in again.
 *
 * Invariant: at most one scan runs, on at most one line; a scan that was stopped changes nothing any more.
 */
import type { BenchRecord, FoundMeter } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { OpenByteSource } from '../../../serial/byte-source.ts';
import { describeAddress } from '../../../serial/describe-line.ts';
import type { LineStatus } from '../../../serial/keep-line.ts';
import type { LineAddress, LineSettings } from '../../../serial/line-address.ts';
import type { LineClock } from '../../../serial/line-clock.ts';
import { RTU_RULES } from '../../../serial/modbus/rtu-rules.ts';
import type { MeterProfile } from '../../codec/meter-profile.ts';
import { openBenchLine, type BenchLine } from './bench-line.ts';
import { describeStep, planScan, type BenchRequest, type ScanStep } from './plan-scan.ts';
import { sayOutcome } from './say-outcome.ts';
import { queueScan, type QueuedStep, type ScanQueue } from './scan-queue.ts';
import { tryStep } from './try-step.ts';

export type Bench = {
  readonly record: () => BenchRecord;
  readonly address: () => LineAddress | undefined;
  /** A scan that runs is stopped first. */
  readonly scan: (request: BenchRequest) => Promise<void>;
  readonly stopScan: () => void;
  readonly close: () => Promise<void>;
};

export type BenchParts = {
  readonly open: (address: LineAddress, settings: LineSettings) => OpenByteSource;
  readonly profiles: () => readonly MeterProfile[];
  readonly clock: LineClock;
  /** The console's own meter with this serial number. */
  readonly knownAs: (serialNumber: string | undefined) => string | undefined;
  /** What is being done on the line from now on, for whoever explains its bytes. */
  readonly doing: (step: ScanStep) => void;
  readonly changed: () => void;
  readonly log: (line: string, detail?: unknown) => void;
};

type Scan = {
  readonly request: BenchRequest;
  readonly line: BenchLine;
  readonly queue: ScanQueue;
  readonly stop: AbortController;
  readonly startedAtMonotonicMs: number;
  /** How it ended, as a sentence. */
  outcome: string | undefined;
};

/** The first steps say little of the rate: until then it is what they cost by themselves. */
const RATE_AFTER_MS = 5_000;
/** The line says itself why it is lost; a moment passes before it is seen that it is not open. */
const AFTER_LOSS_MS = 50;

export const IDLE_BENCH: BenchRecord = {
  id: 'bench',
  state: 'idle',
  address: undefined,
  place: undefined,
  trying: undefined,
  tried: 0,
  toTry: 0,
  startedAtMs: undefined,
  expectedEndMs: undefined,
  message: undefined,
  found: [],
};

export function runBench(parts: BenchParts): Bench {
  const { clock } = parts;
  let record = IDLE_BENCH;
  let current: Scan | undefined;
  let closing: Promise<void> = Promise.resolve();

  function become(change: Partial<BenchRecord>): void {
    record = { ...record, ...change };
    parts.changed();
  }

  function isRunning(scan: Scan): boolean {
    return scan === current && !scan.stop.signal.aborted;
  }

  function lineChanged(scan: Scan, { state, place: where, reason }: LineStatus): void {
    if (scan !== current) return;
    if (state === 'lost') become({ state: 'failed', message: reason });
    if (state !== 'open') return;
    const place = describeAddress(scan.request.address, where);
    become({ place, state: isRunning(scan) ? 'scanning' : 'open', message: scan.outcome });
  }

  function progress({ queue, startedAtMonotonicMs }: Scan): Partial<BenchRecord> {
    const { done, left } = queue.costMs();
    const rate = done > RATE_AFTER_MS ? (clock.monotonicMs() - startedAtMonotonicMs) / done : 1;
    return { toTry: record.tried + queue.left(), expectedEndMs: clock.wallMs() + Math.round(left * rate) };
  }

  async function run(scan: Scan): Promise<void> {
    const { queue, line } = scan;
    while (isRunning(scan)) {
      if (queue.mayHearLate()) await passed(RTU_RULES.guardMs);
      const queued = queue.next();
      if (queued === undefined) break;
      become({ trying: describeStep(queued.step), ...progress(scan) });
      if (!(await line.ready(queued.step.settings)) || !isRunning(scan)) return;
      parts.doing(queued.step);
      queue.begin(queued);
      await tryQueued(scan, queued);
    }
    finish(scan);
  }

  async function tryQueued(scan: Scan, queued: QueuedStep): Promise<void> {
    const shared = { line: scan.line, clock, profiles: parts.profiles(), signal: scan.stop.signal };
    const outcome = await tryStep(queued.step, queued.isRepeated, shared);
    if (!isRunning(scan)) return;
    if (outcome.kind === 'lost') return passed(AFTER_LOSS_MS);
    const garbage = outcome.kind === 'nothing' && outcome.garbage;
    scan.queue.tried(queued, { found: outcome.kind === 'found', garbage });
    become({ tried: record.tried + 1 });
    if (outcome.kind === 'found') add(outcome.meter);
  }

  function add(meter: Omit<FoundMeter, 'knownAs'>): void {
    const others = record.found.filter(({ id }) => id !== meter.id);
    become({ found: [...others, { ...meter, knownAs: parts.knownAs(meter.serialNumber) }] });
  }

  function passed(ms: number): Promise<void> {
    return new Promise((resolve) => void clock.after(ms, resolve));
  }

  function finish(scan: Scan): void {
    if (isRunning(scan)) rest(scan, sayOutcome(record.found, scan.queue.garbageAt(), scan.request));
  }

  /** Nothing is tried any more; the line stays open, with the settings of the last step, and is opened again if it is lost. */
  function rest(scan: Scan, outcome: string): void {
    scan.stop.abort();
    scan.outcome = outcome;
    const ended = { trying: undefined, toTry: record.tried, expectedEndMs: undefined };
    become(record.state === 'scanning' ? { ...ended, state: 'open', message: outcome } : ended);
  }

  async function close(): Promise<void> {
    const last = current;
    current = undefined;
    last?.stop.abort();
    if (last !== undefined) become(IDLE_BENCH);
    // Whoever closes while it is being closed waits for the same end.
    closing = Promise.all([closing, last && shut(last.line, parts.log)]).then(() => undefined);
    await closing;
  }

  function begin(request: BenchRequest): Scan {
    // A device server sets its line's speed itself: any other settings of ours would be the same line once more.
    const isRemote = request.address.kind === 'device-server';
    const settings = isRemote ? request.settings.slice(0, 1) : request.settings;
    const scan: Scan = {
      request,
      line: openBenchLine({
        open: (chosen) => parts.open(request.address, chosen),
        clock,
        onStatus: (status) => lineChanged(scan, status),
        onEvent: (event) => {
          if (event.kind === 'late-answer') scan.queue.answeredLate(event.unitAddress);
        },
      }),
      queue: queueScan(planScan({ ...request, settings })),
      stop: new AbortController(),
      startedAtMonotonicMs: clock.monotonicMs(),
      outcome: undefined,
    };
    return scan;
  }

  return {
    record: () => record,
    address: () => current?.request.address,
    scan: async (request) => {
      // Another scan may have begun while this one waited: whoever asks last has the bench.
      do await close();
      while (current !== undefined);
      const scan = begin(request);
      current = scan;
      const { address } = request;
      record = {
        ...IDLE_BENCH,
        state: 'opening',
        address,
        place: describeAddress(address),
        startedAtMs: clock.wallMs(),
      };
      become(progress(scan));
      void run(scan).catch((error: unknown) => {
        parts.log('The scan of a line met a defect.', error);
        if (isRunning(scan))
          rest(
            scan,
            'The scan ended because of a defect in the console. Try again, and copy the log’s details if it stays.',
          );
      });
    },
    stopScan: () => {
      if (current !== undefined && isRunning(current)) rest(current, 'The scan was stopped. What was found stays.');
    },
    close,
  };
}

/** A line that does not close is told of; the bench is not lost with it. */
async function shut(line: BenchLine, log: BenchParts['log']): Promise<void> {
  try {
    await line.close();
  } catch (error) {
    log('The line of the bench did not close.', error);
  }
}
