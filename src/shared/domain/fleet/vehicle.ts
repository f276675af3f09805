/** The fleet's standing facts: what a vehicle and a depot are. Where they are now is in `position.ts`. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';

export type Vehicle = {
  readonly id: string;
  /**
   * Small number given by the local store when the vehicle is first heard of and never reused: what dense telemetry
   * carries in place of the id.
   */
  readonly number: number;
  readonly registration: string;
  readonly model: string;
  readonly depotId: string;
  readonly usableCapacityWh: EnergyWh;
  readonly maxAcW: PowerW;
  readonly maxDcW: PowerW;
  /** Outside measures, with what it draws; absent: not known. */
  readonly heightCm?: number | undefined;
  readonly lengthCm?: number | undefined;
  readonly widthCm?: number | undefined;
  readonly weightKg?: number | undefined;
  /** OCPI 2.3.0 VehicleType, as sent. */
  readonly type?: string | undefined;
  /** As the maker or the fleet's experience states it. */
  readonly consumptionWhPerKm?: number | undefined;
  /** OCPI ConnectorType of each inlet; absent: not known, so any may fit. */
  readonly connectorStandards?: readonly string[] | undefined;
};

export type Depot = {
  readonly id: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** IANA name; every time shown for this depot is in this zone. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly siteLimitW: PowerW;
  /** OCPI Locations that are this depot's charge points. */
  readonly locationIds: readonly string[];
  readonly updatedAtMs: EpochMs;
};
