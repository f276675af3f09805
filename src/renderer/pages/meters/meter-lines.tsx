/** The serial lines as cards: below the list of meters, and beside the marketplace on the Links page. */
import { useNavigate } from '@tanstack/react-router';
import { useFeed } from '../../link/use-feed.ts';
import { LineCard } from '../../metering/line/line-card.tsx';
import type { Metering } from '../../metering/use-metering.ts';

type MeterLinesProps = {
  readonly metering: Metering;
  readonly onMeter: (meterId: string) => void;
  /** Beside a list of the meters, which need not be said twice. */ readonly isBrief?: boolean;
};

export function MeterLines({ metering, onMeter, isBrief = false }: MeterLinesProps) {
  const navigate = useNavigate();
  const depots = useFeed('fleet/depots').records;
  return (
    <div className="line-cards" role="group" aria-label="Meter lines">
      {[...metering.lines.values()].map((line) => {
        const meters = metering.metersOf(line.id);
        const names = new Set(meters.map((meter) => depots.get(meter.depotId)?.name ?? meter.depotId));
        return (
          <LineCard
            key={line.id}
            line={line}
            meters={meters}
            depotNames={[...names].join(', ')}
            onMeter={onMeter}
            onTrace={() => void navigate({ to: '/commissioning', search: { trace: line.id } } as never)}
            isBrief={isBrief}
          />
        );
      })}
    </div>
  );
}
