/** Measured power of a site against what it may take: which meter measures it, and when that is worth a colour. */
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';

/** From here on the next vehicle plugged in may be one too many. */
const NEAR_SHARE = 0.95;

export type SiteLoad = {
  /** Of the limit, 0 and up. */
  readonly share: number;
  /** near: from 95 % on; over: above the limit. */
  readonly level: 'normal' | 'near' | 'over';
  readonly priority: 2 | 3 | undefined;
};

export function judgeLoad(powerW: number, limitW: number): SiteLoad {
  const share = limitW > 0 ? Math.max(0, powerW) / limitW : 0;
  if (share > 1) return { share, level: 'over', priority: 2 };
  if (share >= NEAR_SHARE) return { share, level: 'near', priority: 3 };
  return { share, level: 'normal', priority: undefined };
}

export type SiteMeter =
  | { readonly kind: 'none' }
  /** There are meters, and none of them measures the whole site. */
  | { readonly kind: 'no-incomer'; readonly meters: number }
  /** Two incomers cannot be added up here: the console does not know whether they feed the same bar. */
  | { readonly kind: 'several'; readonly incomers: number }
  | { readonly kind: 'one'; readonly meter: MeterRecord };

export function siteMeterOf(depotId: string, meters: Iterable<MeterRecord>): SiteMeter {
  const own = [...meters].filter((meter) => meter.depotId === depotId);
  const incomers = own.filter((meter) => meter.role === 'incomer');
  const [first] = incomers;
  if (own.length === 0) return { kind: 'none' };
  if (first === undefined) return { kind: 'no-incomer', meters: own.length };
  return incomers.length === 1 ? { kind: 'one', meter: first } : { kind: 'several', incomers: incomers.length };
}
