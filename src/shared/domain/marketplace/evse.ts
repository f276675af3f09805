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
  /** OCPI 2.2.1, 8.3.3 `tariff_ids`, of the location's party; absent: none stated. */
  readonly tariffIds?: readonly string[] | undefined;
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
  /** OCPI 2.2.1, 8.4.3 Capability, as sent; absent: none stated, so not known. */
  readonly capabilities?: readonly string[] | undefined;
  /** `CC*PPP` of its location; absent: not known. */
  readonly party?: string | undefined;
};

/** Whether it can do this: undefined when it states no capability at all. */
export function hasCapability(evse: Evse, capability: string): boolean | undefined {
  if (evse.capabilities === undefined || evse.capabilities.length === 0) return undefined;
  return evse.capabilities.some((each) => each.toUpperCase() === capability);
}
