/** The one way a meter's value is put on the screen: plain while it is the present, else dimmed, hatched and aged. */
import type { ReactNode } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { METER_STALE_AFTER_MS } from '../../../shared/domain/metering/meter-freshness.ts';
import { clockRate, lateRule } from '../../fleet/freshness-now.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import '../../fleet/fleet.css';

type MeterValueProps = {
  readonly latest: MeterRecord['latest'];
  readonly isCurrent: boolean;
  readonly zone: string;
  readonly children: ReactNode;
};

export function MeterValue({ latest, isCurrent, zone, children }: MeterValueProps) {
  if (latest === undefined)
    return (
      <span className="live-value stale" title="No reading of this meter is stored.">
        no reading yet
      </span>
    );
  const title = [`Read ${describeInstant(latest.atMs, zone)}.`, lateRule(clockRate(), METER_STALE_AFTER_MS)]
    .filter(Boolean)
    .join(' ');
  return (
    <span className={isCurrent ? 'live-value' : 'live-value stale'} title={title}>
      {children}
    </span>
  );
}

/** `2 s ago`: beside every value, fresh or not. */
export function ReadingAge(props: Omit<MeterValueProps, 'children'>) {
  const now = useNow();
  const { latest } = props;
  if (latest === undefined) return null;
  return <MeterValue {...props}>{`${wholeAge(now - latest.atMs)} ago`}</MeterValue>;
}
