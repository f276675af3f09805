/**
 * What the demo sets aside ahead in its log, so that after a crash neither clock nor telemetry offsets nor registers run
 * backwards: clock and offsets up to which anything may be shown, and what the meters had counted when it was written.
 * The registers themselves are not reserved ahead: from there on they follow from the plan and the clock.
 */
import type { LogRecord } from './log/log-entries.ts';
import type { MeterCheckpoint, SiteMeters } from './metering/site-meters.ts';

export type Ceiling = {
  readonly clockMs: number | undefined;
  readonly telemetryOffset: number;
  readonly meters: MeterCheckpoint | undefined;
};

export function ceilingRecord(clockMs: number, telemetryOffset: number, siteMeters: SiteMeters): LogRecord {
  return { kind: 'ceiling', clockMs, telemetryOffset, meters: siteMeters.checkpoint() };
}

/** The newest one of a log. A log from before there were meters has none of theirs. */
export function findCeiling(records: readonly LogRecord[]): Ceiling {
  const found = records.findLast((record) => record.kind === 'ceiling') as Partial<Ceiling> | undefined;
  return { clockMs: found?.clockMs, telemetryOffset: found?.telemetryOffset ?? 0, meters: found?.meters };
}
