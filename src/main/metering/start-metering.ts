/** Brings metering to life: the lines that are declared, their meters, their feeds and answers. */
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { LineRecord, MeterRecord } from '../../shared/ipc/metering-contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { Store } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { OpenByteSource } from '../serial/byte-source.ts';
import type { ListAdapters } from '../serial/line-address.ts';
import { REAL_LINE_CLOCK, type LineClock } from '../serial/line-clock.ts';
import { openLine } from '../serial/open-line.ts';
import { decodeReading } from './codec/decode-registers.ts';
import { findFault, restingRecord, type DeclaredLine } from './lines/declared-line.ts';
import { judgeAnswers } from './lines/judge-answer.ts';
import { putLines, readLines } from './lines/line-table.ts';
import { readMeterEvents } from './meter-event-table.ts';
import { readMeterHistory } from './readings/meter-history.ts';
import { openMeterProfiles, type MeterProfiles } from './meters/meter-profiles.ts';
import { openMeterBook, type MeterBook } from './meters/meter-records.ts';
import { openStandings } from './meters/meter-standings.ts';
import { readMeters, type NumberedMeter } from './meters/meter-table.ts';
import { pollLine, type PolledLine } from './lines/poll-line.ts';
import { pollMeter } from './lines/poll-meter.ts';
import { readLatest } from './readings/reading-table.ts';
import { storeReadings } from './readings/store-readings.ts';
import type { NewReading } from './readings/write-readings.ts';

export type Metering = {
  /** These lines and no others, from now on and after the next start. What did not change is not disturbed. */
  readonly declareLines: (lines: readonly DeclaredLine[]) => Result<void>;
  /** Opens the lines. */
  readonly start: () => void;
  readonly stop: () => void;
};

export type MeteringParts = {
  readonly store: Store;
  readonly feeds: FeedHub;
  readonly answers: AnswerRegistry;
  /** The profile's clock. */
  readonly clock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly listAdapters?: ListAdapters | undefined;
  readonly profiles?: MeterProfiles;
  readonly lineClock?: LineClock;
  /** How a line's bytes are reached; tests bring their own. */
  readonly openSource?: (line: DeclaredLine) => OpenByteSource;
};

type RunningLine = { readonly declared: string; readonly polled: PolledLine };

