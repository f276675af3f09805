/** What each yard pays for its electricity: solar hours and a charge for kVA in Bengaluru, day-ahead prices and a charge for kW in Berlin. */
import type { DynamicPrice, SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import { DEMO_DEPOTS } from '../demo-depots.ts';
import { hashUnit } from '../seeded-random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far before and after the demo's beginning hourly prices are known. */
const PRICED_BEFORE_MS = 40 * DAY_MS;
const PRICED_AFTER_MS = 60 * DAY_MS;

export function demoTerms(seed: number, depot: number, startMs: number): SiteTerms {
  const { id: depotId = '', currency = '', code = '' } = DEMO_DEPOTS[depot] ?? {};
  const validFromMs = Math.floor((startMs - PRICED_BEFORE_MS) / DAY_MS) * DAY_MS;
  const shared = { depotId, currency, validFromMs };
  if (code === 'BLR')
    return {
      ...shared,
      name: 'EV charging, solar hours (2024 guideline)',
      energy: [
        { name: 'Solar hours', pricePerKwh: '5.32', when: { fromMinute: 9 * 60, toMinute: 16 * 60 } },
        { name: 'Other hours', pricePerKwh: '9.88', when: {} },
      ],
      dynamic: [],
      exportPricePerKwh: '3.10',
      demand: [{ name: 'Billing demand', per: 'kVA', pricePerUnit: '270', when: {} }],
      powerFactor: 0.95,
    };
  return {
    ...shared,
    name: 'Day-ahead with grid fees',
    energy: [{ name: 'Where no hour is known', pricePerKwh: '0.2780', when: {} }],
    dynamic: hourlyPrices(seed, validFromMs, startMs + PRICED_AFTER_MS),
    exportPricePerKwh: '0.0610',
    demand: [{ name: 'Grid use, monthly peak', per: 'kW', pricePerUnit: '8.20', when: {} }],
    powerFactor: 1,
  };
}

/** Low in the sun and at night, high in the morning and the evening; every day has its own weather. */
function hourlyPrices(seed: number, fromMs: number, toMs: number): DynamicPrice[] {
  const FEES = 0.142;
  const prices: DynamicPrice[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    const hour = (atMs / HOUR_MS + 2) % 24;
    const sun = hashUnit(seed, 'sun', Math.floor(atMs / DAY_MS));
    const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2));
    const market = 0.088 + 0.055 * bump(8, 1.8) + 0.082 * bump(19.5, 2.2) - (0.03 + 0.09 * sun) * bump(13, 2.8);
    const noise = 0.012 * (hashUnit(seed, 'hour-price', atMs) - 0.5);
    prices.push({ fromMs: atMs, toMs: atMs + HOUR_MS, pricePerKwh: (FEES + market + noise).toFixed(4) });
  }
  return prices;
}
