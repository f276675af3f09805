/**
 * Makes records due to be judged anew when what they were judged by has changed: judging itself, the tariffs published by their CPO,
 * their contract, or what ties them to a vehicle and a place. How far each was followed is stored, so nothing is missed by a restart.
 */
import { readContracts } from '../../account/contract-table.ts';
import type { ReadableStore, Store, Transaction } from '../../database/sqlite.ts';
import { readLearntAfter } from '../../tariff/tariff-version-table.ts';
import { makeAllDue, makeContractDue, makeDue, makePartyDue, putMark, readMark } from './assessment-table.ts';
import { readStoredRecord, readUnplaced } from './charge-record-table.ts';
import { findLinks } from './find-links.ts';

/** Raise it when judging changes, the pricing engine's part in it too: then all records are judged anew. */
const JUDGING_VERSION = '1';
/** So many records are looked at in one go for a vehicle or a place that has become known. */
const UNPLACED_AT_ONCE = 100;

/** Nothing is written while nothing has changed. */
export function openCauses(store: Store): { readonly follow: () => void } {
  let unplacedAfter = '';

  function findPlaced(): string[] {
    const keys = readUnplaced(store, unplacedAfter, UNPLACED_AT_ONCE);
    // All of them in turn, however many stay unknown for ever.
    unplacedAfter = keys.length < UNPLACED_AT_ONCE ? '' : (keys.at(-1) ?? '');
    return keys.filter((key) => isPlacedNow(store, key));
  }

  return {
    follow: () => {
      const steps = [followJudging(store), followTariffs(store), followContracts(store)].filter(
        (step) => step !== undefined,
      );
      const placed = findPlaced();
      if (steps.length === 0 && placed.length === 0) return;
      store.write((tx) => {
        for (const step of steps) step(tx);
        for (const key of placed) makeDue(tx, key);
      }, 'bulk');
    },
  };
}

type Step = ((tx: Transaction) => void) | undefined;

function followJudging(store: ReadableStore): Step {
  if (readMark(store, 'judging') === JUDGING_VERSION) return undefined;
  return (tx) => {
    makeAllDue(tx);
    putMark(tx, 'judging', JUDGING_VERSION);
  };
}

function followTariffs(store: ReadableStore): Step {
  const { newest, parties } = readLearntAfter(store, Number(readMark(store, 'tariffs') ?? 0));
  if (parties.size === 0) return undefined;
  return (tx) => {
    for (const [party, fromMs] of parties) makePartyDue(tx, party, fromMs);
    putMark(tx, 'tariffs', String(newest));
  };
}

/** Contracts are few and change seldom, so they are compared whole. */
function followContracts(store: ReadableStore): Step {
  const marked = readMark(store, 'contracts');
  const before = JSON.parse(marked ?? '{}') as Readonly<Record<string, string>>;
  const contracts = readContracts(store);
  const now = JSON.stringify(
    Object.fromEntries(contracts.map(({ contract, contentHash }) => [contract.id, contentHash])),
  );
  if (now === (marked ?? '{}')) return undefined;
  const changed = contracts.filter(({ contract, contentHash }) => before[contract.id] !== contentHash);
  return (tx) => {
    for (const { contract } of changed) makeContractDue(tx, contract.id, contract.validFromMs);
    putMark(tx, 'contracts', now);
  };
}

function isPlacedNow(store: ReadableStore, key: string): boolean {
  const stored = readStoredRecord(store, key);
  if (stored === undefined) return false;
  const { vehicleId, zone } = findLinks(store, stored.record, stored.vehicleId);
  const before = stored.record.charge.zone;
  return vehicleId !== stored.vehicleId || zone.zone !== before.zone || zone.basis !== before.basis;
}
