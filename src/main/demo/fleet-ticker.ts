/**
 * The heartbeat: samples the fleet, puts positions into the telemetry window, lets the meters measure and the ledger write
 * what changed.
 * Invariant: no instant is shown and no telemetry offset given out beyond what the log has set aside, so that after a
 * crash neither clock nor offsets run backwards.
 *
 * Rates: at x1 a frame a second, at x10 and x60 two a second (5 and 30 virtual seconds apart). A fleet above 1 000
 * vehicles is sampled in quarters, four frames a second, so that no single beat blocks the loop. Vehicles that stand
 * report every fifth time. Meters measure when the whole fleet has been sampled once: once or twice a second.
 */
import type { DemoClock } from './demo-clock.ts';
import { DEMO_DEPOTS } from './demo-depots.ts';
import type { DemoWorld } from './demo-world.ts';
import type { EventLog } from './log/event-log.ts';
import { ceilingRecord } from './ceiling-record.ts';
import type { DutyRoster } from './yard/duty-roster.ts';
import type { RecordOffice } from './commerce/record-office.ts';
import type { SiteMeters } from './metering/site-meters.ts';
import { createFleetFrame, type FleetSchedule } from './fleet/fleet-schedule.ts';
import type { ScriptedFaults } from './scripted-faults.ts';
import type { SessionLedger } from './marketplace/session-ledger.ts';
import { telematicsDelayMs } from './fleet/telematics.ts';
import type { TelemetryWindow } from './log/telemetry-window.ts';

export type TickerParts = {
  readonly world: DemoWorld;
  readonly schedule: FleetSchedule;
  readonly ledger: SessionLedger;
  readonly telemetry: TelemetryWindow;
  readonly log: EventLog;
  readonly clock: DemoClock;
  readonly faults: ScriptedFaults;
  readonly siteMeters: SiteMeters;
  readonly office: RecordOffice;
  readonly duties: Pick<DutyRoster, 'work'>;
  readonly onTelemetry: () => void;
};

export type FleetTicker = { readonly start: () => void; readonly stop: () => void; readonly raise: () => void };

const BATCH = 200;
/** From here on in `ACTIVITIES` there may be a session. */
const PLUGGED = 2;
const LEAD_WALL_MS = 5000;
const OFFSETS_AHEAD = 1000;

export function createFleetTicker(parts: TickerParts): FleetTicker {
  const { world, schedule, ledger, telemetry, log, clock, siteMeters } = parts;
  const count = world.roster.length;
  const slices = count > 1000 ? 4 : 1;
  const frame = createFleetFrame(count);
  let beat = 0;
  let timer: NodeJS.Timeout | undefined;
  let ceilingMs = 0;
  let ceilingOffset = 0;
  let raising = false;

  const raiseCeiling = async (): Promise<void> => {
    if (raising) return;
    raising = true;
    const clockMs = clock.nowMs() + LEAD_WALL_MS * clock.line().rate;
    const offset = telemetry.head() + OFFSETS_AHEAD;
    await log.append([], [ceilingRecord(clockMs, offset, siteMeters)]);
    ceilingMs = clockMs;
    ceilingOffset = offset;
    raising = false;
  };
  const raise = (): void => void raiseCeiling().catch(() => undefined);

  const report = (atMs: number, from: number, to: number): void => {
    const rowsByDelay = new Map<number, number[]>();
    for (let row = from; row < to; row++) {
      const moving = frame.activity[row] === 0;
      if (!moving && (row + Math.floor(beat / slices)) % 5 !== 0) continue;
      if (isSilenced(parts.faults, row)) continue;
      const delayMs = telematicsDelayMs(world.seed, row, atMs);
      if (delayMs < 0) continue;
      const rows = rowsByDelay.get(delayMs);
      if (rows) rows.push(row);
      else rowsByDelay.set(delayMs, [row]);
    }
    for (const [delayMs, rows] of rowsByDelay) {
      if (delayMs > 0) for (const row of rows) schedule.sample(frame, atMs - delayMs, row, row + 1);
      for (let begin = 0; begin < rows.length; begin += BATCH) {
        telemetry.append(frame, rows.slice(begin, begin + BATCH), atMs - delayMs);
      }
    }
    parts.onTelemetry();
  };

  const beatEveryMs = (): number => (slices > 1 ? 250 : clock.line().rate === 1 ? 1000 : 500);
  /** Virtual time between two beats. */
  const strideMs = (): number => beatEveryMs() * clock.line().rate;

  const tick = (): void => {
    const atMs = Math.floor(clock.nowMs() / strideMs()) * strideMs();
    const { rate } = clock.line();
    if (ceilingMs - atMs < (LEAD_WALL_MS * rate) / 2 || ceilingOffset - telemetry.head() < OFFSETS_AHEAD / 2) raise();
    if (atMs > ceilingMs || telemetry.head() + BATCH > ceilingOffset) return;
    const slice = beat % slices;
    const from = Math.floor((count * slice) / slices);
    const to = Math.floor((count * (slice + 1)) / slices);
    if (slice === 0) siteMeters.advance(atMs);
    schedule.sample(frame, atMs, from, to);
    const entries = slice === 0 ? ledger.followEvses(atMs) : [];
    for (let row = from; row < to; row++) {
      if ((frame.activity[row] ?? 0) >= PLUGGED || ledger.openOf(row)) entries.push(...ledger.follow(row, atMs));
    }
    parts.office.watch(entries);
    if (slice === 0) entries.push(...parts.office.work(atMs), ...parts.duties.work(atMs));
    if (entries.length > 0) void log.append(entries).catch(() => undefined);
    report(atMs, from, to);
    beat += 1;
  };

  const wait = (): void => {
    const everyMs = beatEveryMs();
    timer = setTimeout(
      () => {
        tick();
        wait();
      },
      everyMs - (Date.now() % everyMs),
    );
  };
  return {
    start: () => {
      raise();
      wait();
    },
    stop: () => clearTimeout(timer),
    raise,
  };
}

function isSilenced(faults: ScriptedFaults, row: number): boolean {
  const fault = faults.active('telematics-silent');
  if (!fault) return false;
  return fault.depotId === undefined || fault.depotId === DEMO_DEPOTS[row % DEMO_DEPOTS.length]?.id;
}