export function startMetering(parts: MeteringParts): Metering {
  const { store, clock, log, lineClock = REAL_LINE_CLOCK, profiles = openMeterProfiles() } = parts;
  const openSource =
    parts.openSource ?? ((line: DeclaredLine) => openLine(line.address, line.settings, parts.listAdapters));
  const books = new Map<string, MeterBook>();
  const bookOfNumber = new Map<number, MeterBook>();
  const running = new Map<string, RunningLine>();
  const ended = new Map<string, LineRecord>();
  const turns = takeTurns();
  const standings = openStandings(store);
  let meters: readonly NumberedMeter[] = [];
  let lines: readonly DeclaredLine[] = [];
  let started = false;

  const meterTopic = parts.feeds.open('metering/meters', {
    load: () => meters.flatMap(({ id }) => books.get(id)?.record() ?? []),
  });
  const lineTopic = parts.feeds.open('metering/lines', { load: () => lines.map(recordOf) });
  const readings = storeReadings({
    store,
    clock,
    lineClock,
    log,
    onStored: (stored) => {
      for (const reading of stored) bookOfNumber.get(reading.meterNumber)?.stored(reading);
    },
    onRefused: (meterNumbers, error) => {
      const why = error instanceof Error ? error.message : String(error);
      for (const number of meterNumbers)
        bookOfNumber.get(number)?.fault(`The console’s store refused the reading; it is kept and tried again. ${why}`);
    },
  });

  function recordOf(line: DeclaredLine): LineRecord {
    return running.get(line.id)?.polled.record() ?? restingRecord(line, lineClock.wallMs());
  }

  /** A withdrawn meter's last reading may be stored after it is gone. */
  function changed(record: MeterRecord): void {
    if (meters.some(({ id }) => id === record.id)) meterTopic.upsert([record]);
  }

  function openBooks(): void {
    for (const meter of meters) {
      const profile = profiles.of(meter.profile);
      const model = profile.ok ? profile.value.model : meter.profile;
      const known = books.get(meter.id);
      if (known !== undefined) {
        known.declare(meter, model);
        if (!profile.ok) known.fault(profile.message);
        continue;
      }
      const book = openMeterBook(meter, model, lineClock, changed);
      books.set(meter.id, book);
      bookOfNumber.set(meter.number, book);
      const latest = readLatest(store, meter.number);
      const readBy = latest === undefined ? undefined : profiles.of(latest.profile);
      if (latest !== undefined && readBy?.ok === true) {
        const { values } = decodeReading(readBy.value, latest.registers);
        book.stored({ atMs: latest.atMs, serialNumber: latest.serialNumber, values, refusal: undefined });
      }
      if (!profile.ok) book.fault(profile.message);
    }
    meterTopic.upsert(meters.flatMap(({ id }) => books.get(id)?.record() ?? []));
  }

  function addReading(reading: NewReading): void {
    if (reading.refusal === undefined) standings.accepted(reading);
    readings.add(reading);
  }

  function run(line: DeclaredLine): void {
    const polledMeters = meters
      .filter(({ lineId }) => lineId === line.id)
      .flatMap((meter) => {
        const profile = profiles.of(meter.profile);
        const book = books.get(meter.id);
        if (!profile.ok || book === undefined) return [];
        const shared = { meter, profile: profile.value, book, lineClock, note: readings.note };
        const standing = standings.of(meter.number, profile.value);
        return pollMeter({ ...shared, judge: judgeAnswers({ ...shared, standing, clock, addReading }) });
      });
    const polled = pollLine({
      line,
      meters: polledMeters,
      open: turns.open(line.id, openSource(line)),
      clock: lineClock,
      before: ended.get(line.id),
      note: readings.note,
      changed: () => lineTopic.upsert([recordOf(line)]),
      log,
    });
    running.set(line.id, { declared: JSON.stringify(line), polled });
  }

  function end(id: string, { polled }: RunningLine): void {
    ended.set(id, polled.record());
    running.delete(id);
    const closed = polled.stop().catch((error: unknown) => log(`The line ${id} did not close.`, error));
    turns.closes(id, closed);
  }

  function follow(): void {
    const before = [...meters, ...lines].map(({ id }) => id);
    lines = readLines(store);
    meters = readMeters(store);
    openBooks();
    const now = new Set([...meters, ...lines].map(({ id }) => id));
    const gone = before.filter((id) => !now.has(id));
    meterTopic.remove(gone.filter((id) => books.has(id)));
    lineTopic.remove(gone.filter((id) => !books.has(id)));
    if (!started) return;
    for (const [id, line] of running)
      if (line.declared !== JSON.stringify(lines.find((declared) => declared.id === id))) end(id, line);
    for (const line of lines) if (!running.has(line.id)) run(line);
    lineTopic.upsert(lines.map(recordOf));
  }

  parts.answers.query('metering/meter-history', (input) => readMeterHistory(store, profiles, input));
  parts.answers.query('metering/events', ({ meterId, limit }) => ({ events: readMeterEvents(store, meterId, limit) }));
  follow();

  return {
    declareLines: (declared) => {
      const fault = findFault(declared);
      if (fault !== undefined) return refuse('bad-lines', fault);
      store.write((tx) => putLines(tx, declared, lineClock.wallMs()));
      follow();
      return accept(undefined);
    },
    start: () => {
      started = true;
      follow();
    },
    stop: () => {
      for (const [id, line] of running) end(id, line);
      readings.stop();
    },
  };
}

/** A line opens after it was closed: a port that is still ours would be refused to us, and a device server has room for one. */
function takeTurns() {
  const closing = new Map<string, Promise<void>>();
  return {
    closes: (id: string, closed: Promise<void>) => closing.set(id, closed),
    open:
      (id: string, open: OpenByteSource): OpenByteSource =>
      async () => {
        await closing.get(id);
        return open();
      },
  };
}
