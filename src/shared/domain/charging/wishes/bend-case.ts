/**
 * What people want, put into the case before it is planned. A power that a person fixed is no longer the planner's to choose: it
 * is taken out of the vehicle's need and of what its feeders and the site have left, so every limit goes on to hold; what a limit has no
 * room for is cut and said. `unbend` puts the fixed power into the plan again.
 */
import { EVEN_SHARES, type PlanCase, type PlanFeeder, type PlanSlot, type PlanVehicle } from '../plan-case.ts';
import type { Wish, WishTerms } from '../wish.ts';

export type BendContext = {
  /** What of a limit at the grid connection the case may use in a slot. */
  readonly limitKw: (gridW: number, slot: number) => number;
  /** First slot of the case that begins at or after the instant; may lie outside the case. */
  readonly slotOf: (atMs: number) => number;
  /** What the plan that holds gives a vehicle, kW by slot of the case. */
  readonly presentKw: (vehicleId: string) => readonly number[] | undefined;
  /** How much less a vehicle needs when it may leave with this; kWh at the meter, at least 0. */
  readonly savedKwh: (vehicleId: string, targetPercent: number) => number;
};

export type BentCase = {
  readonly plan: PlanCase;
  /** kW by slot of the case, for vehicles that have any. */
  readonly fixed: ReadonlyMap<string, Float64Array>;
  /** Whole sentences: which wish could not be met as it was given. */
  readonly notes: readonly string[];
};

const SOME_KW = 1e-9;

export function bendCase(plan: PlanCase, wishes: readonly Wish[], context: BendContext): BentCase {
  const bent = new Bending(plan);
  // The rest is fixed within what caps, targets and windows leave.
  const ordered = inOrder(wishes);
  ordered.forEach(({ terms }, at) => applyWish(bent, terms, context, ordered.slice(at + 1)));
  return bent.finish();
}

export function unbend(
  powerKw: readonly Float64Array[],
  plan: PlanCase,
  fixed: BentCase['fixed'],
): readonly Float64Array[] {
  return plan.vehicles.map(({ id, fromSlot }, index) => {
    const planned = powerKw[index] ?? new Float64Array();
    const own = fixed.get(id);
    return own === undefined ? planned : planned.map((kw, at) => kw + (own[fromSlot + at] ?? 0));
  });
}

const ORDER: readonly WishTerms['kind'][] = [
  'site-cap',
  'later-departure',
  'lower-target',
  'charge-outside',
  'priority',
  'exclude',
  'pin',
  'lock',
  'boost',
];

function inOrder(wishes: readonly Wish[]): readonly Wish[] {
  return wishes.toSorted(
    (a, b) =>
      ORDER.indexOf(a.terms.kind) - ORDER.indexOf(b.terms.kind) ||
      a.givenAtMs - b.givenAtMs ||
      (a.wishId < b.wishId ? -1 : 1),
  );
}

function applyWish(
  bent: Bending,
  terms: WishTerms,
  { limitKw, slotOf, presentKw, savedKwh }: BendContext,
  later: readonly Wish[],
): void {
  switch (terms.kind) {
    case 'site-cap':
      bent.cap((slot) => limitKw(terms.capW, slot));
      break;
    case 'later-departure':
      bent.change(terms.vehicleId, (vehicle) => extend(vehicle, Math.min(slotOf(terms.departAtMs), bent.slots)));
      break;
    case 'lower-target':
      bent.change(terms.vehicleId, (vehicle) => lessNeed(vehicle, savedKwh(terms.vehicleId, terms.targetPercent)));
      break;
    case 'charge-outside':
      bent.change(terms.vehicleId, (vehicle) => lessNeed(vehicle, terms.energyKwh));
      break;
    case 'priority':
      bent.change(terms.vehicleId, (vehicle) => ({
        ...vehicle,
        missingPrice: vehicle.missingPrice * 4 ** terms.level,
      }));
      break;
    case 'exclude':
      bent.change(terms.vehicleId, (vehicle) => ({ ...vehicle, maxKw: vehicle.maxKw.map(() => 0) }));
      break;
    case 'pin': {
      const to = slotOf(terms.toMs);
      for (let slot = Math.max(0, slotOf(terms.fromMs)); slot < to; slot++)
        if (!later.some((wish) => isPinOf(wish, terms.vehicleId, slot, slotOf)))
          bent.fix(terms.vehicleId, slot, terms.powerW / 1000, 'Pinned');
      break;
    }
    case 'lock': {
      const present = presentKw(terms.vehicleId) ?? [];
      for (let slot = 0; slot < bent.slots; slot++) bent.fix(terms.vehicleId, slot, present[slot] ?? 0, 'Locked');
      break;
    }
    case 'boost':
      for (let slot = 0; slot < bent.slots; slot++) bent.fix(terms.vehicleId, slot, Infinity, 'Boosted');
      break;
  }
}

