/** A depot of two vehicles at 22 kW bays, at the begin of a quarter hour. */
import type { SiteFacts, VehicleFacts } from '../../../src/shared/domain/charging/live/site-facts.ts';
import type { SiteBay } from '../../../src/shared/domain/charging/site-settings.ts';
import type { Duty } from '../../../src/shared/domain/fleet/duty.ts';
import { energyWh, powerW } from '../../../src/shared/kernel/quantity.ts';

export const FACTS_AT_MS = Date.UTC(2026, 5, 9, 18);
const HOUR_MS = 3_600_000;
const SLOTS = 8;

export function madeBay(name: string, more: Partial<SiteBay> = {}): SiteBay {
  return {
    evseKey: `LOC/${name}`,
    name,
    feeder: undefined,
    maxW: powerW(22_000),
    minW: powerW(4140),
    phases: [1, 2, 3],
    voltageV: 230,
    fallbackW: powerW(4140),
    ...more,
  };
}

export function madeDuty(vehicleId: string, more: Partial<Duty> = {}): Duty {
  return {
    id: `D-${vehicleId}`,
    vehicleId,
    depotId: 'DEPOT-BER',
    name: `Tour ${vehicleId}`,
    departAtMs: FACTS_AT_MS + 2 * HOUR_MS,
    returnAtMs: FACTS_AT_MS + 10 * HOUR_MS,
    energyWh: energyWh(20_000),
    reservePercent: 10,
    updatedAtMs: FACTS_AT_MS,
    ...more,
  };
}

export function madeVehicleFacts(vehicleId: string, more: Partial<VehicleFacts> = {}): VehicleFacts {
  return {
    vehicleId,
    registration: `R ${vehicleId}`,
    usableCapacityWh: 50_000,
    duty: madeDuty(vehicleId),
    running: undefined,
    socPercent: 30,
    socAtMs: FACTS_AT_MS,
    isHere: true,
    bay: madeBay(`Bay ${vehicleId}`),
    isBayBroken: false,
    maxW: 22_000,
    current: 'AC',
    sessionId: `S-${vehicleId}`,
    ...more,
  };
}

export function madeFacts(more: Partial<SiteFacts> = {}): SiteFacts {
  const each = <T>(value: T): T[] => Array.from({ length: SLOTS }, () => value);
  return {
    depotId: 'DEPOT-BER',
    nowMs: FACTS_AT_MS,
    fromMs: FACTS_AT_MS,
    slotMs: HOUR_MS / 4,
    slots: SLOTS,
    siteLimitW: 100_000,
    lossShare: 0.03,
    feeders: [],
    prices: {
      importPrice: each(0.3),
      exportPrice: each(0),
      demand: { pricePerKw: 0, peakSoFarKw: 0 },
      furtherDemands: [],
    },
    buildingW: each(10_300),
    unplannedBays: [],
    vehicles: [madeVehicleFacts('A'), madeVehicleFacts('B')],
    ...more,
  };
}
