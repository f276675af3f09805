/**
 * The one way a live value is put on the screen: fresh as it is; older, it is dimmed, hatched and says how old. The age
 * ticks in here, so nothing around it renders for the passing of time.
 */
import type { ReactNode } from 'react';
import type { Freshness } from '../../shared/domain/fleet/freshness.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { freshnessNow, lateRule } from './freshness-now.ts';
import './fleet.css';

type LiveValueProps = {
  /** When the source measured it; undefined: it never did. */
  readonly atMs: number | undefined;
  /** The depot's zone. */
  readonly zone: string;
  readonly children: ReactNode;
};

export function LiveValue({ atMs, zone, children }: LiveValueProps) {
  const now = useNow();
  const freshness = freshnessNow(atMs, now);
  if (freshness === 'never' || atMs === undefined)
    return (
      <span className="live-value stale" title="No report has ever been received.">
        never reported
      </span>
    );
  return (
    <span className={`live-value ${freshnessClass(freshness)}`} title={measured(atMs, zone)}>
      {children}
      {freshness !== 'fresh' && <span className="live-age"> · {wholeAge(now - atMs)} ago</span>}
    </span>
  );
}

/** `position 1 s`, ticking. */
export function LiveAge({
  atMs,
  zone,
  what,
}: {
  readonly atMs: number | undefined;
  readonly zone: string;
  readonly what: string;
}) {
  const now = useNow();
  const freshness = freshnessNow(atMs, now);
  if (atMs === undefined || freshness === 'never') return <span className="live-value stale">{what} never</span>;
  return (
    <span className={`live-value ${freshnessClass(freshness)}`} title={measured(atMs, zone)}>
      {what} {wholeAge(now - atMs)}
      {freshness === 'fresh' ? '' : ' ago'}
    </span>
  );
}

export function freshnessClass(freshness: Freshness): string {
  return freshness === 'fresh' ? '' : 'stale';
}

function measured(atMs: number, zone: string): string {
  return [`Measured ${describeInstant(atMs, zone)}.`, lateRule()].filter(Boolean).join(' ');
}
