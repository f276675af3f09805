/** A depot's terms as the planner needs them: a price for each slot, and what each peak costs. */
import { toDecimalText, type Exact } from '../../../kernel/exact.ts';
import type { EpochMs } from '../../../kernel/instant.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import { accept, refuse, type Result } from '../../../kernel/result.ts';
import type { DemandCharge, FurtherDemand } from '../plan-case.ts';
import type { SiteTerms } from '../site-terms.ts';
import { demandPricePerKw, importPrice, isCounted, termsAt } from './site-prices.ts';

const DAY_MS = 86_400_000;

export type PricedSlots = {
  readonly importPrice: readonly number[];
  readonly exportPrice: readonly number[];
  readonly demand: DemandCharge;
  readonly furtherDemands: readonly FurtherDemand[];
};

/**
 * `peakSoFarKw` answers the highest import of the running month among instants a demand charge counts.
 *
 * A plan sees one day and a peak is paid for a month: one that is raised today serves all days that are left. So a kW is
 * weighed with its price over the days left, which asks of a day only its own share, and the full price on the last day.
 */
export function priceSlots(parts: {
  readonly terms: readonly SiteTerms[];
  readonly local: LocalTime;
  readonly fromMs: EpochMs;
  readonly slotMs: number;
  readonly slots: number;
  readonly peakSoFarKw: (counts: (atMs: EpochMs) => boolean) => number;
}): Result<PricedSlots, 'no-terms'> {
  const { terms, local, fromMs, slotMs, slots, peakSoFarKw } = parts;
  const begins = Array.from({ length: slots }, (_, slot) => fromMs + slot * slotMs);
  const importPrices: number[] = [];
  const exportPrices: number[] = [];
  for (const beginMs of begins) {
    const inForce = termsAt(terms, beginMs);
    const price = importPrice(terms, local, beginMs, beginMs + slotMs);
    if (inForce === undefined || price === undefined)
      return refuse(
        'no-terms',
        'No price is known for a part of the next day, so no plan can be called cheapest. Enter the supplier’s terms on the page Cost.',
      );
    importPrices.push(toNumber(price));
    // Selling never earns more than buying costs, or a plan would buy in order to sell.
    exportPrices.push(Math.min(Number(inForce.exportPricePerKwh), toNumber(price)));
  }
  const now = termsAt(terms, fromMs);
  const daysLeft = Math.max(1, (local.spanOf('month', fromMs).endMs - fromMs) / DAY_MS);
  let always = 0;
  const furtherDemands: FurtherDemand[] = [];
  for (const demand of now?.demand ?? []) {
    if (now === undefined) break;
    const pricePerKw = toNumber(demandPricePerKw(demand, now)) / daysLeft;
    const counted = begins.map((beginMs) => isCounted(demand, local, beginMs));
    if (Object.keys(demand.when).length === 0) always += pricePerKw;
    else if (counted.includes(true))
      furtherDemands.push({
        pricePerKw,
        peakSoFarKw: peakSoFarKw((atMs) => isCounted(demand, local, atMs)),
        isCounted: counted,
      });
  }
  return accept({
    importPrice: importPrices,
    exportPrice: exportPrices,
    demand: { pricePerKw: always, peakSoFarKw: peakSoFarKw(() => true) },
    furtherDemands,
  });
}

/** A plan weighs in floating point; only bills are exact. */
function toNumber(price: Exact): number {
  return Number(toDecimalText(price, 12, 'half-even'));
}
