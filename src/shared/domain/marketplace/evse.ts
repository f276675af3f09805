/** Charge points as the console holds them: one internal form of OCPI 2.2.1 / 2.3.0 Location, EVSE and Connector. */
import type { EpochMs } from '../../kernel/instant.ts';
import type { PowerW } from '../../kernel/quantity.ts';

/** OCPI 2.2.1, 8.4.22 Status. UNKNOWN also means offline. */
export type EvseStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'CHARGING'
  | 'INOPERATIVE'
  | 'OUTOFORDER'
  | 'PLANNED'
  | 'REMOVED'
  | 'RESERVED'
  | 'UNKNOWN';

export type Connector = {
  readonly id: string;
  readonly standard: string;
  readonly current: 'AC' | 'DC';
  /** What the connector gives at most; `stated` false means computed from volts and amperes, an upper bound. */
  readonly maxPowerW: PowerW;
  readonly maxPowerStated: boolean;
};

export type Evse = {
  /** `locationId/uid`: OCPI's uid is unique only within its location's party. */
  readonly key: string;
  readonly uid: string;
  readonly evseId: string | undefined;
  readonly label: string;
  readonly locationId: string;
  readonly locationName: string;
  readonly operatorName: string;
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly status: EvseStatus;
  readonly statusAtMs: EpochMs;
  readonly connectors: readonly Connector[];
};
