/** One vehicle, whole: its reports, its last hours, its charging and what was asked of it. */
import type { ReactNode } from 'react';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { LiveAge } from '../../fleet/live-value.tsx';
import { useReport, VehicleFacts } from '../../fleet/vehicle/vehicle-facts.tsx';
import { VehicleHistoryChart } from '../../fleet/vehicle/vehicle-history.tsx';
import { chargePointName } from '../../marketplace/charge-point/charge-point-words.ts';
import { CommandList } from '../../marketplace/session/command-list.tsx';
import { SessionFacts } from '../../marketplace/session/session-facts.tsx';
import { useVehicleCharging, type VehicleCharging } from '../../marketplace/session/vehicle-charging.ts';

export type DetailActs = {
  readonly isFollowed: boolean;
  readonly onFollow: () => void;
  readonly onStart: () => void;
  readonly onFindPlace: () => void;
  readonly onStop: (charging: VehicleCharging) => void;
  readonly onClose: () => void;
};

type VehicleDetailProps = DetailActs & { readonly vehicle: Vehicle; readonly depot: Depot | undefined };

export function VehicleDetail(props: VehicleDetailProps) {
  const { vehicle, depot } = props;
  const zone = depot?.timeZone ?? 'UTC';
  const charging = useVehicleCharging(vehicle.id);
  const labelOf = (command: SessionCommand) => {
    const key = command.evseKey ?? charging.session?.evseKey;
    if (key === undefined) return 'session';
    const evse = charging.evses.get(key);
    return `at ${evse === undefined ? key : chargePointName(evse)}`;
  };
  return (
    <section className="card vehicle-detail" aria-label={`Vehicle ${vehicle.registration}`}>
      <header>
        <h2>{vehicle.registration}</h2>
        <small className="detail-age">
          <ReportAge vehicle={vehicle} zone={zone} />
        </small>
        <small className="detail-model" title={vehicle.model}>
          {vehicle.model}
        </small>
        <DetailActions {...props} charging={charging} />
      </header>
      <div className="detail-body">
        {charging.commands.length > 0 && (
          <CommandList label="Last command" commands={charging.commands.slice(0, 1)} labelOf={labelOf} zone={zone} />
        )}
        <SessionFacts charging={charging} zone={zone} />
        <Rule />
        <VehicleFacts vehicle={vehicle} depot={depot} zone={zone} />
        <VehicleHistoryChart vehicleId={vehicle.id} zone={zone} />
        {charging.commands.length > 1 && (
          <>
            <Rule />
            <CommandList label="Earlier commands" commands={charging.commands.slice(1)} labelOf={labelOf} zone={zone} />
          </>
        )}
      </div>
    </section>
  );
}

function Rule(): ReactNode {
  return <hr />;
}

/** Position and charge come in one report, so they share their age. */
function ReportAge({ vehicle, zone }: { readonly vehicle: Vehicle; readonly zone: string }) {
  return <LiveAge atMs={useReport(vehicle.number)?.atMs} zone={zone} what="report" />;
}

function DetailActions(props: VehicleDetailProps & { readonly charging: VehicleCharging }) {
  const { charging } = props;
  return (
    <span className="end">
      <button
        type="button"
        className="btn"
        aria-pressed={props.isFollowed}
        onClick={props.onFollow}
        title={`Keep the map on ${props.vehicle.registration} (F)`}
      >
        Follow
      </button>
      <button
        type="button"
        className="btn"
        onClick={props.onFindPlace}
        title={`Find a place to charge for ${props.vehicle.registration}: what is free, what it costs (P)`}
      >
        Find a place
      </button>
      {charging.isRunning ? (
        <button
          type="button"
          className="btn primary"
          disabled={charging.whyNotStop !== undefined}
          title={charging.whyNotStop ?? `Stop the running session of ${props.vehicle.registration} (X)`}
          onClick={() => props.onStop(charging)}
        >
          Stop charging
        </button>
      ) : (
        <button
          type="button"
          className="btn primary"
          onClick={props.onStart}
          title={`Choose a charge point for ${props.vehicle.registration} (C)`}
        >
          Start charging…
        </button>
      )}
      <button
        type="button"
        className="btn quiet"
        onClick={props.onClose}
        aria-label="Close (Escape)"
        title="Close (Esc)"
      >
        ✕
      </button>
    </span>
  );
}

export function UnknownVehicle({ onClose }: { readonly onClose: () => void }) {
  return (
    <section className="card" aria-label="Vehicle">
      <div className="empty">
        <b>This vehicle is not in the fleet.</b>
        The link names a vehicle that the marketplace has withdrawn, or never told of.{' '}
        <button type="button" className="btn" onClick={onClose}>
          Show the depots
        </button>
      </div>
    </section>
  );
}
