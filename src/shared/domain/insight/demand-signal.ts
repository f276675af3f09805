/**
 * Demand the networks did not meet, told only by what truly failed: gathered by corridor cell and hour with a minimum count (so that no
 * single vehicle can be read from it), reviewed by a person, then published to the marketplace.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';

export type UnmetKind =
  | 'start-failed'
  | 'evse-blocked'
  | 'evse-broken'
  | 'queue'
  | 'detour'
  | 'duty-dropped'
  | 'none-found';

/** One failure, as it was seen. */
export type UnmetNeed = {
  readonly kind: UnmetKind;
  readonly atMs: EpochMs;
  readonly vehicleId: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly energyWh: EnergyWh;
  readonly powerW: PowerW;
  /** What it is known from: a command, a session, an EVSE. Unique, so the same failure counts once. */
  readonly source: string;
};

/** One cell of the map, over the window asked for. */
export type InfrastructureGap = {
  /** H3 cell. */
  readonly cell: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly boundary: readonly (readonly [latitude: number, longitude: number])[];
  readonly count: number;
  readonly vehicles: number;
  readonly energyWh: EnergyWh;
  readonly peakPowerW: PowerW;
  readonly byKind: Readonly<Partial<Record<UnmetKind, number>>>;
  /** Failures by local hour, 24 numbers. */
  readonly byHour: readonly number[];
  readonly timeZone: string;
  readonly firstAtMs: EpochMs;
  readonly lastAtMs: EpochMs;
  readonly signal: DemandSignal | undefined;
};

/** `draft` was reviewed and kept here; `publishing` waits for the marketplace; `unknown` as with every command. */
export type SignalState = 'draft' | 'dismissed' | 'publishing' | 'published' | 'refused' | 'unknown';

export type DemandSignal = {
  readonly signalId: string;
  readonly cell: string;
  readonly fromHour: number;
  readonly toHour: number;
  readonly energyKwhPerDay: number;
  readonly powerKw: number;
  readonly windowFromMs: EpochMs;
  readonly windowToMs: EpochMs;
  /** What the fleet would bind itself to. */
  readonly commitment: 'none' | 'indicative' | 'binding';
  readonly state: SignalState;
  readonly note: string;
  readonly reviewedBy: string;
  readonly reviewedAtMs: EpochMs;
  readonly reason: string | undefined;
};
