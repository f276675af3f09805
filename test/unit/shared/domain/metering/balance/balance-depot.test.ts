import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BalanceMeter, BilledEnergy } from '../../../../../../src/shared/domain/metering/balance/balance.ts';
import { balanceDepot, DEFAULT_SETTINGS } from '../../../../../../src/shared/domain/metering/balance/balance-depot.ts';
import { INTERVAL_MS } from '../../../../../../src/shared/domain/metering/interval.ts';
import { energyWh } from '../../../../../../src/shared/kernel/quantity.ts';
import { BEGIN_MS, balanceMeter } from '../../../../../support/made-balance.ts';

function balance(meters: readonly BalanceMeter[], slots: number, billed?: readonly BilledEnergy[]) {
  return balanceDepot({
    depotId: 'DEPOT-1',
    fromMs: BEGIN_MS,
    toMs: BEGIN_MS + slots * INTERVAL_MS,
    settings: DEFAULT_SETTINGS,
    meters,
    billed,
  });
}

/** Two feeders that vary each in its own way, and what arrives for them. */
function day(slots: number, shareOfFirst = 1) {
  const one = Array.from({ length: slots }, (_, slot) => 3000 + 2000 * Math.sin(slot / 7));
  const other = Array.from({ length: slots }, (_, slot) => 2000 + 1500 * Math.cos(slot / 11));
  return [
    balanceMeter(
      'in',
      one.map((wh, slot) => (wh + (other[slot] ?? 0)) * 1.01),
      { role: 'incomer', accuracyClass: 'C' },
    ),
    balanceMeter(
      'one',
      one.map((wh) => wh * shareOfFirst),
    ),
    balanceMeter('other', other),
  ];
}

describe('the balance of a depot', () => {
  it('sums what came in and went out, node by node, and finds nothing where it adds up', () => {
    const { nodes, meters, findings, billedWh, treeFaults } = balance(day(96), 96);
    expect(nodes).toHaveLength(1);
    const [node] = nodes;
    expect(node?.whole.verdict).toBe('balanced');
    const sum = node?.outgoing.reduce((sumWh, { importWh = 0 }) => sumWh + importWh, 0);
    expect(sum).toBeCloseTo(node?.whole.outWh ?? 0, 6);
    expect(node?.rows).toHaveLength(96);
    expect(meters.map(({ id, missingIntervals }) => [id, missingIntervals])).toEqual([
      ['in', 0],
      ['one', 0],
      ['other', 0],
    ]);
    expect([findings, treeFaults, billedWh]).toEqual([[], [], undefined]);
  });

  it('names a meter that counts a fifth too little', () => {
    expect(balance(day(96, 0.8), 96).findings).toMatchObject([
      { kind: 'constant-bias', severity: 'alarm', meterId: 'one', fromMs: BEGIN_MS, toMs: BEGIN_MS + 96 * INTERVAL_MS },
    ]);
  });

  it('finds nothing where there is too little to say anything, and keeps the rows’ own verdict', () => {
    const { findings, nodes } = balance(day(12, 0.8), 12);
    expect(findings).toEqual([]);
    expect(nodes[0]?.whole.verdict).toBe('alarm');
  });

  it('takes a meter that is not known for unknown, not for zero', () => {
    const meters = day(96).map((meter) => (meter.id === 'one' ? { ...meter, intervals: [] } : meter));
    const { nodes, findings, meters: told } = balance(meters, 96);
    expect(nodes[0]?.whole).toMatchObject({ verdict: 'unknown', residualWh: undefined });
    expect(told[1]).toMatchObject({ importWh: undefined, missingIntervals: 96 });
    expect(findings).toEqual([]);
  });

  it('widens the range to whole quarter hours', () => {
    const { fromMs, toMs } = balanceDepot({
      depotId: 'DEPOT-1',
      fromMs: BEGIN_MS + 60_000,
      toMs: BEGIN_MS + INTERVAL_MS + 60_000,
      settings: DEFAULT_SETTINGS,
      meters: [],
      billed: [],
    });
    expect([fromMs, toMs]).toEqual([BEGIN_MS, BEGIN_MS + 2 * INTERVAL_MS]);
  });

  it('sums what is billed at its charge points within the range, by the share of time', () => {
    const charger = balanceMeter('one', [0, 0], { role: 'charger', evseKey: 'LOC/E1', parentId: undefined });
    const piece = (evseKey: string): BilledEnergy => ({
      evseKey,
      sessionId: 'S1',
      beginMs: BEGIN_MS - INTERVAL_MS,
      endMs: BEGIN_MS + INTERVAL_MS,
      energyWh: energyWh(1000),
      isRunning: false,
    });
    expect(balance([charger], 2, [piece('loc/e1'), piece('LOC/E2')]).billedWh).toBe(500);
  });

  it('misses no session of a time of which none are known', () => {
    const charger = balanceMeter(
      'one',
      Array.from({ length: 8 }, () => 5_000),
      {
        role: 'charger',
        evseKey: 'LOC/E1',
        parentId: undefined,
      },
    );
    const findings = (known: { readonly billedFromMs?: number; readonly billedToMs?: number }) =>
      balanceDepot({
        depotId: 'DEPOT-1',
        fromMs: BEGIN_MS,
        toMs: BEGIN_MS + 8 * INTERVAL_MS,
        settings: DEFAULT_SETTINGS,
        meters: [charger],
        billed: [],
        ...known,
      }).findings.map(({ energyWh: atStakeWh }) => atStakeWh);
    expect(findings({})).toEqual([40_000]);
    expect(findings({ billedFromMs: BEGIN_MS + 6 * INTERVAL_MS })).toEqual([10_000]);
    expect(findings({ billedToMs: BEGIN_MS + 2.5 * INTERVAL_MS })).toEqual([10_000]);
    expect(findings({ billedFromMs: Infinity })).toEqual([]);
    expect(findings({ billedToMs: -Infinity })).toEqual([]);
  });

  it('takes any tree and any energies, and makes no number of nothing', () => {
    const wh = fc.oneof(fc.constant(undefined), fc.constant(0), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    const ids = ['in', 'a', 'b', 'c'];
    const anyMeter = fc.record({
      id: fc.constantFrom(...ids),
      parentId: fc.constantFrom(undefined, 'gone', ...ids),
      ratedPowerW: fc.constantFrom(0, 150_000, Infinity),
      energies: fc.array(wh, { minLength: 100, maxLength: 100 }),
    });
    const meters = fc.uniqueArray(anyMeter, { selector: ({ id }) => id, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(meters, (drawn) => {
        const told = balance(
          drawn.map(({ id, energies, parentId, ratedPowerW }) => balanceMeter(id, energies, { parentId, ratedPowerW })),
          100,
          [],
        );
        expect(JSON.stringify(told)).not.toMatch(/NaN|Infinity/u);
        const numbers = told.findings.flatMap(({ energyWh: wh, fromMs, toMs }) => [wh, fromMs, toMs]);
        const sums = told.nodes.flatMap(({ whole }) => [
          whole.residualWh ?? 0,
          whole.budget.worstWh,
          whole.budget.likelyWh,
        ]);
        expect([...numbers, ...sums].every(Number.isFinite)).toBe(true);
        expect(told.meters).toHaveLength(drawn.length);
      }),
      { numRuns: 60 },
    );
  });
});
