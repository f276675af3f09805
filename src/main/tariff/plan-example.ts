/**
 * An example charge as a charge that was used: energy at one power till it is all there, then the vehicle stays plugged in and asks for none.
 * A real vehicle tapers; what it takes is not known before. The engine cuts it wherever the tariff changes.
 */
import type { Charge, UsagePeriod } from '../../shared/domain/tariff/charge.ts';
import type { Tariff } from '../../shared/domain/tariff/tariff.ts';
import { fraction, toDecimalText } from '../../shared/kernel/exact.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';

const MS_PER_HOUR = 3_600_000;
const PER_THOUSAND = 1000;
/** Finer than a millisecond in hours, so that stated hours agree with the instants. */
const HOUR_DECIMALS = 10;

export function planExample(
  tariff: Tariff,
  example: {
    readonly beginMs: EpochMs;
    readonly energyWh: number;
    readonly powerW: number;
    readonly parkedMs: number;
    readonly timeZone: string;
  },
): Charge {
  const { beginMs, energyWh, powerW, parkedMs } = example;
  const chargeMs = Math.round((energyWh / powerW) * MS_PER_HOUR);
  const fullAtMs = beginMs + chargeMs;
  const charging: UsagePeriod = {
    beginMs,
    tariffId: tariff.id,
    dimensions: [
      { type: 'ENERGY', volume: toDecimalText(fraction(Math.round(energyWh), PER_THOUSAND), 3, 'half-up') },
      { type: 'TIME', volume: hours(chargeMs) },
      { type: 'POWER', volume: toDecimalText(fraction(Math.round(powerW), PER_THOUSAND), 3, 'half-up') },
    ],
  };
  const parked: UsagePeriod = {
    beginMs: fullAtMs,
    tariffId: tariff.id,
    dimensions: [{ type: 'PARKING_TIME', volume: hours(Math.round(parkedMs)) }],
  };
  return {
    beginMs,
    endMs: fullAtMs + Math.round(parkedMs),
    currency: tariff.currency,
    zone: { zone: example.timeZone, basis: 'stated' },
    periods: parkedMs > 0 ? [charging, parked] : [charging],
    tariffs: [tariff],
  };
}

function hours(ms: number): string {
  return toDecimalText(fraction(ms, MS_PER_HOUR), HOUR_DECIMALS, 'half-up');
}
