/** The energy balance of a depot from what is stored: its meters as they are declared now, their intervals, and what is billed. */
import type { BalanceMeter, BilledEnergy, DepotBalance } from '../../../shared/domain/metering/balance/balance.ts';
import { balanceDepot, DEFAULT_SETTINGS } from '../../../shared/domain/metering/balance/balance-depot.ts';
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readDepot } from '../../fleet/depot-table.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import { readIntervals } from '../intervals/interval-table.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { readMetersSince, type NumberedMeter } from '../meters/meter-table.ts';
import { readLatest } from '../readings/reading-table.ts';

/** What is billed at these charge points in sessions that touch the range, with the whole of each. */
export type BilledSource = (evseKeys: readonly string[], fromMs: EpochMs, toMs: EpochMs) => Billed;

export type Billed = {
  readonly energies: readonly BilledEnergy[];
  /** Between these all sessions are known. */
  readonly knownFromMs: EpochMs;
  readonly knownToMs: EpochMs;
};

export type BalanceParts = {
  readonly store: ReadableStore;
  readonly profiles: MeterProfiles;
  /** The profile's. */
  readonly clock: Clock;
  /** Undefined where nobody tells of sessions. */
  readonly billed: () => BilledSource | undefined;
};

/** Of a meter that never answered here, and so of one that is only known from files. */
const UNKNOWN_STEP_WH = 10;

/** Up to the last quarter hour that is over: what is still to come is not missing. */
export function readBalance(
  { store, profiles, clock, billed }: BalanceParts,
  { depotId, fromMs, toMs: askedToMs }: { readonly depotId: string; readonly fromMs: EpochMs; readonly toMs: EpochMs },
): DepotBalance {
  const toMs = Math.min(askedToMs, Math.floor(clock.nowMs() / INTERVAL_MS) * INTERVAL_MS);
  const firstMs = Math.floor(fromMs / INTERVAL_MS) * INTERVAL_MS;
  const meters = readMetersSince(store, firstMs)
    .filter((meter) => meter.depotId === depotId)
    .map((meter): BalanceMeter => ({
      ...meter,
      ...describeInstrument(store, profiles, meter),
      intervals: readIntervals(store, meter.number, firstMs, toMs),
    }));
  const evseKeys = meters.flatMap(({ evseKey }) => evseKey ?? []);
  const timeZone = readDepot(store, depotId)?.timeZone;
  const told = billed()?.(evseKeys, fromMs, toMs);
  return balanceDepot({
    depotId,
    fromMs,
    toMs,
    zone: timeZone === undefined ? undefined : openLocalTime(timeZone),
    settings: DEFAULT_SETTINGS,
    meters,
    billed: told?.energies,
    ...(told === undefined ? {} : { billedFromMs: told.knownFromMs, billedToMs: told.knownToMs }),
  });
}

/** Its step as its newest reading shows it, since that of a float grows with the register. */
function describeInstrument(
  store: ReadableStore,
  profiles: MeterProfiles,
  meter: NumberedMeter,
): Pick<BalanceMeter, 'resolutionWh' | 'ratedPowerW'> {
  const profile = profiles.of(meter.profile);
  const latest = readLatest(store, meter.number);
  const readBy = latest === undefined ? undefined : profiles.of(latest.profile);
  const stepWh =
    latest !== undefined && readBy?.ok === true
      ? decodeReading(readBy.value, latest.registers, latest.ctRatio).resolutionWh
      : 0;
  const rated = profile.ok ? profile.value.rated : undefined;
  return {
    resolutionWh: stepWh > 0 ? stepWh : UNKNOWN_STEP_WH,
    // Nothing is known of what it can carry: then the power beside a boundary alone says what a clock is worth.
    ratedPowerW: rated === undefined ? Infinity : 3 * (meter.ratedCurrentA ?? rated.currentA) * rated.voltageV,
  };
}
