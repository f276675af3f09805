import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  limitAt,
  NOTHING_TOLD,
  type Profile,
} from '../../../../../../src/shared/domain/charging/set-points/profile.ts';
import {
  releaseSetPoints,
  type ToldCharger,
} from '../../../../../../src/shared/domain/charging/set-points/release-set-points.ts';

const flat = (limitW: number): Profile => ({ toMs: 100, periods: [{ fromMs: 0, limitW }] });

describe('releaseSetPoints', () => {
  it('lets what is lowered leave at once, and what is raised only where there is room for the old and the new', () => {
    const chargers: ToldCharger[] = [
      { evseKey: 'up', fallbackW: 0, possible: [flat(1000)], wanted: flat(6000) },
      { evseKey: 'down', fallbackW: 0, possible: [flat(6000)], wanted: flat(1000) },
    ];
    expect(releaseSetPoints(chargers, 0, () => 8000)).toEqual({ leaves: ['down'], waits: ['up'] });
    const acknowledged = chargers.map((each) =>
      each.evseKey === 'down' ? { ...each, possible: [flat(1000)], wanted: undefined } : each,
    );
    expect(releaseSetPoints(acknowledged, 0, () => 8000)).toEqual({ leaves: ['up'], waits: [] });
  });

  it('counts a charge point that may still follow its fallback', () => {
    const lost: ToldCharger = { evseKey: 'lost', fallbackW: 4000, possible: [NOTHING_TOLD], wanted: undefined };
    const up: ToldCharger = { evseKey: 'up', fallbackW: 0, possible: [flat(0)], wanted: flat(5000) };
    expect(releaseSetPoints([lost, up], 0, () => 8000).waits).toEqual(['up']);
    expect(releaseSetPoints([lost, up], 0, () => 9000).leaves).toEqual(['up']);
  });

  it('keeps the sum within the limit whatever is lost on the way, from any state that kept it', () => {
    const SLOT = 10;
    const limits = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
    const profile = limits.map((each): Profile => ({
      toMs: each.length * SLOT,
      periods: each.map((limitW, at) => ({ fromMs: at * SLOT, limitW })),
    }));
    const CHARGERS = 5;
    const FATES = ['acknowledged', 'lost', 'answer lost'] as const;
    const rounds = fc.array(
      fc.array(fc.record({ wanted: profile, fate: fc.constantFrom(...FATES) }), {
        minLength: CHARGERS,
        maxLength: CHARGERS,
      }),
      { minLength: 1, maxLength: 6 },
    );
    const fallbacks = fc.array(fc.nat(5), { minLength: CHARGERS, maxLength: CHARGERS });
    fc.assert(
      fc.property(rounds, fallbacks, fc.nat(30), (told, fallbackW, spareW) => {
        const leftW = fallbackW.reduce((sum, each) => sum + each, 0) + spareW;
        const known: (readonly Profile[])[] = fallbackW.map(() => [NOTHING_TOLD]);
        const truth: Profile[] = fallbackW.map(() => NOTHING_TOLD);
        for (const round of told) {
          const { leaves } = releaseSetPoints(
            round.map(({ wanted }, at) => ({
              evseKey: String(at),
              fallbackW: fallbackW[at] ?? 0,
              possible: known[at] ?? [],
              wanted,
            })),
            0,
            () => leftW,
          );
          for (const key of leaves) {
            const at = Number(key);
            const { wanted = NOTHING_TOLD, fate = 'lost' } = round[at] ?? {};
            if (fate !== 'lost') truth[at] = wanted;
            known[at] = fate === 'acknowledged' ? [wanted] : [...(known[at] ?? []), wanted];
          }
          for (let atMs = 0; atMs <= 4 * SLOT; atMs += SLOT) {
            const sumW = truth.reduce((sum, each, at) => sum + limitAt(each, fallbackW[at] ?? 0, atMs), 0);
            expect(sumW).toBeLessThanOrEqual(leftW);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
