/**
 * A place to charge as the search shows it: one OCPI Location with its connectors in groups of like kind. Availability is live and has
 * an age; price, way and arrival are assessed for one vehicle at one time by `PlaceAssessment`.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';
import type { DecimalText } from '../tariff/tariff.ts';
import type { EvseStatus } from './evse.ts';

/** Connectors of one location that are alike in all that matters for a choice. */
export type ConnectorGroup = {
  /** Unique within its place. */
  readonly key: string;
  readonly standard: string;
  readonly current: 'AC' | 'DC';
  readonly maxPowerW: PowerW;
  readonly maxPowerStated: boolean;
  readonly tariffIds: readonly string[];
  /** EVSEs that have such a connector. */
  readonly total: number;
  readonly free: number;
  /** UNKNOWN and the like: neither free nor known to be taken. */
  readonly unknown: number;
};

export type ChargePlace = {
  readonly locationId: string;
  readonly name: string;
  readonly address: string;
  readonly operatorName: string;
  /** `CC*PPP`. */
  readonly party: string;
  readonly countryCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly isDepot: boolean;
  readonly groups: readonly ConnectorGroup[];
  readonly statuses: Readonly<Partial<Record<EvseStatus, number>>>;
  /** The oldest word on any of its EVSEs that is not removed. */
  readonly oldestStatusAtMs: EpochMs;
  readonly newestStatusAtMs: EpochMs;
  /** OCPI 2.3.0 Parking, the most generous of its spaces; undefined: not stated, so not known. */
  readonly access: {
    readonly maxHeightCm: number | undefined;
    readonly maxLengthCm: number | undefined;
    readonly maxWidthCm: number | undefined;
    readonly maxWeightKg: number | undefined;
    readonly vehicleTypes: readonly string[] | undefined;
    readonly driveThrough: boolean | undefined;
    readonly reservationRequired: boolean | undefined;
  };
  /** OCPI `RESERVABLE` and `REMOTE_START_STOP_CAPABLE`, `UNLOCK_CAPABLE` of at least one EVSE. */
  readonly capabilities: readonly string[];
};

export type AccessVerdict = 'fits' | 'not-known' | 'too-high' | 'too-long' | 'too-wide' | 'too-heavy' | 'wrong-type';

/** One place for one vehicle, its need and its time. */
export type PlaceAssessment = {
  readonly locationId: string;
  /** The group chosen for the vehicle: fits, then cheapest, then strongest. Undefined: none fits, and `refusal` says why. */
  readonly groupKey: string | undefined;
  readonly refusal: string | undefined;
  readonly access: AccessVerdict;
  /** By the same engine that prices CDRs; undefined: no tariff is known, and `priceNote` says so. */
  readonly netPrice: DecimalText | undefined;
  readonly grossPrice: DecimalText | undefined;
  readonly currency: string | undefined;
  /** Net price by the kWh of the need, for comparing; four decimals. */
  readonly netPerKwh: DecimalText | undefined;
  readonly priceNote: string | undefined;
  readonly awayM: number;
  /** Estimated from the straight line (x 1.3). */
  readonly driveS: number;
  /** Battery on arrival; undefined where the vehicle's consumption or charge is not known. */
  readonly arrivalSocPercent: number | undefined;
  readonly energyWh: EnergyWh;
  readonly chargeS: number;
  readonly powerW: PowerW;
};
