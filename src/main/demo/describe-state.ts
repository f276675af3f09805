/** The demo's own view of everything, for tests that compare what a console shows with what is true. */
import type { DemoClock } from './demo-clock.ts';
import type { EventLog } from './log/event-log.ts';
import { viewLog } from './log/log-view.ts';
import type { TelemetryWindow } from './log/telemetry-window.ts';
import { ALL_STREAMS } from './marketplace/page-feeder.ts';

export type StateParts = {
  readonly log: EventLog;
  readonly telemetry: TelemetryWindow;
  readonly clock: DemoClock;
  readonly effects: Record<string, number>;
  readonly lines: unknown;
};

export function describeState({ log, telemetry, clock, effects, lines }: StateParts): unknown {
  const view = viewLog(log);
  const heads = Object.fromEntries(
    ALL_STREAMS.map((stream) => [stream, stream === 'telemetry' ? telemetry.head() : log.head(stream)]),
  );
  return {
    log_id: log.logId,
    virtual_ms: clock.nowMs(),
    heads,
    oldest: { telemetry: telemetry.oldest() },
    fleet: { depots: Object.fromEntries(view.depots), vehicles: Object.fromEntries(view.vehicles) },
    network: { locations: Object.fromEntries(view.locations), evses: Object.fromEntries(view.evses) },
    sessions: Object.fromEntries(view.sessions),
    commands: Object.fromEntries(view.results),
    records: Object.fromEntries(view.records),
    effects,
    lines,
  };
}
