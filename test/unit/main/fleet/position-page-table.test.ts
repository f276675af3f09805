import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import type { PositionValues } from '../../../../src/main/fleet/position-columns.ts';
import { openPositionPages } from '../../../../src/main/fleet/position-page-table.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const VEHICLES = 20;

function page(number: number): PositionValues[] {
  return Array.from({ length: VEHICLES }, (_, vehicle) => [vehicle + 1, number, 1, 2, 3, 4, 5, 6, 0]);
}

function stage(gathered: number) {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  const ring: PositionValues[] = [];
  const open = () => openPositionPages(store, (_tx, positions) => void ring.push(...positions), gathered);
  const pageCount = () => store.prepare<[], { n: number }>('SELECT count(*) AS n FROM position_page').get()?.n ?? 0;
  return { store, ring, open, pageCount };
}

it('brings a bounded share on with each page, keeps a bounded number of pages, and brings all of them', () => {
  const { store, ring, open, pageCount } = stage(VEHICLES * 10);
  const pages = open();
  let mostAtOnce = 0;
  let mostPages = 0;
  for (let number = 0; number < 300; number++) {
    const before = ring.length;
    store.write((tx) => {
      for (const values of page(number)) pages.add(values);
      pages.settle(tx);
    });
    mostAtOnce = Math.max(mostAtOnce, ring.length - before);
    mostPages = Math.max(mostPages, pageCount());
  }
  // Half as much again as came, and the rest of a vehicle that was begun.
  expect(mostAtOnce).toBeLessThanOrEqual(VEHICLES * 1.5 + 10);
  expect(mostPages).toBeLessThanOrEqual(30);
  store.write((tx) => pages.bringAllOn(tx));
  expect(pageCount()).toBe(0);
  expect(ring.length).toBe(300 * VEHICLES);
  expect(new Set(ring.map(([vehicle, atMs]) => `${vehicle}/${atMs}`)).size).toBe(300 * VEHICLES);
});

it('goes on at the next start with what was on its way, and may tell the ring of it a second time', () => {
  const { store, ring, open } = stage(VEHICLES * 10);
  let pages = open();
  for (let number = 0; number < 100; number++) {
    store.write((tx) => {
      for (const values of page(number)) pages.add(values);
      pages.settle(tx);
    });
    if (number % 17 === 16) pages = open();
  }
  store.write((tx) => pages.bringAllOn(tx));
  expect(new Set(ring.map(([vehicle, atMs]) => `${vehicle}/${atMs}`)).size).toBe(100 * VEHICLES);
});
