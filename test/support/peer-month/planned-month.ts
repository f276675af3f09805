/** Ours: the flow planner, asked again at each arrival and departure; and the same with the whole month known before, which nobody can beat. */
import type { PlanCase, PlanVehicle } from '../../../src/shared/domain/charging/plan-case.ts';
import { planCharging, type ChargingPlan } from '../../../src/shared/domain/charging/plan-charging.ts';
import { priceAt, type Algorithm, type PeerMonth, type Plugged } from './month.ts';

/** $ a kWh: far above all else, so that what fits is always delivered. */
const MISSING_PRICE = 1000;
/** The demand charge weighs in full from the first day on: a share of it for the days that are left comes to the same bill, to the cent. */
export function replanning(
  month: PeerMonth,
  limitKw: number,
): { readonly algorithm: Algorithm; readonly plans: () => number } {
  let known = '';
  let madeAt = 0;
  let plan: ChargingPlan | undefined;
  let places = new Map<string, number>();
  let peakSoFarKw = 0;
  let plans = 0;
  const algorithm: Algorithm = (period, plugged) => {
    const key = plugged.map(({ session }) => session.id).join();
    if (key !== known || plan === undefined) {
      known = key;
      madeAt = period;
      plans++;
      plan = planCharging(caseOf(month, limitKw, period, plugged, { pricePerKw: month.demandPrice, peakSoFarKw }));
      places = new Map(plugged.map(({ session }, at) => [session.id, at]));
    }
    const made = plan;
    const powers = plugged.map(({ session }) => made.powerKw[places.get(session.id) ?? -1]?.[period - madeAt] ?? 0);
    peakSoFarKw = Math.max(
      peakSoFarKw,
      powers.reduce((sum, kw) => sum + kw, 0),
    );
    return powers;
  };
  return { algorithm, plans: () => plans };
}

function caseOf(
  month: PeerMonth,
  limitKw: number,
  period: number,
  plugged: readonly Plugged[],
  demand: PlanCase['demand'],
): PlanCase {
  const until = plugged.reduce((last, { session }) => Math.max(last, session.until), period + 1);
  const pods = podsOf(month);
  const slots = slotsOf(month, limitKw, period, until);
  return {
    slotHours: month.periodHours,
    slots,
    demand,
    feeders: pods.map(({ id, limitKw: podKw }) => ({ id, parent: undefined, limitKw: slots.map(() => podKw) })),
    vehicles: plugged.map(({ session: { id, station, maxKw, until: leaves }, leftKwh }): PlanVehicle => ({
      id,
      needKwh: leftKwh,
      fromSlot: 0,
      maxKw: Array.from({ length: leaves - period }, () => maxKw),
      feeder: pods.find(({ stations }) => stations.has(station))?.id,
      offers: [],
      missingPrice: MISSING_PRICE,
    })),
  };
}

function slotsOf(month: PeerMonth, limitKw: number, from: number, until: number): PlanCase['slots'] {
  return Array.from({ length: until - from }, (_, at) => ({
    importPrice: priceAt(month, from + at),
    exportPrice: 0,
    importLimitKw: limitKw,
    loadKw: 0,
    pvKw: 0,
  }));
}

/** Groups of chargers behind breakers of their own: all of a group stand between the same two lines, so their currents simply add up. */
function podsOf(
  month: PeerMonth,
): readonly { readonly id: string; readonly limitKw: number; readonly stations: ReadonlySet<number> }[] {
  return month.lines
    .filter(({ name }) => name.endsWith('Pod'))
    .map(({ name, factors, amperes150 }) => {
      const stations = factors.flatMap((factor, station) => (factor === 0 ? [] : [station]));
      if (new Set(stations.map((station) => month.angles[station])).size !== 1)
        throw new Error(`${name} stands between several lines: its currents do not simply add up.`);
      return { id: name, limitKw: (amperes150 * month.volts) / 1000, stations: new Set(stations) };
    });
}

/** All sessions known from the first minute on. */
export function foresight(
  month: PeerMonth,
  limitKw: number,
): { readonly bill: number; readonly bound: number; readonly peakKw: number } {
  const end = month.sessions.reduce((last, { until }) => Math.max(last, until), month.periods);
  const pods = podsOf(month);
  const slots = slotsOf(month, limitKw, 0, end);
  const plan = planCharging({
    slotHours: month.periodHours,
    slots,
    demand: { pricePerKw: month.demandPrice, peakSoFarKw: 0 },
    feeders: pods.map(({ id, limitKw: podKw }) => ({ id, parent: undefined, limitKw: slots.map(() => podKw) })),
    vehicles: month.sessions.map(({ id, station, needKwh, from, until, maxKw }) => ({
      id,
      needKwh,
      fromSlot: from,
      maxKw: Array.from({ length: until - from }, () => maxKw),
      feeder: pods.find(({ stations }) => stations.has(station))?.id,
      offers: [],
      missingPrice: MISSING_PRICE,
    })),
  });
  return { bill: plan.cost, bound: plan.cost - (plan.objective - plan.bound), peakKw: plan.peakKw };
}
