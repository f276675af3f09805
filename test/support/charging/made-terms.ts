/** Terms of a depot, with what a test cares for changed. */
import type { SiteTerms } from '../../../src/shared/domain/charging/site-terms.ts';

export function madeTerms(changed: Partial<SiteTerms> = {}): SiteTerms {
  return {
    depotId: 'DEPOT-BER',
    validFromMs: 0,
    name: 'Day and night',
    currency: 'EUR',
    energy: [
      { name: 'Night', pricePerKwh: '0.18', when: { fromMinute: 22 * 60, toMinute: 6 * 60 } },
      { name: 'Day', pricePerKwh: '0.31', when: {} },
    ],
    dynamic: [],
    exportPricePerKwh: '0.07',
    demand: [{ name: 'Peak of the month', per: 'kW', pricePerUnit: '12.40', when: {} }],
    powerFactor: 1,
    ...changed,
  };
}
