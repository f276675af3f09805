/** The vehicle's running or last session, in the marketplace's own figures. */
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { Fact } from '../../fleet/vehicle/vehicle-facts.tsx';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { decimals, money } from '../../instruments/number/format-number.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { AsOfLink } from '../as-of-link.tsx';
import type { VehicleCharging } from './vehicle-charging.ts';
import '../marketplace.css';

type SessionFactsProps = {
  readonly charging: Pick<VehicleCharging, 'session' | 'evse' | 'isRunning'>;
  readonly zone: string;
};

export function SessionFacts({ charging, zone }: SessionFactsProps) {
  const { session, evse, isRunning } = charging;
  if (session === undefined) return <p className="muted session-none">No charging session in the last 24 hours.</p>;
  return (
    <dl className="fact-list">
      <Fact name={isRunning ? 'Session' : 'Last session'}>
        <AsOfLink says="age">
          {STATUS_WORDS[session.status]} {isRunning ? <Since atMs={session.startAtMs} /> : null}
        </AsOfLink>
      </Fact>
      <Fact name="Charge point">
        <span title={evse?.evseId ?? session.evseKey}>{evse?.label ?? session.evseKey}</span>
      </Fact>
      <Fact name="Place, operator">
        <span title={evse === undefined ? undefined : `${evse.locationName}, ${evse.operatorName}`}>
          {evse === undefined ? '–' : `${evse.locationName}, ${evse.operatorName}`}
        </span>
      </Fact>
      <Fact name="Energy, kWh">
        <AsOfLink>
          <span title={`As of ${describeInstant(session.updatedAtMs, zone)}`}>
            {decimals(session.energyWh / 1000, 2)}
          </span>
        </AsOfLink>
      </Fact>
      <Fact name="Mean power, kW">
        <AsOfLink>{meanPowerKw(session)}</AsOfLink>
      </Fact>
      <Fact name="Cost, without tax">
        <AsOfLink>
          {session.totalCost === undefined ? (
            <span className="muted">not stated</span>
          ) : (
            money(Number(session.totalCost), session.currency)
          )}
        </AsOfLink>
      </Fact>
      <Fact name={isRunning ? 'Since' : 'From, to'}>
        <span title={describeInstant(session.startAtMs, zone)}>
          {formatInZone(session.startAtMs, zone, 'minute')}
          {session.endAtMs !== undefined && ` – ${formatInZone(session.endAtMs, zone, 'minute')}`}
        </span>
      </Fact>
    </dl>
  );
}

/** From the session's own figures: OCPI sessions state no power of the moment. */
function meanPowerKw({ energyWh, startAtMs, endAtMs, updatedAtMs }: Session): string {
  const hours = ((endAtMs ?? updatedAtMs) - startAtMs) / 3_600_000;
  return hours > 0 && energyWh > 0 ? decimals(energyWh / 1000 / hours, 1) : '–';
}

const STATUS_WORDS = {
  ACTIVE: 'running',
  PENDING: 'about to start',
  RESERVATION: 'reserved',
  COMPLETED: 'completed',
  INVALID: 'declared invalid',
} as const;

function Since({ atMs }: { readonly atMs: number }) {
  const now = useNow();
  return <>for {wholeAge(now - atMs)}</>;
}
