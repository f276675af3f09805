/**
 * A month of a depot's power, second by second: two charging yards of three chargers each, a building, the cables between and
 * the grid. Physics only: no meter stands in it. Nothing here is shared with the balance that it proves.
 */
import { seededRandom } from '../seeded-random.ts';

export const DAYS = 30;
export const SECONDS = DAYS * 86_400;
export const QUARTER_S = 900;

export const CHARGERS = ['charger-1', 'charger-2', 'charger-3', 'charger-4', 'charger-5', 'charger-6'] as const;
export const YARDS = ['yard-1', 'yard-2'] as const;
export type ChargerId = (typeof CHARGERS)[number];
export type MeteredPlace = 'incomer' | (typeof YARDS)[number] | 'building' | ChargerId;

/** What a charger really did, by seconds of the month. */
export type ChargingVisit = { readonly charger: ChargerId; readonly beginS: number; readonly endS: number };

export type DepotMonth = {
  readonly visits: readonly ChargingVisit[];
  /** Energy that flowed through a place from the month's begin until a second, which may have a fraction. */
  readonly energyWh: (place: MeteredPlace, atS: number) => number;
};

const FULL_POWER_W: Readonly<Record<ChargerId, number>> = {
  'charger-1': 60_000,
  'charger-2': 60_000,
  'charger-3': 22_000,
  'charger-4': 60_000,
  'charger-5': 22_000,
  'charger-6': 22_000,
};

export function yardOf(charger: ChargerId): (typeof YARDS)[number] {
  return CHARGERS.indexOf(charger) < 3 ? 'yard-1' : 'yard-2';
}

export function simulateDepot(seed: number): DepotMonth {
  const random = seededRandom(seed);
  const visits = CHARGERS.flatMap((charger) => planVisits(charger, random));
  const powers = new Map<MeteredPlace, Float32Array>(
    CHARGERS.map((charger) => [
      charger,
      chargerPower(
        charger,
        visits.filter((visit) => visit.charger === charger),
        random,
      ),
    ]),
  );
  powers.set('building', buildingPower(random));
  const join = (place: MeteredPlace, parts: readonly MeteredPlace[], fullW: number): void => {
    powers.set(
      place,
      throughCables(
        parts.map((part) => powers.get(part) ?? new Float32Array(0)),
        fullW,
      ),
    );
  };
  for (const yard of YARDS)
    join(
      yard,
      CHARGERS.filter((charger) => yardOf(charger) === yard),
      60_000,
    );
  join('incomer', [...YARDS, 'building'], 140_000);
  const counters = new Map([...powers].map(([place, power]) => [place, counterOf(power)]));
  return { visits, energyWh: (place, atS) => counters.get(place)?.(atS) ?? 0 };
}

/** Most evenings, and every other noon. */
function planVisits(charger: ChargerId, random: () => number): ChargingVisit[] {
  const visits: ChargingVisit[] = [];
  for (let day = 0; day < DAYS; day++) {
    const add = (fromHour: number, spreadHours: number, leastHours: number, moreHours: number): void => {
      const beginS = Math.round(day * 86_400 + (fromHour + spreadHours * random()) * 3600);
      const endS = Math.round(beginS + (leastHours + moreHours * random()) * 3600);
      if (endS < SECONDS - 3600) visits.push({ charger, beginS, endS });
    };
    if (random() < 0.5) add(10, 3, 0.4, 1.6);
    if (random() < 0.9) add(17.5, 2, 1.5, 4);
  }
  return visits;
}

/** A ramp, full power with a little noise, and a taper over the last part. Waiting takes a few watts. */
function chargerPower(charger: ChargerId, visits: readonly ChargingVisit[], random: () => number): Float32Array {
  const power = new Float32Array(SECONDS).fill(6 + 9 * random());
  const taperShare = FULL_POWER_W[charger] > 30_000 ? 0.3 : 0.08;
  for (const { beginS, endS } of visits) {
    const fullW = FULL_POWER_W[charger] * (0.7 + 0.28 * random());
    const taperS = (endS - beginS) * taperShare;
    for (let second = beginS; second < endS; second++) {
      const ramp = Math.min(1, (second - beginS) / 15);
      const taper = Math.min(1, 0.15 + (0.85 * (endS - second)) / taperS);
      power[second] = fullW * ramp * taper * (0.995 + 0.01 * random());
    }
  }
  return power;
}

/** Night load, a working day's bump, a compressor that runs for some minutes of each quarter hour or so. */
function buildingPower(random: () => number): Float32Array {
  const power = new Float32Array(SECONDS);
  let compressorW = 0;
  let switchAtS = 0;
  for (let second = 0; second < SECONDS; second++) {
    if (second >= switchAtS) {
      compressorW = compressorW > 0 ? 0 : 4500;
      switchAtS = second + 240 + Math.floor(600 * random());
    }
    const hour = (second % 86_400) / 3600;
    const isWeekend = Math.floor(second / 86_400) % 7 >= 5;
    const bump = Math.exp(-(((hour - 12.5) / 3.5) ** 2)) * (isWeekend ? 5000 : 19_000);
    power[second] = (5500 + bump + compressorW) * (0.98 + 0.04 * random());
  }
  return power;
}

/** Cables lose 0.6 % when hardly loaded and up to 1.5 % at full load. */
function throughCables(parts: readonly Float32Array[], fullW: number): Float32Array {
  const sum = new Float32Array(SECONDS);
  for (const part of parts)
    for (let second = 0; second < SECONDS; second++) {
      const powerW = part[second] ?? 0;
      const lossShare = 0.006 + 0.009 * Math.min(1, powerW / fullW);
      sum[second] = (sum[second] ?? 0) + powerW * (1 + lossShare);
    }
  return sum;
}

function counterOf(power: Float32Array): (atS: number) => number {
  const byQuarter = new Float64Array(SECONDS / QUARTER_S + 1);
  for (let quarter = 0; quarter + 1 < byQuarter.length; quarter++) {
    let sumWs = 0;
    for (let second = quarter * QUARTER_S; second < (quarter + 1) * QUARTER_S; second++) sumWs += power[second] ?? 0;
    byQuarter[quarter + 1] = (byQuarter[quarter] ?? 0) + sumWs;
  }
  return (atS) => {
    const withinS = Math.max(0, Math.min(SECONDS, atS));
    const nearest = Math.min(byQuarter.length - 1, Math.round(withinS / QUARTER_S));
    let sumWs = byQuarter[nearest] ?? 0;
    const whole = Math.floor(withinS);
    for (let second = nearest * QUARTER_S; second < whole; second++) sumWs += power[second] ?? 0;
    for (let second = whole; second < nearest * QUARTER_S; second++) sumWs -= power[second] ?? 0;
    return (sumWs + (withinS - whole) * (power[whole] ?? 0)) / 3600;
  };
}
