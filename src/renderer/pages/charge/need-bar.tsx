/** For whom, how much and when: what every price, way and arrival on the page is worked out for. */
import { useState, type Ref } from 'react';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { AssessedNeed } from '../../../shared/ipc/marketplace/place-contract.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import { LiveAge } from '../../fleet/live-value.tsx';
import { VehicleChoice } from '../../fleet/vehicle/vehicle-choice.tsx';
import { useReport } from '../../fleet/vehicle/vehicle-facts.tsx';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { zoneName } from '../../instruments/clock/zone-time.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import type { ChargeSearch, PatchChargeSearch } from './charge-search.ts';

type NeedBarProps = {
  readonly search: ChargeSearch;
  readonly patch: PatchChargeSearch;
  readonly vehicles: readonly Vehicle[];
  readonly vehicle: Vehicle | undefined;
  /** The depot's: times are given and shown in it. */
  readonly zone: string;
  readonly need: AssessedNeed | undefined;
  readonly failure: string | undefined;
  readonly input: Ref<HTMLInputElement>;
};

export function NeedBar({ search, patch, vehicles, vehicle, zone, need, failure, input }: NeedBarProps) {
  return (
    <div className="need-bar" role="group" aria-label="What is needed">
      <VehicleChoice
        vehicles={vehicles}
        chosen={vehicle}
        onChoose={(next) => patch({ vehicle: next?.id })}
        input={input}
        shortcut="V"
      />
      <EnergyChoice search={search} patch={patch} />
      <TimeChoice atMs={search.at} zone={zone} onChange={(at) => patch({ at })} />
      <KnownFacts {...{ search, vehicle, zone, need, failure }} />
    </div>
  );
}

const TARGETS = [80, 100] as const;
const MOST_KWH = 10_000;

function EnergyChoice({ search, patch }: Pick<NeedBarProps, 'search' | 'patch'>) {
  const [typed, setTyped] = useState<string>();
  const target = search.kwh === undefined ? (search.to ?? 80) : undefined;
  const takeTyped = (text: string) => {
    setTyped(text);
    const kwh = Number(text);
    if (text !== '' && kwh >= 0.1 && kwh <= MOST_KWH) patch({ kwh, to: undefined }, { replace: true });
  };
  return (
    <div className="chips" role="group" aria-label="How much">
      {TARGETS.map((percent) => (
        <button
          key={percent}
          type="button"
          className="chip"
          aria-pressed={target === percent}
          onClick={() => {
            setTyped(undefined);
            patch({ to: percent === 80 ? undefined : percent, kwh: undefined });
          }}
        >
          to {percent} %
        </button>
      ))}
      <label className="chip need-kwh" data-chosen={search.kwh !== undefined}>
        <input
          type="text"
          inputMode="decimal"
          aria-label="Energy, kWh"
          placeholder="–"
          maxLength={6}
          value={typed ?? search.kwh ?? ''}
          onChange={(event) => takeTyped(event.target.value.replace(',', '.'))}
          onBlur={() => setTyped(undefined)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        kWh
      </label>
    </div>
  );
}

type TimeChoiceProps = {
  readonly atMs: number | undefined;
  readonly zone: string;
  readonly onChange: (atMs: number | undefined) => void;
};

function TimeChoice({ atMs, zone, onChange }: TimeChoiceProps) {
  const shown = zoneName(zone, atMs ?? nowMs());
  return (
    <div className="chips need-when" role="group" aria-label="When">
      <button type="button" className="chip" aria-pressed={atMs === undefined} onClick={() => onChange(undefined)}>
        now
      </button>
      <label className="chip" data-chosen={atMs !== undefined} title={`Local time of the vehicle’s depot, ${zone}`}>
        at
        <input
          type="datetime-local"
          aria-label={`At, ${shown}`}
          value={atMs === undefined ? '' : toLocalText(atMs, zone)}
          onChange={(event) => onChange(fromLocalText(event.target.value, zone))}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        {shown}
      </label>
    </div>
  );
}

/** `2026-11-24T05:42` as the zone's clocks show it. */
export function toLocalText(atMs: number, zone: string): string {
  const offsetMs = openLocalTime(zone)?.offsetMs(atMs) ?? 0;
  return new Date(atMs + offsetMs).toISOString().slice(0, 16);
}

/** The first instant the clocks show this; one that they skip is the instant they would have shown it. */
export function fromLocalText(text: string, zone: string): number | undefined {
  const localMs = Date.parse(`${text}Z`);
  if (!Number.isFinite(localMs)) return undefined;
  const clock = openLocalTime(zone);
  if (clock === undefined) return localMs;
  return clock.instantsOf(localMs)[0] ?? localMs - clock.offsetMs(localMs - 86_400_000);
}

type KnownFactsProps = Pick<NeedBarProps, 'search' | 'vehicle' | 'zone' | 'need' | 'failure'>;

/** What the answers rest on, with its age: a price for a charge of an hour ago would be a guess that looks like a fact. */
function KnownFacts({ search, vehicle, zone, need, failure }: KnownFactsProps) {
  if (search.vehicle === undefined)
    return <p className="need-known muted">All places with their availability. Choose a vehicle to see its price.</p>;
  if (vehicle === undefined)
    return <p className="need-known muted">This vehicle is not in the fleet. Choose another.</p>;
  return (
    <p className="need-known">
      <ChargeNow vehicle={vehicle} zone={zone} />
      {need !== undefined && (
        <>
          <span>
            needs <b>{decimals(need.energyWh / 1000, 1)}</b> kWh
          </span>
          <span className={need.contractId === undefined ? 'against' : 'muted'} title={need.contractId}>
            {need.contractName ?? need.contractId ?? 'no contract: list prices'}
          </span>
          {!need.consumptionKnown && (
            <span className="muted" title="Its arrival charge cannot be told without it.">
              consumption not known
            </span>
          )}
        </>
      )}
      {failure !== undefined && <span className="against">{failure}</span>}
    </p>
  );
}

function ChargeNow({ vehicle, zone }: { readonly vehicle: Vehicle; readonly zone: string }) {
  const report = useReport(vehicle.number);
  return (
    <span>
      {report !== undefined && (
        <>
          <b>{Math.round(report.socPercent)}</b> % of {decimals(vehicle.usableCapacityWh / 1000, 0)} kWh{' · '}
        </>
      )}
      <LiveAge atMs={report?.atMs} zone={zone} what="charge and position" />
    </span>
  );
}
