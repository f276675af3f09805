/** The SQL behind network performance: each question reads one table by its index and leaves the adding up to pure code. */
import type { Connector, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { evseKey } from '../network/evse-table.ts';

export type ChargePointPlace = {
  readonly key: string;
  readonly label: string;
  readonly locationId: string;
  readonly locationName: string;
  readonly operatorName: string;
  /** `CC*PPP`. */
  readonly party: string;
};

export function readChargePoints(store: ReadableStore): ChargePointPlace[] {
  return store
    .prepare<[], ChargePointPlace>(
      `SELECT evse.key, evse.label, location.id AS locationId, location.name AS locationName,
         coalesce(party.name, location.operator_name) AS operatorName,
         location.country_code || '*' || location.party_id AS party
       FROM evse JOIN location ON location.id = evse.location_id
         LEFT JOIN party ON party.key = location.country_code || '*' || location.party_id
       WHERE evse.status <> 'REMOVED'`,
    )
    .all();
}

type StatusChange = { readonly atMs: EpochMs; readonly status: EvseStatus };

/** Of one charge point, oldest first: the last before the window and all within it. */
export function readStatusesOf(store: ReadableStore, key: string, fromMs: EpochMs, toMs: EpochMs): StatusChange[] {
  const before = store
    .prepare<[string, number], StatusChange>(
      `SELECT at_ms AS atMs, status FROM evse_status_change WHERE evse_key = ? AND at_ms < ? ORDER BY at_ms DESC LIMIT 1`,
    )
    .all(key, fromMs);
  const within = store
    .prepare<[string, number, number], StatusChange>(
      `SELECT at_ms AS atMs, status FROM evse_status_change WHERE evse_key = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`,
    )
    .all(key, fromMs, toMs);
  return [...before, ...within];
}

/** Starts that were settled in the window; one whose outcome is unknown is told apart. */
export function readStartOutcomes(
  store: ReadableStore,
  fromMs: EpochMs,
  toMs: EpochMs,
): { readonly evseKey: string; readonly state: string; readonly count: number }[] {
  return store
    .prepare<[number, number], { evseKey: string; state: string; count: number }>(
      `SELECT evse_key AS evseKey, state, count(*) AS count FROM session_command
       WHERE changed_at_ms >= ? AND changed_at_ms < ? AND kind = 'START_SESSION'
         AND state IN ('done', 'refused', 'unknown') AND evse_key IS NOT NULL
       GROUP BY evse_key, state`,
    )
    .all(fromMs, toMs);
}

type SessionRow = {
  evse_key: string;
  connector_id: string;
  energy_wh: number;
  duration_ms: number;
  connectors: string | null;
  max_ac_w: number | null;
  max_dc_w: number | null;
};

export type EndedSession = {
  readonly evseKey: string;
  readonly energyWh: number;
  readonly durationMs: number;
  /** The lesser of connector and vehicle; undefined where either is not known. */
  readonly promisedW: number | undefined;
};

export function readEndedSessions(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): EndedSession[] {
  const parsed = new Map<string, readonly Connector[]>();
  const connectorsOf = (text: string): readonly Connector[] => {
    const known = parsed.get(text) ?? (JSON.parse(text) as Connector[]);
    parsed.set(text, known);
    return known;
  };
  return store
    .prepare<[number, number], SessionRow>(
      `SELECT session.evse_key, session.connector_id, session.energy_wh,
         coalesce(session.end_at_ms, session.updated_at_ms) - session.start_at_ms AS duration_ms,
         evse.connectors, vehicle.max_ac_w, vehicle.max_dc_w
       FROM session LEFT JOIN evse ON evse.key = session.evse_key LEFT JOIN vehicle ON vehicle.id = session.vehicle_id
       WHERE session.status IN ('COMPLETED', 'INVALID') AND coalesce(session.end_at_ms, session.updated_at_ms) > ?
         AND coalesce(session.end_at_ms, session.updated_at_ms) <= ?`,
    )
    .all(fromMs, toMs)
    .map((row) => {
      const connector = row.connectors === null ? undefined : connectorsOf(row.connectors).find(isConnector(row));
      const vehicleW = connector?.current === 'DC' ? row.max_dc_w : row.max_ac_w;
      const promisedW =
        connector === undefined || vehicleW === null ? undefined : Math.min(connector.maxPowerW, vehicleW);
      return { evseKey: row.evse_key, energyWh: row.energy_wh, durationMs: row.duration_ms, promisedW };
    });
}

function isConnector({ connector_id: id }: SessionRow): (connector: Connector) => boolean {
  return (connector) => connector.id.toLowerCase() === id.toLowerCase();
}

export type RecordSum = {
  readonly evseKey: string;
  readonly currency: string;
  readonly net: string;
  readonly energyWh: number;
  readonly isInDoubt: boolean;
};

/** Records that end in the window. A credit takes money back and no energy. */
export function readRecordSums(store: ReadableStore, fromMs: EpochMs, toMs: EpochMs): RecordSum[] {
  return store
    .prepare<
      [number, number],
      {
        location_id: string;
        evse_uid: string;
        currency: string;
        stated_net: string;
        energy_wh: number;
        is_credit: number;
        verdict: string | null;
      }
    >(
      `SELECT location_id, evse_uid, currency, stated_net, energy_wh, is_credit, charge_assessment.verdict
       FROM charge_record LEFT JOIN charge_assessment ON record_key = charge_record.key
       WHERE charge_record.end_ms >= ? AND charge_record.end_ms < ?`,
    )
    .all(fromMs, toMs)
    .map((row) => ({
      evseKey: evseKey(row.location_id, row.evse_uid),
      currency: row.currency,
      net: row.stated_net,
      energyWh: row.is_credit === 1 ? -row.energy_wh : row.energy_wh,
      isInDoubt: row.verdict === 'differs',
    }));
}

/** Versions learnt in the window that took the place of another, by party in lower case. */
export function readTariffChanges(
  store: ReadableStore,
  fromMs: EpochMs,
  toMs: EpochMs,
): ReadonlyMap<string, { readonly count: number; readonly lastAtMs: EpochMs }> {
  const rows = store
    .prepare<[number, number], { party: string; count: number; last_at_ms: number }>(
      `SELECT lower(country_code || '*' || party_id) AS party, count(*) AS count,
         max(coalesce(valid_from_ms, learnt_at_ms)) AS last_at_ms
       FROM tariff_version AS newer
       WHERE coalesce(valid_from_ms, learnt_at_ms) >= ? AND coalesce(valid_from_ms, learnt_at_ms) < ?
         AND EXISTS (SELECT 1 FROM tariff_version AS older
           WHERE older.country_code = newer.country_code AND older.party_id = newer.party_id AND older.id = newer.id
             AND older.number < newer.number)
       GROUP BY party`,
    )
    .all(fromMs, toMs);
  return new Map(rows.map(({ party, count, last_at_ms: lastAtMs }) => [party, { count, lastAtMs }]));
}
