/** What a vehicle says of itself, each value with its unit and freshness, beside what is known of it for good. */
import { useEffect, useState, type ReactNode } from 'react';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import { onTick } from '../../instruments/clock/profile-clock.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { distanceM, formatDistance } from '../distance.ts';
import { HEADING_LOOKS } from '../filter/heading-look.ts';
import { HeadingMark } from '../filter/heading-mark.tsx';
import { LiveValue } from '../live-value.tsx';
import { telemetry, type TelemetryRow } from '../telemetry-store.ts';
import '../fleet.css';

/** One vehicle's latest report, read twice a second: as fast as a person takes in a number. */
export function useReport(vehicleNumber: number): TelemetryRow | undefined {
  const [report, setReport] = useState(() => telemetry.read(vehicleNumber));
  useEffect(() => {
    const read = () =>
      setReport((before) => {
        const next = telemetry.read(vehicleNumber);
        return before?.atMs === next?.atMs && before?.latitude === next?.latitude ? before : next;
      });
    setReport(telemetry.read(vehicleNumber));
    return onTick(500, read);
  }, [vehicleNumber]);
  return report;
}

type VehicleFactsProps = { readonly vehicle: Vehicle; readonly depot: Depot | undefined; readonly zone: string };

export function VehicleFacts({ vehicle, depot, zone }: VehicleFactsProps) {
  const report = useReport(vehicle.number);
  const live = (children: ReactNode) => (
    <LiveValue atMs={report?.atMs} zone={zone}>
      {children}
    </LiveValue>
  );
  const activity = report?.activity ?? 'stale';
  return (
    <dl className="fact-list">
      <Fact name="Activity">
        {live(
          <>
            <HeadingMark heading={activity} /> {HEADING_LOOKS[activity].word}
          </>,
        )}
      </Fact>
      <Fact name="Charge, %">{live(report?.socPercent.toFixed(1))}</Fact>
      <Fact name="Speed, km/h">{live(Math.round(report?.speedKmh ?? 0))}</Fact>
      <Fact name="Battery, °C">{live(report?.batteryTempC)}</Fact>
      <Fact name="From its depot">
        {report !== undefined && depot !== undefined
          ? live(`${formatDistance(distanceM(report, depot))} ${headingWord(report)}`)
          : live('')}
      </Fact>
      <Fact name="Position, °">{live(`${report?.latitude.toFixed(5)}, ${report?.longitude.toFixed(5)}`)}</Fact>
      <Fact name="Depot">{depot?.name ?? vehicle.depotId}</Fact>
      <Fact name="Usable battery, kWh">{decimals(vehicle.usableCapacityWh / 1000, 1)}</Fact>
      <Fact name="Takes at most, kW">{takes(vehicle)}</Fact>
    </dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What a vehicle cannot take at all is not worth a zero. */
function takes(vehicle: Vehicle): string {
  const parts = [
    ...(vehicle.maxAcW > 0 ? [`${decimals(vehicle.maxAcW / 1000, 0, 1)} AC`] : []),
    ...(vehicle.maxDcW > 0 ? [`${decimals(vehicle.maxDcW / 1000, 0, 1)} DC`] : []),
  ];
  return parts.join(' · ') || '–';
}

const WINDS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'] as const;

/** A standing vehicle heads nowhere. */
function headingWord(report: TelemetryRow): string {
  if (report.speedKmh < 1) return '';
  return `· heading ${WINDS[Math.round(report.headingDeg / 45) % 8] ?? 'north'}`;
}
