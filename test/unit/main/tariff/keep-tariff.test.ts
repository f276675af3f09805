/** In force when, learnt when: whatever order words come in, the past is answered as it was and as it was known. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Tariff } from '../../../../src/shared/domain/tariff/tariff.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import type { Store } from '../../../../src/main/database/sqlite.ts';
import { putTariff, withdrawTariff } from '../../../../src/main/tariff/keep-tariff.ts';
import { tariffAt } from '../../../../src/main/tariff/tariff-at.ts';
import { readVersions } from '../../../../src/main/tariff/tariff-version-table.ts';
import { energyTariff } from '../../../support/made-tariff.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function openTemporaryStore(): Store {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  return store;
}

function openTariffs(store = openTemporaryStore(), id = 'T1') {
  const name = { countryCode: 'DE', partyId: 'TST', id };
  return {
    put: (price: string, updatedAtMs: number, learntAtMs: number, changes: Partial<Tariff> = {}) =>
      store.write((tx) => putTariff(tx, energyTariff(price, { id, updatedAtMs, ...changes }), learntAtMs)),
    withdraw: (atMs: number, learntAtMs: number) => store.write((tx) => withdrawTariff(tx, name, atMs, learntAtMs)),
    priceAt: (atMs: number, knownAtMs = Infinity, party = 'DE*TST') =>
      tariffAt(store, party, id, atMs, knownAtMs)?.tariff.elements[0]?.components[0]?.price,
    versions: () => readVersions(store, name),
  };
}

describe('versions', () => {
  test('a newer one takes the place of the older and leaves it as it was', () => {
    const { put, versions, priceAt } = openTariffs();
    put('0.40', 10, 100);
    put('0.50', 20, 200);
    expect(versions()).toMatchObject([
      { learntAtMs: 200, supersededAtMs: undefined },
      { learntAtMs: 100, supersededAtMs: 200 },
    ]);
    expect([priceAt(15), priceAt(20), priceAt(300), priceAt(300, 150)]).toEqual(['0.40', '0.50', '0.50', '0.40']);
    expect(priceAt(300, 99)).toBeUndefined();
  });

  test('equal content is no version, and its newest word counts', () => {
    const { put, versions, priceAt } = openTariffs();
    put('0.40', 10, 100);
    expect(put('0.40', 30, 110)).toBe('unchanged');
    expect(put('0.40', 30, 120, { id: 't1' })).toBe('unchanged');
    expect(versions()).toHaveLength(1);
    put('0.50', 20, 130);
    expect([priceAt(15), priceAt(25), priceAt(30), priceAt(500)]).toEqual(['0.40', '0.50', '0.40', '0.40']);
  });

  test('what is older than the newest is history, and comes once', () => {
    const { put, versions, priceAt } = openTariffs();
    put('0.50', 20, 100);
    put('0.40', 10, 110);
    expect(put('0.40', 10, 120)).toBe('unchanged');
    expect(versions()).toHaveLength(2);
    expect(versions()[1]).toMatchObject({ learntAtMs: 110, supersededAtMs: 110, withdrawn: false });
    expect([priceAt(500), priceAt(15), priceAt(15, 105)]).toEqual(['0.50', '0.40', undefined]);
  });

  test('a withdrawal ends it until it is told anew', () => {
    const { put, withdraw, priceAt, versions } = openTariffs();
    expect(withdraw(5, 50)).toBe('unchanged');
    put('0.40', 10, 100);
    withdraw(20, 200);
    expect(withdraw(20, 210)).toBe('unchanged');
    expect([priceAt(15), priceAt(20), priceAt(300), priceAt(300, 150)]).toEqual(['0.40', undefined, undefined, '0.40']);
    put('0.40', 30, 300);
    expect([priceAt(25), priceAt(30)]).toEqual([undefined, '0.40']);
    expect(versions().map(({ withdrawn }) => withdrawn)).toEqual([false, true, false]);
  });

  test('one that begins later leaves its forerunner in force till then, and its own end is half-open', () => {
    const { put, priceAt } = openTariffs();
    put('0.40', 10, 10);
    put('0.50', 20, 20, { validFromMs: 100, validToMs: 200 });
    expect([99, 100, 199, 200].map((atMs) => priceAt(atMs))).toEqual(['0.40', '0.50', '0.50', undefined]);
  });

  test('a CPO whose clock is ahead is believed from when we learnt it; ids are compared without case', () => {
    const { put, priceAt } = openTariffs();
    put('0.40', 5000, 100);
    expect([priceAt(99), priceAt(100), priceAt(100, Infinity, 'de*tst')]).toEqual([undefined, '0.40', '0.40']);
  });
});

/** Of more than two words with equal content in a row only the first and the newest are remembered, so these are left to the examples above. */
test('in whatever order words come, the newest word known that speaks for an instant decides', () => {
  const word = fc.record({ isWithdrawal: fc.boolean(), saidAtMs: fc.integer({ min: 1, max: 12 }) });
  const words = fc
    .array(word, { maxLength: 12 })
    .filter((all) => all.filter(({ isWithdrawal }) => isWithdrawal).length <= 2);
  const store = openTemporaryStore();
  let runs = 0;
  fc.assert(
    fc.property(words, fc.integer({ min: 0, max: 13 }), fc.nat(12), (all, atMs, known) => {
      const { put, withdraw, priceAt } = openTariffs(store, `T${(runs += 1)}`);
      const knownAtMs = 100 + known;
      // There is nothing to withdraw before the first price.
      const first = all.findIndex(({ isWithdrawal }) => !isWithdrawal);
      const heard = all.map(({ isWithdrawal, saidAtMs }, index) => {
        const learntAtMs = 100 + index;
        const price = isWithdrawal ? undefined : `0.${index + 1}`;
        if (price === undefined) withdraw(saidAtMs, learntAtMs);
        else put(price, saidAtMs, learntAtMs);
        return { price, saidAtMs, learntAtMs };
      });
      const decisive = heard
        .slice(first === -1 ? all.length : first)
        .filter(({ saidAtMs, learntAtMs }) => saidAtMs <= atMs && learntAtMs <= knownAtMs)
        .toSorted((a, b) => a.saidAtMs - b.saidAtMs || a.learntAtMs - b.learntAtMs)
        .at(-1);
      expect(priceAt(atMs, knownAtMs)).toBe(decisive?.price);
    }),
    { numRuns: 200 },
  );
});
