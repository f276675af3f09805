/** The faults that can be set into a simulated month, each with what must be found of it and nothing else. */
import type { BilledEnergy, FindingKind } from '../../../src/shared/domain/metering/balance/balance.ts';
import { energyWh } from '../../../src/shared/kernel/quantity.ts';
import { seededRandom } from '../seeded-random.ts';
import { CHARGERS, QUARTER_S, SECONDS, type ChargerId, type DepotMonth } from './depot-power.ts';
import type { MonthFaults } from './read-meters.ts';

export type Injected = {
  readonly meters: MonthFaults;
  readonly billed: readonly BilledEnergy[];
  /** Named, or at least among those of which a finding says that it may be one. */
  readonly expected: readonly (readonly [kind: FindingKind, meterId: string])[];
};

type Inject = (month: DepotMonth, billed: readonly BilledEnergy[], random: () => number) => Injected;

const HOUR_S = 3600;
const DAY_S = 86_400;
const CLASS_B = 0.02;
const CLASS_C = 0.007;

const nothing: Inject = (_, billed) => ({ meters: {}, billed, expected: [] });

export const FAULTS: Readonly<Record<string, Inject>> = {
  nothing: nothing,
  'every meter errs to the edge of its class': (_month, billed, random) => {
    const edge = (limit: number) => ({ error: random() < 0.5 ? -0.98 * limit : 0.98 * limit });
    const behind = ['yard-1', 'yard-2', 'building', ...CHARGERS] as const;
    const meters = Object.fromEntries(behind.map((place) => [place, edge(CLASS_B)]));
    return { meters: { meters: { ...meters, incomer: edge(CLASS_C) } }, billed, expected: [] };
  },
  'a session is not billed': (_month, billed, random) => {
    const [index, session] = pickSession(billed, random);
    return { meters: {}, billed: billed.toSpliced(index, 1), expected: [['unbilled-charging', meterOf(session)]] };
  },
  'a session is billed twice': (_month, billed, random) => {
    const [, session] = pickSession(billed, random);
    const again = { ...session, sessionId: `${session.sessionId}-AGAIN` };
    return { meters: {}, billed: [...billed, again], expected: [['double-billed', meterOf(session)]] };
  },
  'two sessions claim the same time': (_month, billed, random) => {
    const [index, session] = pickSession(billed, random);
    const middleMs = (session.beginMs + session.endMs) / 2;
    const half = energyWh(session.energyWh / 2);
    const halves = [
      { ...session, energyWh: half, endMs: middleMs + 900_000 },
      { ...session, sessionId: `${session.sessionId}-B`, energyWh: half, beginMs: middleMs - 900_000 },
    ];
    return {
      meters: {},
      billed: billed.toSpliced(index, 1, ...halves),
      expected: [['double-billed', meterOf(session)]],
    };
  },
  'a session claims 40 % more': (_month, billed, random) => {
    const [index, session] = pickSession(billed, random);
    const more = { ...session, energyWh: energyWh(Math.round(session.energyWh * 1.4)) };
    return { meters: {}, billed: billed.toSpliced(index, 1, more), expected: [['double-billed', meterOf(session)]] };
  },
  'a charger’s meter stops for six hours': (month, billed, random) => {
    const [, session] = pickSession(billed, random);
    const charger = meterOf(session);
    const visit = month.visits[Number(session.sessionId.slice(2)) - 1];
    const fromS = (visit?.beginS ?? 0) - HOUR_S / 2 + HOUR_S * random();
    const episodes = [{ fromS, toS: fromS + 6 * HOUR_S, factor: 0 }];
    return { meters: { meters: { [charger]: { episodes } } }, billed, expected: [['failing-meter', charger]] };
  },
  'a feeder’s meter stops for six hours': (_month, billed, random) => {
    const fromS = Math.floor(3 + 24 * random()) * DAY_S + 18.2 * HOUR_S;
    const episodes = [{ fromS, toS: fromS + 6 * HOUR_S, factor: 0 }];
    return { meters: { meters: { 'yard-1': { episodes } } }, billed, expected: [['failing-meter', 'yard-1']] };
  },
  'a charger’s meter loses 8 % from day 12': (_month, billed, random) => {
    const charger = pickCharger(random);
    const episodes = [{ fromS: 12 * DAY_S, toS: SECONDS + DAY_S, factor: 0.92 }];
    return { meters: { meters: { [charger]: { episodes } } }, billed, expected: [['failing-meter', charger]] };
  },
  'a feeder’s meter loses 8 % from day 12': (_month, billed) => {
    const episodes = [{ fromS: 12 * DAY_S, toS: SECONDS + DAY_S, factor: 0.92 }];
    return { meters: { meters: { 'yard-2': { episodes } } }, billed, expected: [['failing-meter', 'yard-2']] };
  },
  'a feeder’s meter counts 4 % beyond its class': (_month, billed) => ({
    meters: { meters: { 'yard-2': { error: 0.04 + CLASS_B } } },
    billed,
    expected: [['constant-bias', 'yard-2']],
  }),
  'the incomer’s meter counts 4 % beyond its class': (_month, billed) => ({
    meters: { meters: { incomer: { error: 0.04 + CLASS_C } } },
    billed,
    expected: [['constant-bias', 'incomer']],
  }),
  'a charger’s meter counts 4 % beyond its class': (_month, billed, random) => {
    const charger = pickCharger(random);
    return {
      meters: { meters: { [charger]: { error: 0.04 + CLASS_B } } },
      billed,
      expected: [['constant-bias', charger]],
    };
  },
  'a load of 3 kW without a meter in a yard': (_month, billed) => ({
    meters: { load: { under: 'yard-1', powerW: 3000 } },
    billed,
    expected: [['unmetered-load', 'yard-1']],
  }),
  'a load of 3 kW without a meter at the site': (_month, billed) => ({
    meters: { load: { under: 'incomer', powerW: 3000 } },
    billed,
    expected: [['unmetered-load', 'incomer']],
  }),
  'a current transformer of a charger is reversed': (_month, billed, random) => {
    const charger = pickCharger(random);
    const episodes = [{ fromS: -DAY_S, toS: SECONDS + DAY_S, factor: 1 / 3 }];
    return { meters: { meters: { [charger]: { episodes } } }, billed, expected: [['constant-bias', charger]] };
  },
  'a current transformer of the building is reversed': (_month, billed) => {
    const episodes = [{ fromS: -DAY_S, toS: SECONDS + DAY_S, factor: 1 / 3 }];
    return { meters: { meters: { building: { episodes } } }, billed, expected: [['constant-bias', 'building']] };
  },
  'a charger is not read for seven hours, its sum is known': (_month, billed, random) => {
    const fromS = quarter((2 + 25 * random()) * DAY_S);
    const gap = { fromS, toS: fromS + 7 * HOUR_S, basis: 'spread' } as const;
    return { meters: { meters: { [pickCharger(random)]: { gap } } }, billed, expected: [] };
  },
  'a feeder is not read for two days, nothing is known': (_month, billed, random) => {
    const fromS = quarter((2 + 25 * random()) * DAY_S);
    const gap = { fromS, toS: fromS + 2 * DAY_S, basis: 'missing' } as const;
    return { meters: { meters: { 'yard-1': { gap } } }, billed, expected: [] };
  },
  'a clock is 2 s late': (_month, billed, random) => ({
    meters: { meters: { [pickCharger(random)]: { lateS: 2 } } },
    billed,
    expected: [],
  }),
  'the incomer’s clock is 2 s late': (_month, billed) => ({
    meters: { meters: { incomer: { lateS: 2 } } },
    billed,
    expected: [],
  }),
  'a charger’s clock is 30 s late': (_month, billed, random) => {
    const charger = pickCharger(random);
    return { meters: { meters: { [charger]: { lateS: 30 } } }, billed, expected: [['clock-slip', charger]] };
  },
};

export function inject(name: string, month: DepotMonth, billed: readonly BilledEnergy[], seed: number): Injected {
  return (FAULTS[name] ?? nothing)(month, billed, seededRandom(seed ^ 0xfa17));
}

function pickCharger(random: () => number): ChargerId {
  return CHARGERS[Math.floor(random() * CHARGERS.length)] ?? 'charger-1';
}

/** One of those with some energy, in the month's inner days. */
function pickSession(billed: readonly BilledEnergy[], random: () => number): [number, BilledEnergy] {
  const fit = [...billed.entries()].filter(([, { energyWh }]) => energyWh > 25_000);
  const [index, session] = fit[Math.floor(random() * fit.length)] ?? [];
  if (index === undefined || session === undefined) throw new Error('No session of this month is large enough.');
  return [index, session];
}

function meterOf({ evseKey }: BilledEnergy): ChargerId {
  return evseKey.split('/')[1]?.toLowerCase() as ChargerId;
}

function quarter(seconds: number): number {
  return Math.floor(seconds / QUARTER_S) * QUARTER_S;
}
