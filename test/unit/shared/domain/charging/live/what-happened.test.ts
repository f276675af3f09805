import { describe, expect, it } from 'vitest';
import {
  gravestFirst,
  isSameYard,
  whatHappened,
} from '../../../../../../src/shared/domain/charging/live/what-happened.ts';
import type { SiteFacts } from '../../../../../../src/shared/domain/charging/live/site-facts.ts';
import {
  FACTS_AT_MS,
  madeBay,
  madeDuty,
  madeFacts,
  madeVehicleFacts,
} from '../../../../../support/charging/made-facts.ts';

const MINUTE_MS = 60_000;
const clockOf = (atMs: number) => new Date(atMs).toISOString().slice(11, 16);
const said = (after: SiteFacts, before = madeFacts()) =>
  whatHappened(before, after, clockOf).map(({ reason, detail }) => `${reason}: ${detail}`);
const withA = (more: Parameters<typeof madeVehicleFacts>[1]) =>
  madeFacts({ vehicles: [madeVehicleFacts('A', more), madeVehicleFacts('B')] });

describe('what happened between two looks', () => {
  it('is nothing when nothing did', () => {
    expect(said(madeFacts())).toEqual([]);
    expect(isSameYard(madeFacts(), madeFacts())).toBe(true);
  });

  it.each<[string, SiteFacts]>([
    ['limit: The grid now allows 60 kW instead of 100 kW', madeFacts({ siteLimitW: 60_000 })],
    [
      'duty-changed: R A leaves at 19:15 instead of 20:00',
      withA({ duty: madeDuty('A', { departAtMs: FACTS_AT_MS + 75 * MINUTE_MS }) }),
    ],
    ['charger: Bay A of R A is out of order', withA({ isBayBroken: true })],
    ['departure: R A left', withA({ isHere: false })],
    ['taper: R A takes up to 11 kW', withA({ maxW: 11_000 })],
    ['arrival: A vehicle that is in no plan charges at Bay 9', madeFacts({ unplannedBays: [madeBay('Bay 9')] })],
  ])('%s', (sentence, after) => {
    expect(said(after)).toEqual([sentence]);
  });

  it('tells a late vehicle by how much', () => {
    const away = (returnAtMs: number) =>
      withA({ isHere: false, running: madeDuty('A', { id: 'earlier', departAtMs: 0, returnAtMs }) });
    expect(said(away(FACTS_AT_MS + 40 * MINUTE_MS), away(FACTS_AT_MS))).toEqual([
      'duty-changed: R A is expected 40 min later',
    ]);
  });

  it('is another yard when somebody charges who is in no plan, or stops', () => {
    expect(isSameYard(madeFacts(), madeFacts({ unplannedBays: [madeBay('Bay 9')] }))).toBe(false);
  });

  it('tells what comes and goes all day after what does not', () => {
    const happenings = whatHappened(madeFacts(), withA({ isHere: false, isBayBroken: true }), clockOf);
    expect(gravestFirst(happenings).map(({ reason }) => reason)).toEqual(['charger', 'departure']);
  });
});
