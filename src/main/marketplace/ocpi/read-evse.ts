/** An OCPI EVSE as the console keeps it. Pure. */
import { powerW } from '../../../shared/kernel/quantity.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Connector, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { WireEvse } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';

type WireConnector = WireEvse['connectors'][number];

export type StoredEvse = {
  readonly uid: string;
  readonly evseId: string | undefined;
  readonly label: string;
  /** Undefined: where its location is. */
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  readonly status: EvseStatus;
  readonly statusAtMs: EpochMs;
  readonly connectors: readonly Connector[];
  readonly capabilities: readonly string[];
};

export function readEvse(wire: WireEvse): StoredEvse {
  return {
    uid: wire.uid,
    evseId: wire.evse_id,
    // What is painted on the charge point helps most in the yard; the number in contracts next; the uid is only internal.
    label: wire.physical_reference ?? wire.evse_id ?? wire.uid,
    latitude: wire.coordinates && Number(wire.coordinates.latitude),
    longitude: wire.coordinates && Number(wire.coordinates.longitude),
    status: wire.status,
    statusAtMs: parseDateTimeMs(wire.last_updated),
    connectors: wire.connectors.map(readConnector),
    capabilities: wire.capabilities ?? [],
  };
}

/**
 * Power in W as stated, or else volts x amperes as an upper bound. OCPI 2.2.1, 8.3.3: `max_voltage` is line to neutral for
 * AC_3_PHASE, hence 3 x U x I; some send the voltage between lines (400) all the same, hence sqrt(3) x U x I above 300 V.
 */
function readConnector(wire: WireConnector): Connector {
  const stated = wire.max_electric_power !== undefined && wire.max_electric_power > 0;
  return {
    id: wire.id,
    standard: wire.standard,
    current: wire.power_type === 'DC' ? 'DC' : 'AC',
    maxPowerW: powerW(stated ? (wire.max_electric_power ?? 0) : Math.round(boundPowerW(wire))),
    maxPowerStated: stated,
    ...(wire.tariff_ids !== undefined && wire.tariff_ids.length > 0 && { tariffIds: wire.tariff_ids }),
  };
}

function boundPowerW(wire: WireConnector): number {
  const oneConductorW = wire.max_voltage * wire.max_amperage;
  switch (wire.power_type) {
    case 'DC':
    case 'AC_1_PHASE':
      return oneConductorW;
    case 'AC_2_PHASE':
    case 'AC_2_PHASE_SPLIT':
      return 2 * oneConductorW;
    case 'AC_3_PHASE':
      return wire.max_voltage > 300 ? Math.sqrt(3) * oneConductorW : 3 * oneConductorW;
  }
}
