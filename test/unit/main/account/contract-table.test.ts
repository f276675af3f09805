/** Versions of contracts over a real store: what is new, what is a repetition, what came late, and what a vehicle is under. */
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  contractOfVehicle,
  putContract,
  readContract,
  readContracts,
  readContractVersions,
  startTermsOfVehicle,
} from '../../../../src/main/account/contract-table.ts';
import { countVehicles, putToken, vehicleOfToken } from '../../../../src/main/account/token-table.ts';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { JUNE_9_MS, madeContract, madeTerms, madeToken } from '../../../support/account/made-account.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const DAY_MS = 86_400_000;

function setUp() {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  return {
    store,
    put: (change: Parameters<typeof madeContract>[0], learntAtMs: number) =>
      store.write((tx) => putContract(tx, madeContract(change), learntAtMs)),
    token: (change: Parameters<typeof madeToken>[0] = {}) => store.write((tx) => putToken(tx, madeToken(change))),
  };
}

test('a version is kept for each content, and not for each time it is told', () => {
  const { put, store } = setUp();
  expect(put({}, 1)).toBe(true);
  expect(put({ updatedAtMs: JUNE_9_MS + DAY_MS }, 2)).toBe(false);
  expect(put({ name: 'Other', updatedAtMs: JUNE_9_MS + 2 * DAY_MS }, 3)).toBe(true);
  expect(put({ id: 'con-1' }, 4)).toBe(false);
  expect(put({ updatedAtMs: JUNE_9_MS + 3 * DAY_MS }, 5)).toBe(true);
  expect(
    readContractVersions(store, 'CON-1').map(({ contract, learntAtMs, supersededAtMs }) => [
      contract.name,
      learntAtMs,
      supersededAtMs,
    ]),
  ).toEqual([
    ['Northern contract', 1, 3],
    ['Other', 3, 5],
    ['Northern contract', 5, undefined],
  ]);
});

test('what the marketplace wrote earlier and sent later is history', () => {
  const { put, store } = setUp();
  put({ name: 'Newer', updatedAtMs: 2 }, 10);
  expect(put({ name: 'Older', updatedAtMs: 1 }, 20)).toBe(true);
  expect(readContract(store, 'con-1')?.name).toBe('Newer');
  expect(readContracts(store)).toHaveLength(1);
});

test('a log that is read again leaves the versions as they are', () => {
  const { put, store } = setUp();
  let contracts = 0;
  const change = fc.record({ name: fc.constantFrom('A', 'B', 'C'), percent: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const id = `CON-${(contracts += 1)}`;
      const log = changes.map(({ name, percent }, at) => ({
        id,
        name,
        terms: [madeTerms({ discountPercent: String(percent) })],
        updatedAtMs: at,
      }));
      for (const [at, item] of log.entries()) put(item, at);
      const before = readContractVersions(store, id);
      for (const item of log) put(item, 100);
      expect(readContractVersions(store, id)).toEqual(before);
      expect(readContract(store, id)?.name).toBe(log.at(-1)?.name);
    }),
    { numRuns: 30 },
  );
});

test('a vehicle is under the contract of its valid token that is in force', () => {
  const { put, store, token } = setUp();
  put({ validToMs: JUNE_9_MS }, 1);
  put({ id: 'CON-2', name: 'Second', validFromMs: JUNE_9_MS }, 1);
  token();
  token({ uid: 'TOK-2', contractId: 'CON-2' });
  token({ uid: 'TOK-3', contractId: 'CON-2', valid: false });
  const at = (atMs: number, knownAtMs?: number) => contractOfVehicle(store, 'veh-1', atMs, knownAtMs)?.id;
  expect([at(JUNE_9_MS - 1), at(JUNE_9_MS), at(JUNE_9_MS, 0)]).toEqual(['CON-1', 'CON-2', undefined]);
  expect(contractOfVehicle(store, 'VEH-9', JUNE_9_MS)).toBeUndefined();
  expect(countVehicles(store, 'CON-2')).toBe(1);
  expect(vehicleOfToken(store, 'tok-2')).toBe('VEH-1');
});

test('a start goes by the valid token whose contract is in force, not by the newest', () => {
  const { put, store, token } = setUp();
  const standing = () => {
    const { token: carried, contract } = startTermsOfVehicle(store, 'veh-1', JUNE_9_MS);
    return [carried?.uid, contract?.id];
  };
  expect(standing()).toEqual([undefined, undefined]);
  put({ id: 'CON-9', validToMs: JUNE_9_MS }, 1);
  put({}, 1);
  token({ uid: 'BLOCKED', valid: false, updatedAtMs: JUNE_9_MS + 2 });
  expect(standing()).toEqual(['BLOCKED', 'CON-1']);
  token({ uid: 'ENDED', contractId: 'CON-9', updatedAtMs: JUNE_9_MS + 1 });
  expect(standing()).toEqual(['ENDED', 'CON-9']);
  token();
  expect(standing()).toEqual(['TOK-1', 'CON-1']);
});

test('a token goes by when it was written', () => {
  const { store, token } = setUp();
  expect(token({ vehicleId: 'VEH-2', updatedAtMs: 5 })).toBe(true);
  expect(token({ vehicleId: 'VEH-1', updatedAtMs: 5 })).toBe(false);
  expect(token({ vehicleId: 'VEH-3', updatedAtMs: 6 })).toBe(true);
  expect(vehicleOfToken(store, 'TOK-1')).toBe('VEH-3');
});
