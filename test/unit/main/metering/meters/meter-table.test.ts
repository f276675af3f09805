import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { putLines } from '../../../../../src/main/metering/lines/line-table.ts';
import { readMeters, readMetersSince } from '../../../../../src/main/metering/meters/meter-table.ts';
import { aLine } from '../../../../support/metering-console.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

test('a meter that was withdrawn counts for what was before, and comes back whole', () => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const declare = (units: readonly number[], atMs: number): void =>
    store.write((tx) => putLines(tx, 'operator', [aLine(1, units)], atMs));
  const ids = (meters: readonly { readonly id: string }[]): string[] => meters.map(({ id }) => id);
  declare([1, 2], 1_000);
  declare([1], 5_000);
  expect(ids(readMeters(store))).toEqual(['MTR-1']);
  expect(ids(readMetersSince(store, 4_999)).toSorted()).toEqual(['MTR-1', 'MTR-2']);
  expect(ids(readMetersSince(store, 5_000))).toEqual(['MTR-1']);
  declare([1, 2], 9_000);
  expect(ids(readMeters(store))).toEqual(['MTR-1', 'MTR-2']);
});