/** Of two pins of a vehicle in one slot the later one holds. */
function isPinOf({ terms }: Wish, vehicleId: string, slot: number, slotOf: BendContext['slotOf']): boolean {
  return (
    terms.kind === 'pin' && terms.vehicleId === vehicleId && slotOf(terms.fromMs) <= slot && slot < slotOf(terms.toMs)
  );
}

/** At the power it may have at the end of its window. */
function extend(vehicle: PlanVehicle, toSlot: number): PlanVehicle {
  const more = toSlot - vehicle.fromSlot - vehicle.maxKw.length;
  if (more <= 0) return vehicle;
  const mostKw = vehicle.maxKw.reduce((most, kw) => Math.max(most, kw), 0);
  return { ...vehicle, maxKw: [...vehicle.maxKw, ...Array.from({ length: more }, () => mostKw)] };
}

function lessNeed(vehicle: PlanVehicle, kwh: number): PlanVehicle {
  return { ...vehicle, needKwh: Math.max(0, vehicle.needKwh - Math.max(0, kwh)) };
}

/** The case while it is bent: what is fixed leaves what remains. */
class Bending {
  readonly slots: number;
  readonly #plan: PlanCase;
  readonly #slots: PlanSlot[];
  readonly #vehicles: PlanVehicle[];
  readonly #feeders: Map<string, { readonly feeder: PlanFeeder; readonly limitKw: number[] }>;
  readonly #phaseLimitKw: number[][] | undefined;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #fixed = new Map<string, Float64Array>();
  readonly #maxKw = new Map<number, number[]>();
  /** Slots that a pin or a lock has taken for itself, by vehicle. */
  readonly #settled = new Map<number, Set<number>>();
  readonly #notes = new Set<string>();

  constructor(plan: PlanCase) {
    this.#plan = plan;
    this.slots = plan.slots.length;
    this.#slots = [...plan.slots];
    this.#vehicles = [...plan.vehicles];
    this.#indexOf = new Map(plan.vehicles.map(({ id }, index) => [id, index]));
    this.#feeders = new Map(plan.feeders.map((feeder) => [feeder.id, { feeder, limitKw: [...feeder.limitKw] }]));
    this.#phaseLimitKw = plan.phaseLimitKw?.map((limits) => [...limits]);
  }

