/**
 * How networks served us in a window, per CPO, site or charge point, from what this console saw: commands, sessions, statuses, records and
 * tariffs. Read in slices, so that a question about 40 000 charge points does not stop the rest.
 */
import {
  addBilled,
  addSession,
  addStatuses,
  mergeSums,
  noSums,
  performanceRow,
  type PerformanceSums,
} from '../../../shared/domain/marketplace/network-performance/performance-sums.ts';
import type { PerformanceRow } from '../../../shared/domain/marketplace/performance.ts';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import {
  readChargePoints,
  readEndedSessions,
  readRecordSums,
  readStartOutcomes,
  readStatusesOf,
  readTariffChanges,
  type ChargePointPlace,
} from './performance-queries.ts';

type Question = QueryInput<'marketplace/performance'>;
type Window = { readonly fromMs: EpochMs; readonly toMs: EpochMs };

/** Charge points whose statuses are read before others get their turn. */
const SLICE = 1000;

export async function readPerformance(store: ReadableStore, question: Question): Promise<PerformanceRow[]> {
  const points = readChargePoints(store).filter((point) => isBelow(point, question));
  const sums = new Map(points.map((point) => [point.key.toLowerCase(), { ...noSums(), evses: 1 }]));
  await addAllStatuses(store, points, sums, question);
  addCommandsAndSessions(store, sums, question);
  addRecords(store, sums, question);
  return groupRows(store, points, sums, question);
}

function isBelow(point: ChargePointPlace, { level, parentKey }: Question): boolean {
  if (parentKey === undefined) return true;
  const parent = level === 'evse' ? point.locationId : point.party;
  return parent.toLowerCase() === parentKey.toLowerCase();
}

async function addAllStatuses(
  store: ReadableStore,
  points: readonly ChargePointPlace[],
  sums: ReadonlyMap<string, PerformanceSums>,
  { fromMs, toMs }: Window,
): Promise<void> {
  for (let first = 0; first < points.length; first += SLICE) {
    if (first > 0) await new Promise((resume) => setImmediate(resume));
    for (const { key } of points.slice(first, first + SLICE)) {
      const mine = sums.get(key.toLowerCase());
      if (mine) addStatuses(mine, readStatusesOf(store, key, fromMs, toMs), fromMs, toMs);
    }
  }
}

function addCommandsAndSessions(
  store: ReadableStore,
  sums: ReadonlyMap<string, PerformanceSums>,
  { fromMs, toMs }: Window,
): void {
  for (const { evseKey, state, count } of readStartOutcomes(store, fromMs, toMs)) {
    const mine = sums.get(evseKey.toLowerCase());
    if (!mine) continue;
    mine.starts += count;
    if (state === 'done') mine.startsDone += count;
    if (state === 'unknown') mine.startsUnknown += count;
  }
  for (const session of readEndedSessions(store, fromMs, toMs)) {
    const mine = sums.get(session.evseKey.toLowerCase());
    if (mine) addSession(mine, session);
  }
}

function addRecords(store: ReadableStore, sums: ReadonlyMap<string, PerformanceSums>, { fromMs, toMs }: Window): void {
  for (const { evseKey, currency, net, energyWh, isInDoubt } of readRecordSums(store, fromMs, toMs)) {
    const mine = sums.get(evseKey.toLowerCase());
    if (!mine) continue;
    mine.records += 1;
    if (isInDoubt) mine.recordsInDoubt += 1;
    addBilled(mine, currency, net, energyWh);
  }
}

function groupRows(
  store: ReadableStore,
  points: readonly ChargePointPlace[],
  sums: ReadonlyMap<string, PerformanceSums>,
  { level, fromMs, toMs }: Question,
): PerformanceRow[] {
  const groups = new Map<string, { point: ChargePointPlace; sums: PerformanceSums }>();
  for (const point of points) {
    const key = { cpo: point.party, site: point.locationId, evse: point.key }[level];
    const mine = sums.get(point.key.toLowerCase());
    const group = groups.get(key) ?? { point, sums: noSums() };
    groups.set(key, group);
    if (mine) mergeSums(group.sums, mine);
  }
  const changes = readTariffChanges(store, fromMs, toMs);
  return [...groups].map(([key, { point, sums: total }]) => {
    const names = {
      cpo: { name: point.operatorName, parentName: undefined },
      site: { name: point.locationName, parentName: point.operatorName },
      evse: { name: point.label, parentName: point.locationName },
    }[level];
    // Tariffs belong to a party, so sites and charge points show those of theirs.
    const { count = 0, lastAtMs } = changes.get(point.party.toLowerCase()) ?? {};
    return performanceRow({ key, ...names }, total, { tariffChanges: count, lastTariffChangeAtMs: lastAtMs });
  });
}
