/** Brings metering to life: the lines that are declared, their meters, their feeds and answers. */
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { Store } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { OpenByteSource } from '../serial/byte-source.ts';
import type { ListAdapters } from '../serial/line-address.ts';
import { REAL_LINE_CLOCK, type LineClock } from '../serial/line-clock.ts';
import { openLine } from '../serial/open-line.ts';
import { watchMetering, type AlarmsOfMetering } from './alarms/watch-metering.ts';
import { startBalance, type Balance } from './balance/start-balance.ts';
import { answerIntervals } from './intervals/interval-answers.ts';
import { startCommissioning } from './commissioning/commissioning-answers.ts';
import { findFault, type DeclaredLine, type LineOrigin } from './lines/declared-line.ts';
import { putLines, readLines } from './lines/line-table.ts';
import { readMeterEvents } from './meter-event-table.ts';
import { readMeterHistory } from './readings/meter-history.ts';
import { beginSeries } from './meters/begin-series.ts';
import { openMeterBooks } from './meters/meter-books.ts';
import { openMeterProfiles, type MeterProfiles } from './meters/meter-profiles.ts';
import { openStandings } from './meters/meter-standings.ts';
import { readMeters, type NumberedMeter } from './meters/meter-table.ts';
import { runLine } from './lines/run-line.ts';
import { runLines } from './lines/running-lines.ts';
import { storeReadings } from './readings/store-readings.ts';
import type { NewReading } from './readings/write-readings.ts';
import { startSignedValues, type SignedValues } from './signed/start-signed-values.ts';

export type Metering = {
  /** Of this origin these lines and no others, from now on and after the next start. What did not change is not disturbed. */
  readonly declareLines: (origin: LineOrigin, lines: readonly DeclaredLine[]) => Result<void>;
  readonly billedBy: Balance['billedBy'];
  readonly onKeyDecided: SignedValues['onKeyDecided'];
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
  /** Absent where nobody answers alarms. */
  readonly alarms?: AlarmsOfMetering | undefined;
  readonly profiles?: MeterProfiles;
  readonly lineClock?: LineClock;
  /** How a line's bytes are reached; tests bring their own. */
  readonly openSource?: (line: DeclaredLine) => OpenByteSource;
};

export function startMetering(parts: MeteringParts): Metering {
  const { store, clock, log, lineClock = REAL_LINE_CLOCK, profiles = openMeterProfiles() } = parts;
  const openSource =
    parts.openSource ?? ((line: DeclaredLine) => openLine(line.address, line.settings, parts.listAdapters));
  const standings = openStandings(store);
  let meters: readonly NumberedMeter[] = [];
  let lines: readonly DeclaredLine[] = [];
  let started = false;
  const balance = startBalance({ ...parts, profiles });
  const books = openMeterBooks({ store, profiles, lineClock, changed: (record) => meterTopic.upsert([record]) });
  const running = runLines({
    clock: lineClock,
    openSource: (line) => commissioning.traced(line, openSource(line)),
    begin: (line, open, before) =>
      runLine({
        line,
        open,
        before,
        meters,
        profiles,
        standings,
        bookOf: books.of,
        profileClock: clock,
        addReading,
        clock: lineClock,
        note: readings.note,
        changed: () => lineTopic.upsert([running.recordOf(line)]),
        log,
      }),
    log,
  });

  const seen = { meters: books.records, lines: () => lines.map(running.recordOf) };
  const meterTopic = parts.feeds.open('metering/meters', { load: seen.meters });
  const lineTopic = parts.feeds.open('metering/lines', { load: seen.lines });
  const watch = watchMetering({ alarms: parts.alarms, lineClock, ...seen });
  const readings = storeReadings({
    store,
    clock,
    lineClock,
    profiles,
    log,
    onStored: books.stored,
    onRefused: books.refused,
  });

  function addReading(reading: NewReading): void {
    if (reading.refusal === undefined) standings.accepted(reading);
    readings.add(reading);
  }

  function follow(): void {
    const before = { meters, lines };
    lines = readLines(store);
    meters = readMeters(store);
    books.declare(meters);
    meterTopic.upsert(seen.meters());
    meterTopic.remove(missingIn(meters, before.meters));
    lineTopic.remove(missingIn(lines, before.lines));
    if (!started) return;
    running.follow(lines);
    lineTopic.upsert(seen.lines());
  }

  answerIntervals(parts.answers, { store, clock, profiles });
  parts.answers.query('metering/meter-history', (input) => readMeterHistory(store, profiles, input));
  parts.answers.query('metering/events', ({ meterId, limit }) => ({ events: readMeterEvents(store, meterId, limit) }));
  parts.answers.command('metering/begin-series', (input, { operator }) =>
    beginSeries({ store, clock, lineClock, standings }, input, operator),
  );
  const signedValues = startSignedValues(parts);
  const commissioning = startCommissioning({
    ...parts,
    lineClock,
    profiles,
    listAdapters: parts.listAdapters ?? (async () => []),
    open: (address, settings) => openLine(address, settings, parts.listAdapters),
    lines: () => lines,
    meterOf: (serialNumber) => seen.meters().find((meter) => meter.serialNumber === serialNumber)?.name,
    follow,
  });
  follow();

  return {
    declareLines: (origin, declared) => {
      const others = lines.filter((line) => line.origin !== origin);
      const fault = findFault([...others, ...declared]);
      if (fault !== undefined) return refuse('bad-lines', fault);
      store.write((tx) => putLines(tx, origin, declared, Math.round(clock.nowMs())));
      follow();
      return accept(undefined);
    },
    billedBy: balance.billedBy,
    onKeyDecided: signedValues.onKeyDecided,
    start: () => {
      started = true;
      follow();
      watch.start();
      balance.start();
    },
    stop: () => {
      watch.stop();
      balance.stop();
      commissioning.stop();
      running.stop();
      readings.stop();
    },
  };
}

function missingIn(now: readonly { readonly id: string }[], before: readonly { readonly id: string }[]): string[] {
  return before.filter(({ id }) => !now.some((one) => one.id === id)).map(({ id }) => id);
}
