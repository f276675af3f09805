import { describe, expect, it } from 'vitest';
import { buildCase } from '../../../../../../src/shared/domain/charging/live/build-case.ts';
import { judgeReadiness } from '../../../../../../src/shared/domain/charging/live/judge-readiness.ts';
import type { SiteFacts, VehicleFacts } from '../../../../../../src/shared/domain/charging/live/site-facts.ts';
import { planCharging } from '../../../../../../src/shared/domain/charging/plan-charging.ts';
import { FACTS_AT_MS, madeDuty, madeFacts, madeVehicleFacts } from '../../../../../support/charging/made-facts.ts';

const MINUTE_MS = 60_000;

function judged(facts: SiteFacts) {
  const built = buildCase(facts);
  const { powerKw, missingReason } = planCharging(built.plan);
  const rows = built.plan.vehicles.map(({ fromSlot }, at) => {
    const row = new Float64Array(facts.slots);
    powerKw[at]?.forEach((kw, slot) => (row[fromSlot + slot] = kw));
    return row;
  });
  return judgeReadiness({ facts, built, powerKw: rows, reason: missingReason, wishes: [] });
}
const one = (more: Partial<VehicleFacts>, facts: Partial<SiteFacts> = {}) =>
  judged(madeFacts({ vehicles: [madeVehicleFacts('A', more)], ...facts }))[0];

describe('who will drive and who will not', () => {
  it('is on track with time to spare, and ready where nothing is needed', () => {
    const onTrack = one({});
    expect(onTrack).toMatchObject({ state: 'on-track', missingWh: 0, because: '' });
    expect(onTrack?.expectedPercent).toBeCloseTo(50, 6);
    expect(onTrack?.marginMs).toBeGreaterThan(60 * MINUTE_MS);
    expect(one({ socPercent: 80 })).toMatchObject({ state: 'ready', needWh: 0 });
  });

  it('is tight when charging can hardly wait', () => {
    expect(one({ duty: madeDuty('A', { departAtMs: FACTS_AT_MS + 45 * MINUTE_MS }) })?.state).toBe('tight');
  });

  it('will miss for the time it has, and says with figures why', () => {
    const late = one({ duty: madeDuty('A', { departAtMs: FACTS_AT_MS + 15 * MINUTE_MS }) });
    expect(late).toMatchObject({ state: 'will-miss', cause: 'charger-window', readyAtMs: undefined });
    expect(late?.because).toMatch(
      /^Bay A gives it at most 22 kW for 0\.3 h\. \d+\.\d kWh of the \d+\.\d kWh it needs do not fit\.$/u,
    );
    expect(late?.marginMs).toBeLessThan(0);
  });

  it('will miss for the site where the site is what is full', () => {
    const both = judged(madeFacts({ siteLimitW: 20_000 }));
    expect(both.some(({ state, cause }) => state === 'will-miss' && cause === 'site-limit')).toBe(true);
    expect(both.find(({ cause }) => cause === 'site-limit')?.because).toContain('The site is full at 20 kW in');
  });

  it('names a broken bay, and a vehicle without any', () => {
    expect(one({ isBayBroken: true })?.cause).toBe('charger-fault');
    expect(one({ bay: undefined, maxW: 0 })?.cause).toBe('not-plugged');
  });

  it('does not pretend to know a charge that was never or not lately heard', () => {
    expect(one({ socPercent: undefined, socAtMs: undefined })).toMatchObject({
      state: 'unknown',
      cause: 'soc-unknown',
      expectedPercent: undefined,
    });
    expect(one({ socAtMs: FACTS_AT_MS - 7 * 60 * MINUTE_MS })?.because).toContain('more than six hours old');
  });
});
