/** The meters and the lines they hang on, as the window knows them. */
import { useMemo } from 'react';
import type { LineRecord, MeterRecord } from '../../shared/ipc/metering/metering-contract.ts';
import type { StorePhase } from '../link/record-store.ts';
import { useFeed } from '../link/use-feed.ts';

export type Metering = {
  /** Of the two feeds the one that is worse off: both are needed for a true word. */
  readonly phase: StorePhase;
  readonly meters: ReadonlyMap<string, MeterRecord>;
  readonly lines: ReadonlyMap<string, LineRecord>;
  /** In the order of their unit addresses. */
  readonly metersOf: (lineId: string) => readonly MeterRecord[];
};

export function useMetering(): Metering {
  const meters = useFeed('metering/meters');
  const lines = useFeed('metering/lines');
  return useMemo(() => {
    const isBroken = meters.phase === 'broken' || lines.phase === 'broken';
    const isReady = meters.phase === 'ready' && lines.phase === 'ready';
    return {
      phase: isBroken ? 'broken' : isReady ? 'ready' : 'loading',
      // The store changes its maps in place; whoever remembers by identity needs a new one.
      meters: new Map(meters.records),
      // While the backend is gone nobody says how a line does, and no value is the present.
      lines: isBroken ? new Map() : new Map(lines.records),
      metersOf: byLine(meters.records.values()),
    };
  }, [meters, lines]);
}

function byLine(meters: Iterable<MeterRecord>): Metering['metersOf'] {
  const groups = new Map<string, MeterRecord[]>();
  for (const meter of meters) {
    const group = groups.get(meter.lineId);
    if (group === undefined) groups.set(meter.lineId, [meter]);
    else group.push(meter);
  }
  for (const group of groups.values()) group.sort((one, other) => (one.unitAddress ?? 0) - (other.unitAddress ?? 0));
  return (lineId) => groups.get(lineId) ?? [];
}
