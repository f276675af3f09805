/** The serial lines as cards: below the list of meters, and beside the marketplace on the Links page. */
import { useFeed } from '../../link/use-feed.ts';
import { LineCard } from '../../metering/line/line-card.tsx';
import type { Metering } from '../../metering/use-metering.ts';

type MeterLinesProps = { readonly metering: Metering; readonly onMeter: (meterId: string) => void };

export function MeterLines({ metering, onMeter }: MeterLinesProps) {
  const depots = useFeed('fleet/depots').records;
  return (
    <div className="line-cards" role="group" aria-label="Meter lines">
      {[...metering.lines.values()].map((line) => {
        const meters = metering.metersOf(line.id);
        const names = new Set(meters.map((meter) => depots.get(meter.depotId)?.name ?? meter.depotId));
        return (
          <LineCard key={line.id} line={line} meters={meters} depotNames={[...names].join(', ')} onMeter={onMeter} />
        );
      })}
    </div>
  );
}
