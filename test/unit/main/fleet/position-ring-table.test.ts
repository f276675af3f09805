import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../src/shared/domain/fleet/position.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { openPositionRing } from '../../../../src/main/fleet/position-ring-table.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 5, 9, 4);
const slotOf = (atMs: number) => Math.floor(atMs / HOUR_MS) % 25;

function at(atMs: number, vehicleNumber = 1): Position {
  return {
    vehicleNumber,
    atMs,
    latitude: 52.5,
    longitude: 13.4,
    speedKmh: 30,
    headingDeg: 90,
    socPercent: 71.5,
    batteryTempC: 24,
    activity: 'driving',
  };
}

function stage(budgetBytes = 1e9, gathered?: number) {
  const file = path.join(temporaryFolder(), 'a.sqlite');
  const store = openStore({ path: file });
  const ring = openPositionRing(store, budgetBytes, gathered);
  const put = (positions: readonly Position[]) =>
    store.write((tx) => {
      const stored = positions.map((position) => ring.store(tx, position));
      ring.settle(tx);
      return stored;
    });
  return { store, ring, put };
}

describe('position ring', () => {
  it('gives a track back as it was reported, across hours, and ignores what it has', () => {
    const { store, ring, put } = stage();
    const track = Array.from({ length: 200 }, (_, index) => at(START + index * 60_000));
    put(track);
    expect(put(track.slice(0, 10))).toEqual(Array(10).fill('held'));
    expect(ring.track(store, 1, START, START + 1e9)).toEqual(track);
    expect(ring.track(store, 1, START + 60_000, START + 120_000)).toEqual(track.slice(1, 3));
    expect(ring.track(store, 2, START, START + 1e9)).toEqual([]);
  });

  it('forgets what is more than a day old and takes nothing older than that', () => {
    const { store, ring, put } = stage();
    for (let hour = 0; hour < 40; hour++) put([at(START + hour * HOUR_MS)]);
    const kept = ring.track(store, 1, 0, Infinity);
    expect(kept.length).toBe(25);
    expect(kept[0]?.atMs).toBe(START + 15 * HOUR_MS);
    expect(put([at(START)])).toEqual(['too-old']);
    expect(put([at(START + 20 * HOUR_MS + 1)])).toEqual(['stored']);
  });

  it('drops its oldest hour when it outgrows its budget, and says how far back it reaches', () => {
    const { store, ring, put } = stage(44 * 25);
    for (let hour = 0; hour < 5; hour++)
      put(Array.from({ length: 10 }, (_, index) => at(START + hour * HOUR_MS + index)));
    expect(ring.shortenedToHours()).toBe(2);
    expect(ring.track(store, 1, 0, Infinity)[0]?.atMs).toBe(START + 3 * HOUR_MS);
    expect(put([at(START + 2 * HOUR_MS)])).toEqual(['too-old']);
    // It is still known after a restart, and said no longer once the ring reaches a day back again.
    const reopened = openPositionRing(store, 1e9);
    expect(reopened.shortenedToHours()).toBe(2);
    store.write((tx) => reopened.store(tx, at(START + 25 * HOUR_MS)));
    expect(reopened.shortenedToHours()).toBe(23);
    store.write((tx) => reopened.store(tx, at(START + 26 * HOUR_MS)));
    expect(reopened.shortenedToHours()).toBe(undefined);
  });

  it('empties an hour that had to go piece by piece, and shows nothing of it meanwhile', () => {
    const { store, ring, put } = stage(44 * 29_500, 1000);
    const count = () =>
      store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM position_ring_${slotOf(START)}`).get()?.n ?? 0;
    for (const hour of [0, 1])
      for (let page = 0; page < 15; page++)
        put(Array.from({ length: 1000 }, (_, index) => at(START + hour * HOUR_MS + page, index)));
    expect(ring.shortenedToHours()).toBe(1);
    expect(ring.track(store, 1, 0, START + HOUR_MS - 1)).toEqual([]);
    const left = [count()];
    while ((left.at(-1) ?? 0) > 0) {
      put([]);
      left.push(count());
    }
    expect(left.length).toBeGreaterThan(1);
    expect(ring.track(store, 1, 0, Infinity).length).toBe(15);
  });

  it('does not say that it was shortened by a transaction that was taken back', () => {
    const { store, ring, put } = stage(44 * 15);
    put(Array.from({ length: 10 }, (_, index) => at(START + index)));
    expect(() =>
      store.write((tx) => {
        for (let index = 0; index < 10; index++) ring.store(tx, at(START + HOUR_MS + index));
        ring.settle(tx);
        expect(ring.shortenedToHours()).toBe(1);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(ring.shortenedToHours()).toBe(undefined);
    expect(ring.track(store, 1, 0, Infinity).length).toBe(10);
  });

  it('drops hours that are yet to come, so that the present is taken again', () => {
    const { store, ring, put } = stage();
    put([at(START + 48 * HOUR_MS)]);
    expect(put([at(START + 1)])).toEqual(['too-old']);
    expect(store.write((tx) => ring.dropAfter(tx, START + HOUR_MS))).toBe(true);
    expect(store.write((tx) => ring.dropAfter(tx, START + HOUR_MS))).toBe(false);
    expect(put([at(START + 1)])).toEqual(['stored']);
    expect(
      openPositionRing(store, 1e9)
        .track(store, 1, 0, Infinity)
        .map(({ atMs }) => atMs),
    ).toEqual([START + 1]);
  });

  it('counts its rows right after a transaction that was taken back', () => {
    const { store, ring, put } = stage();
    put([at(START)]);
    expect(() =>
      store.write((tx) => {
        ring.store(tx, at(START + 1));
        ring.store(tx, at(START + 30 * HOUR_MS));
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    put([at(START + 2)]);
    expect(ring.track(store, 1, 0, Infinity).map((position) => position.atMs)).toEqual([START, START + 2]);
    expect(store.prepare('SELECT row_count FROM position_ring_hour').all()).toEqual([{ row_count: 2 }]);
  });

  it('has every position once, wherever it is on its way: in a page, in both, or in the ring', () => {
    const { store, ring, put } = stage(1e9, 20);
    const countOf = (table: string) =>
      store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
    const known: Position[] = [];
    const places = new Set<string>();
    for (let second = 0; second < 60; second++) {
      const page = [1, 2, 3].map((vehicle) => at(START + second * 1000, vehicle));
      put(page);
      // A page that is told again, and one that comes late, as any may.
      expect(put(page)).toEqual(['held', 'held', 'held']);
      if (second % 7 === 3) put([at(START + second * 1000 - 500, 2)]);
      known.push(...page, ...(second % 7 === 3 ? [at(START + second * 1000 - 500, 2)] : []));
      places.add(`pages ${countOf('position_page') > 0}, ring ${countOf(`position_ring_${slotOf(START)}`) > 0}`);
      // Another start reads the same from the database as this one holds in memory.
      for (const read of second % 10 === 9 ? [ring, openPositionRing(store, 1e9, 20)] : [ring])
        for (const vehicle of [1, 2, 3])
          expect(read.track(store, vehicle, 0, Infinity)).toEqual(
            known.filter(({ vehicleNumber }) => vehicleNumber === vehicle).sort((a, b) => a.atMs - b.atMs),
          );
    }
    expect(places).toEqual(new Set(['pages true, ring false', 'pages true, ring true']));
    expect(countOf('position_page')).toBeLessThan(40);
    expect(store.prepare('SELECT row_count FROM position_ring_hour').all()).toEqual([{ row_count: known.length }]);
  });

  it('forgets with a transaction what that brought on its way', () => {
    const { store, ring, put } = stage(1e9, 10);
    for (let second = 0; second < 12; second++) put([at(START + second)]);
    const before = ring.track(store, 1, 0, Infinity);
    expect(() =>
      store.write((tx) => {
        for (let second = 12; second < 40; second++) {
          ring.store(tx, at(START + second));
          ring.settle(tx);
        }
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(ring.track(store, 1, 0, Infinity)).toEqual(before);
    expect(put([at(START + 12), at(START + 11)])).toEqual(['stored', 'held']);
    expect(ring.track(store, 1, 0, Infinity).length).toBe(13);
  });

  it('gives an hour that comes again nothing of what it held under a wrong clock', () => {
    const { store, ring, put } = stage(1e9, 10);
    put([at(START), at(START + 5 * HOUR_MS), at(START + 5 * HOUR_MS + 1)]);
    store.write((tx) => ring.dropAfter(tx, START + HOUR_MS));
    put([at(START + 5 * HOUR_MS + 2)]);
    for (const read of [ring, openPositionRing(store, 1e9)])
      expect(read.track(store, 1, 0, Infinity).map(({ atMs }) => atMs)).toEqual([START, START + 5 * HOUR_MS + 2]);
  });
});
