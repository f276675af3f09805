/** An instant in full, for hovering: the local time with its zone, then UTC. */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { formatInZone, zoneName } from './zone-time.ts';

export function describeInstant(atMs: EpochMs, zone: string): string {
  const local = `${formatInZone(atMs, zone, 'day')} ${formatInZone(atMs, zone, 'time')} ${zoneName(zone, atMs)}`;
  return `${local} (${formatInZone(atMs, 'UTC', 'time')} UTC)`;
}
