/** A meter's standing as React state: renewed with the clocks, since a silence changes it without anybody saying a word. */
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useNow, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { meterFreshnessNow } from '../meter-freshness-now.ts';
import { judgeMeter, type MeterStanding } from './meter-standing.ts';

export function useMeterStanding(meter: MeterRecord, line: LineRecord | undefined): MeterStanding {
  const now = useNow();
  const wallNowMs = useWallNow(500);
  return judgeMeter({ meter, line, freshness: meterFreshnessNow(meter.latest?.atMs, now), wallNowMs });
}
