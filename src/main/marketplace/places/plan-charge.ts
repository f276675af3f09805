/**
 * A charge as it is planned: so much energy at a steady power from an instant on, and then the vehicle leaves. What would come of waiting
 * or standing on is not known, so no parking is planned.
 */
import type { Choice } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import type { Charge } from '../../../shared/domain/tariff/charge.ts';
import type { Tariff } from '../../../shared/domain/tariff/tariff.ts';
import { fraction, toDecimalText } from '../../../shared/kernel/exact.ts';

const HOUR_MS = 3_600_000;

export function planCharge({ place, beginsAtMs, energyWh, powerW }: Choice, tariff: Tariff): Charge {
  const durationMs = Math.round((energyWh / powerW) * HOUR_MS);
  const decimal = (numerator: number, denominator: number): string =>
    toDecimalText(fraction(numerator, denominator), 4, 'half-up');
  return {
    beginMs: beginsAtMs,
    endMs: beginsAtMs + durationMs,
    currency: tariff.currency,
    zone: { zone: place.timeZone, basis: 'location' },
    periods: [
      {
        beginMs: beginsAtMs,
        tariffId: tariff.id,
        dimensions: [
          { type: 'ENERGY', volume: decimal(energyWh, 1000) },
          { type: 'TIME', volume: decimal(durationMs, HOUR_MS) },
          { type: 'MAX_POWER', volume: decimal(powerW, 1000) },
          { type: 'MIN_POWER', volume: decimal(powerW, 1000) },
        ],
      },
    ],
    tariffs: [tariff],
  };
}
