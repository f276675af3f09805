/**
 * One month of real charging at Caltech’s garage (March 2019, 954 sessions) and its bill, whoever decides the powers: each session arrives, is given
 * a power for five minutes, takes no more than it still needs and its charger gives, and leaves. A departure is known from the arrival on, as in
 * the published runs: there the estimate is the departure.
 */
import { readJsonFixture } from '../shared-fixtures.ts';

export const PEER_MONTH_FILE = 'acn/caltech-march-2019.json';

export type Session = {
  readonly id: string;
  readonly station: number;
  /** Periods of five minutes from the month’s begin; the departure is excluded. */
  readonly from: number;
  readonly until: number;
  readonly needKwh: number;
  readonly maxKw: number;
};

export type PeerMonth = {
  readonly periods: number;
  readonly periodHours: number;
  readonly volts: number;
  readonly sessions: readonly Session[];
  /** By period, of a kWh; $. */
  readonly prices: readonly number[];
  /** Of the highest kW of the month; $. */
  readonly demandPrice: number;
  /** By station: the angle of its line-to-line voltage, degrees. */
  readonly angles: readonly number[];
  readonly lines: readonly {
    readonly name: string;
    readonly factors: readonly number[];
    readonly amperes150: number;
  }[];
};

/** A vehicle at its charger. */
export type Plugged = { readonly session: Session; readonly leftKwh: number };

/** kW for each of `plugged`, for this period. */
export type Algorithm = (period: number, plugged: readonly Plugged[]) => readonly number[];

export type MonthOutcome = {
  readonly deliveredShare: number;
  readonly peakKw: number;
  readonly energyCost: number;
  readonly demandCost: number;
  readonly total: number;
  /** By period. */
  readonly siteKw: Float64Array;
};

type File = {
  readonly voltage: number;
  readonly period: number;
  readonly T: number;
  readonly sessions: readonly {
    readonly id: string;
    readonly station: string;
    readonly arr: number;
    readonly dep: number;
    readonly kwh: number;
    readonly pmax: number;
  }[];
  readonly network: {
    readonly stations: readonly string[];
    readonly phases: readonly number[];
    readonly A: readonly (readonly number[])[];
    readonly limits150: readonly number[];
    readonly names: readonly string[];
  };
  readonly prices: readonly number[];
  readonly demand_charge: number;
};

export function readPeerMonth(): PeerMonth {
  const {
    sessions,
    network,
    prices,
    voltage,
    period,
    T,
    demand_charge: demandPrice,
  } = readJsonFixture(PEER_MONTH_FILE) as File;
  return {
    periods: T,
    periodHours: period / 60,
    volts: voltage,
    sessions: sessions
      .map(({ id, station, arr, dep, kwh, pmax }) => ({
        id,
        station: network.stations.indexOf(station),
        from: arr,
        until: dep,
        needKwh: kwh,
        maxKw: pmax,
      }))
      .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1)),
    prices,
    demandPrice,
    angles: network.phases,
    lines: network.A.map((factors, at) => ({
      name: network.names[at] ?? '',
      factors,
      amperes150: network.limits150[at] ?? 0,
    })),
  };
}

/** What a few sessions take after the month’s end is delivered and billed at the prices of its last day. */
export function priceAt({ prices, periods, periodHours }: PeerMonth, period: number): number {
  const day = Math.round(24 / periodHours);
  const beyond = period - periods;
  return prices[beyond < 0 ? period : periods - day + (beyond % day)] ?? 0;
}

const NOTHING_KWH = 1e-9;

export function runMonth(month: PeerMonth, algorithm: Algorithm): MonthOutcome {
  const { sessions, periodHours, demandPrice } = month;
  const end = sessions.reduce((last, { until }) => Math.max(last, until), month.periods);
  const siteKw = new Float64Array(end);
  let plugged: { readonly session: Session; leftKwh: number }[] = [];
  let next = 0;
  let delivered = 0;
  let energyCost = 0;
  for (let period = 0; period < end; period++) {
    plugged = plugged.filter(({ session, leftKwh }) => session.until > period && leftKwh > NOTHING_KWH);
    for (; (sessions[next]?.from ?? Infinity) <= period; next++) {
      const session = sessions[next];
      if (session !== undefined) plugged.push({ session, leftKwh: session.needKwh });
    }
    if (plugged.length === 0) continue;
    const powers = algorithm(period, plugged);
    let kw = 0;
    plugged.forEach((each, at) => {
      const taken = Math.max(0, Math.min(powers[at] ?? 0, each.session.maxKw, each.leftKwh / periodHours));
      each.leftKwh -= taken * periodHours;
      kw += taken;
    });
    siteKw[period] = kw;
    delivered += kw * periodHours;
    energyCost += kw * periodHours * priceAt(month, period);
  }
  const peakKw = siteKw.reduce((most, kw) => Math.max(most, kw), 0);
  const asked = sessions.reduce((sum, { needKwh }) => sum + needKwh, 0);
  const demandCost = peakKw * demandPrice;
  return { deliveredShare: delivered / asked, peakKw, energyCost, demandCost, total: energyCost + demandCost, siteKw };
}
