/**
 * Who drives: every vehicle with its plate, model, yard and daily shift. Invariant: a pure function of the seed and
 * the size of the fleet; ids and plates are unique.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import { hashUnit, randomFor, type Random } from '../seeded-random.ts';

export type VehicleClass = 'bus' | 'van' | 'truck';

export type VehicleModel = {
  readonly class: VehicleClass;
  readonly name: string;
  readonly capacityKwh: number;
  readonly maxAcKw: number;
  readonly maxDcKw: number;
  readonly kwhPerKm: number;
  /** kW of the charge point at its own bay. */
  readonly bayKw: number;
};

export type Shift = 'early' | 'day' | 'late' | 'night';

export type FleetVehicle = {
  readonly index: number;
  readonly id: string;
  readonly registration: string;
  readonly model: VehicleModel;
  /** 0 Bengaluru, 1 Berlin. */
  readonly depot: number;
  /** Its place in the yard. */
  readonly bay: number;
  readonly shift: Shift;
  /** Usual departure, local minutes after midnight. */
  readonly departureMinutes: number;
  readonly dutyHours: number;
  /** How briskly it is driven: a factor on the speed of the route, at most 1. */
  readonly pace: number;
  /** Charges as late as it can (managed) rather than on arrival. */
  readonly managedCharging: boolean;
};

const MODELS: Readonly<Record<VehicleClass, readonly VehicleModel[]>> = {
  bus: [
    { class: 'bus', name: 'eBus 12 m', capacityKwh: 350, maxAcKw: 0, maxDcKw: 150, kwhPerKm: 1.15, bayKw: 80 },
    { class: 'bus', name: 'eBus 12 m LR', capacityKwh: 420, maxAcKw: 0, maxDcKw: 180, kwhPerKm: 1.2, bayKw: 90 },
  ],
  van: [
    { class: 'van', name: 'eVan 3.5 t', capacityKwh: 77, maxAcKw: 11, maxDcKw: 115, kwhPerKm: 0.27, bayKw: 22 },
    { class: 'van', name: 'eVan 3.5 t Max', capacityKwh: 113, maxAcKw: 22, maxDcKw: 150, kwhPerKm: 0.31, bayKw: 22 },
  ],
  truck: [
    { class: 'truck', name: 'eTruck 18 t', capacityKwh: 330, maxAcKw: 43, maxDcKw: 160, kwhPerKm: 0.98, bayKw: 80 },
  ],
};

export function createRoster(seed: number, vehicles: number): FleetVehicle[] {
  const plates = new Set<string>();
  const bays = [0, 0];
  return Array.from({ length: vehicles }, (_, index) => {
    const depot = index % DEMO_DEPOTS.length;
    const random = randomFor(seed, 'vehicle', index);
    const share = random.next();
    const vehicleClass: VehicleClass = share < 0.48 ? 'bus' : share < 0.85 ? 'van' : 'truck';
    const shift = pickShift(depot, random.next());
    const bay = bays[depot] ?? 0;
    bays[depot] = bay + 1;
    return {
      index,
      id: `${DEMO_DEPOTS[depot]?.code ?? 'X'}-${String(bay + 1).padStart(4, '0')}`,
      registration: makePlate(depot, random, plates),
      model: random.pick(MODELS[vehicleClass]),
      depot,
      bay,
      shift,
      departureMinutes: departure(depot, shift, random),
      dutyHours: shift === 'night' ? random.between(5.5, 7.5) : random.between(9, 13.5),
      pace: random.between(0.9, 1),
      managedCharging: random.chance(0.88),
    };
  });
}

/** The state of charge a vehicle leaves with on a day when nobody intervened. */
export function departureSoc(seed: number, vehicle: number, day: number): number {
  return 0.84 + 0.14 * hashUnit(seed, 'departure-soc', vehicle, day);
}

function pickShift(depot: number, share: number): Shift {
  if (depot === 0) return share < 0.83 ? 'early' : share < 0.84 ? 'day' : share < 0.95 ? 'late' : 'night';
  return share < 0.6 ? 'early' : share < 0.9 ? 'day' : share < 0.95 ? 'late' : 'night';
}

function departure(depot: number, shift: Shift, random: Random): number {
  switch (shift) {
    case 'early':
      return Math.round(depot === 0 ? random.between(310, 495) : random.between(275, 356));
    case 'day':
      return Math.round(depot === 0 ? random.between(540, 600) : random.between(388, 500));
    case 'late':
      return Math.round(random.between(660, 790));
    case 'night':
      return Math.round(random.between(1230, 1330));
  }
}

const PLATE_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

function makePlate(depot: number, random: Random, taken: Set<string>): string {
  const letter = (): string => PLATE_LETTERS[random.integer(0, PLATE_LETTERS.length - 1)] ?? 'A';
  for (;;) {
    const plate =
      depot === 0
        ? `KA-${random.pick(['01', '02', '03', '04', '05', '50', '51', '53'])} ${letter()}${random.chance(0.6) ? letter() : ''} ${random.integer(1000, 9999)}`
        : `B-${letter()}${letter()} ${random.integer(100, 9999)}E`;
    if (taken.has(plate)) continue;
    taken.add(plate);
    return plate;
  }
}
