import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../src/shared/domain/fleet/position.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { openPositionRing } from '../../../../src/main/fleet/position-ring-table.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 5, 9, 4);

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

function stage(budgetBytes = 1e9) {
  const file = path.join(temporaryFolder(), 'a.sqlite');
  const store = openStore({ path: file });
  const ring = openPositionRing(store, budgetBytes);
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
});