  cap(capKwOf: (slot: number) => number): void {
    this.#slots.forEach((slot, at) => {
      const capKw = capKwOf(at);
      if (slot.importLimitKw > capKw) this.#slots[at] = { ...slot, importLimitKw: capKw };
    });
  }

  change(vehicleId: string, make: (vehicle: PlanVehicle) => PlanVehicle): void {
    const index = this.#indexOf.get(vehicleId);
    const vehicle = index === undefined ? undefined : this.#vehicles[index];
    if (index === undefined || vehicle === undefined) return;
    this.#vehicles[index] = make(vehicle);
  }

  /** Infinity asks for all there is, up to what the vehicle still needs. */
  fix(vehicleId: string, slot: number, askedKw: number, word: string): void {
    const index = this.#indexOf.get(vehicleId);
    const vehicle = index === undefined ? undefined : this.#vehicles[index];
    if (index === undefined || vehicle === undefined) return;
    const at = slot - vehicle.fromSlot;
    const cells = this.#maxKw.get(index) ?? [...vehicle.maxKw];
    const mostKw = cells[at];
    if (mostKw === undefined || slot >= this.slots) return;
    const settled = this.#settled.get(index) ?? new Set();
    if (settled.has(slot)) return;
    if (Number.isFinite(askedKw)) this.#settled.set(index, settled.add(slot));
    const { slotHours } = this.#plan;
    const wantedKw = Number.isFinite(askedKw) ? askedKw : vehicle.needKwh / slotHours;
    const room = Math.max(0, Math.min(mostKw, this.#roomKw(vehicle, slot)));
    const kw = Math.min(wantedKw, room);
    if (Number.isFinite(askedKw) && askedKw - kw > SOME_KW)
      this.#notes.add(
        `${word} for ${vehicleId}: ${askedKw.toFixed(1)} kW do not fit; its charge point and the limits above it leave ${kw.toFixed(1)} kW.`,
      );
    // What a boost leaves of a slot is still the planner's; a pinned or locked slot is not.
    cells[at] = Number.isFinite(askedKw) ? 0 : Math.max(0, mostKw - kw);
    this.#maxKw.set(index, cells);
    this.#vehicles[index] = lessNeed(vehicle, kw * slotHours);
    if (kw <= 0) return;
    this.#take(vehicle, slot, kw);
    const own = this.#fixed.get(vehicleId) ?? new Float64Array(this.slots);
    own[slot] = (own[slot] ?? 0) + kw;
    this.#fixed.set(vehicleId, own);
  }

  finish(): BentCase {
    const phases = this.#phaseLimitKw?.map(([a = 0, b = 0, c = 0]) => [a, b, c] as const);
    return {
      plan: {
        ...this.#plan,
        slots: this.#slots,
        feeders: [...this.#feeders.values()].map(({ feeder, limitKw }) => ({ ...feeder, limitKw })),
        vehicles: this.#vehicles.map((vehicle, index) => {
          const maxKw = this.#maxKw.get(index);
          return maxKw === undefined ? vehicle : { ...vehicle, maxKw };
        }),
        ...(phases === undefined ? {} : { phaseLimitKw: phases }),
      },
      fixed: this.#fixed,
      notes: [...this.#notes],
    };
  }

  #roomKw(vehicle: PlanVehicle, slot: number): number {
    const site = this.#slots[slot];
    let room = site === undefined ? 0 : site.importLimitKw - site.loadKw + site.pvKw;
    for (const { limitKw } of this.#above(vehicle)) room = Math.min(room, limitKw[slot] ?? 0);
    const limits = this.#phaseLimitKw?.[slot];
    if (limits !== undefined)
      (vehicle.phaseShares ?? EVEN_SHARES).forEach((share, phase) => {
        if (share > 0) room = Math.min(room, (limits[phase] ?? 0) / share);
      });
    return room;
  }

  #take(vehicle: PlanVehicle, slot: number, kw: number): void {
    const site = this.#slots[slot];
    if (site !== undefined) this.#slots[slot] = { ...site, loadKw: site.loadKw + kw };
    for (const { limitKw } of this.#above(vehicle)) limitKw[slot] = Math.max(0, (limitKw[slot] ?? 0) - kw);
    const limits = this.#phaseLimitKw?.[slot];
    if (limits !== undefined)
      (vehicle.phaseShares ?? EVEN_SHARES).forEach((share, phase) => {
        limits[phase] = Math.max(0, (limits[phase] ?? 0) - kw * share);
      });
  }

  *#above(vehicle: PlanVehicle): Generator<{ readonly limitKw: number[] }> {
    let id = vehicle.feeder;
    while (id !== undefined) {
      const found = this.#feeders.get(id);
      if (found === undefined) return;
      yield found;
      id = found.feeder.parent;
    }
  }
}
