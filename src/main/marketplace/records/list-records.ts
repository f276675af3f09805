/**
 * The list of charge records: rows by the newest end, page by page, and how many of each verdict there are. Counts come from an index
 * alone, and pages begin where the one before ended, so a hundred thousand records are no slower to turn than a hundred.
 */
import type { ChargeCheck, ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import type { ChargeRecordPage } from '../../../shared/ipc/marketplace/record-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { energyWh } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore } from '../../database/sqlite.ts';

export type RecordFilter = {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly verdict?: ChargeRecordRow['verdict'] | undefined;
  readonly isBreach?: true | undefined;
  readonly party?: string | undefined;
  readonly vehicleId?: string | undefined;
  readonly text?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly endMs: EpochMs; readonly key: string } | undefined;
};

type ListedRow = {
  key: string;
  id: string;
  party: string;
  operator_name: string | null;
  location_name: string;
  evse_uid: string;
  session_id: string | null;
  vehicle_id: string | null;
  contract_id: string;
  begin_ms: number;
  end_ms: number;
  time_zone: string;
  energy_wh: number;
  currency: string;
  stated_net: string;
  stated_gross: string | null;
  is_credit: number;
  received_at_ms: number;
  verdict: ChargeRecordRow['verdict'];
  priced_net: string | null;
  difference: string | null;
  worst_check: string | null;
  signature: ChargeRecordRow['signature'];
};

const SELECT = `
  SELECT record.key, record.id, record.party, coalesce(party.name, location.operator_name) AS operator_name, record.location_name, record.evse_uid, record.session_id,
    record.vehicle_id, record.contract_id, record.begin_ms, record.end_ms, record.time_zone, record.energy_wh,
    record.currency, record.stated_net, record.stated_gross, record.is_credit, record.received_at_ms,
    assessed.verdict, assessed.priced_net, assessed.difference, assessed.worst_check, assessed.signature
  FROM charge_assessment AS assessed
    CROSS JOIN charge_record AS record ON record.key = assessed.record_key
    LEFT JOIN party ON party.key = record.party
    LEFT JOIN location ON location.id = record.location_id`;

export function listRecords(store: ReadableStore, filter: RecordFilter): ChargeRecordPage {
  const all = conditions(filter);
  const page = filter.before === undefined ? all : { ...all, before: filter.before };
  const rows = readPage(store, page, filter.limit + 1);
  return {
    rows: rows.slice(0, filter.limit).map(readRow),
    more: rows.length > filter.limit,
    counts: countKinds(store, conditions({ ...filter, verdict: undefined, isBreach: undefined })),
  };
}

export function readRecordRow(store: ReadableStore, key: string): ChargeRecordRow | undefined {
  const row = store.prepare<[string], ListedRow>(`${SELECT} WHERE assessed.record_key = ?`).get(key);
  return row && readRow(row);
}

/** Keys of records received after `sinceMs`, the newest first. */
export function readReceivedSince(
  store: ReadableStore,
  sinceMs: EpochMs,
  limit: number,
): { readonly key: string; readonly receivedAtMs: EpochMs }[] {
  return store
    .prepare<[number, number], { key: string; receivedAtMs: number }>(
      `SELECT key, received_at_ms AS receivedAtMs FROM charge_record WHERE received_at_ms > ?
       ORDER BY received_at_ms DESC LIMIT ?`,
    )
    .all(sinceMs, limit);
}

type Conditions = {
  readonly where: readonly string[];
  readonly values: readonly (string | number)[];
  readonly before?: { readonly endMs: EpochMs; readonly key: string };
};

function conditions(filter: RecordFilter): Conditions {
  const { fromMs, toMs, verdict, isBreach, party, vehicleId, text } = filter;
  const given: readonly (readonly [condition: string, value: string | number | undefined])[] = [
    ['assessed.end_ms >= ?', fromMs],
    ['assessed.end_ms < ?', toMs],
    ['assessed.verdict = ?', verdict],
    ['assessed.party = ?', party],
    ['assessed.vehicle_id = ?', vehicleId],
    ['instr(assessed.search, ?) > 0', text === '' ? undefined : text?.toLowerCase()],
  ];
  const set = given.filter((pair): pair is readonly [string, string | number] => pair[1] !== undefined);
  // Word for word the condition of its index.
  const where = set.map(([condition]) => condition);
  return {
    where: isBreach === true ? [...where, 'assessed.is_breach = 1'] : where,
    values: set.map(([, value]) => value),
  };
}

function readPage(store: ReadableStore, { where, values, before }: Conditions, limit: number): ListedRow[] {
  const after = before === undefined ? [] : ['(assessed.end_ms, assessed.record_key) < (?, ?)'];
  const afterValues = before === undefined ? [] : [before.endMs, before.key];
  return store
    .prepare<(string | number)[], ListedRow>(
      `${SELECT} WHERE ${[...where, ...after].join(' AND ')}
       ORDER BY assessed.end_ms DESC, assessed.record_key DESC LIMIT ?`,
    )
    .all(...values, ...afterValues, limit);
}

/** One run over an index; grouping would sort it first. */
function countKinds(store: ReadableStore, { where, values }: Conditions): ChargeRecordPage['counts'] {
  const counts = store
    .prepare<(string | number)[], ChargeRecordPage['counts']>(
      `SELECT count(*) FILTER (WHERE verdict = 'agrees') AS agrees,
         count(*) FILTER (WHERE verdict = 'explained') AS explained,
         count(*) FILTER (WHERE verdict = 'differs') AS differs,
         count(*) FILTER (WHERE verdict = 'not-priced') AS "not-priced",
         count(*) FILTER (WHERE is_breach = 1) AS breach
       FROM charge_assessment AS assessed WHERE ${where.join(' AND ')}`,
    )
    .get(...values);
  return counts ?? { agrees: 0, explained: 0, differs: 0, 'not-priced': 0, breach: 0 };
}

function readRow(row: ListedRow): ChargeRecordRow {
  return {
    key: row.key,
    id: row.id,
    party: row.party,
    operatorName: row.operator_name ?? undefined,
    locationName: row.location_name,
    evseUid: row.evse_uid,
    sessionId: row.session_id ?? undefined,
    vehicleId: row.vehicle_id ?? undefined,
    contractId: row.contract_id,
    beginMs: row.begin_ms,
    endMs: row.end_ms,
    timeZone: row.time_zone,
    energyWh: energyWh(row.energy_wh),
    currency: row.currency,
    statedNet: row.stated_net,
    statedGross: row.stated_gross ?? undefined,
    pricedNet: row.priced_net ?? undefined,
    difference: row.difference ?? undefined,
    verdict: row.verdict,
    worstCheck: row.worst_check === null ? undefined : (JSON.parse(row.worst_check) as ChargeCheck),
    isCredit: row.is_credit === 1,
    signature: row.signature,
    receivedAtMs: row.received_at_ms,
  };
}
