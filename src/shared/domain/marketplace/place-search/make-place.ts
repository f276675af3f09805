/**
 * A place as the search shows it, made of a location and what its charge points say: connectors that are alike are one group, with how
 * many are free. Charge points that are planned or removed are no part of it.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import type { Connector, EvseStatus } from '../evse.ts';
import type { ChargePlace, ConnectorGroup } from '../place.ts';

export type PlaceFacts = Pick<
  ChargePlace,
  | 'locationId'
  | 'name'
  | 'address'
  | 'operatorName'
  | 'party'
  | 'countryCode'
  | 'latitude'
  | 'longitude'
  | 'timeZone'
  | 'isDepot'
  | 'access'
>;

export type ChargePointFacts = {
  readonly status: EvseStatus;
  readonly statusAtMs: EpochMs;
  readonly connectors: readonly Connector[];
  readonly capabilities: readonly string[];
};

/** Undefined: there is nothing to charge at. */
export function makePlace(facts: PlaceFacts, chargePoints: readonly ChargePointFacts[]): ChargePlace | undefined {
  const present = chargePoints.filter(({ status }) => status !== 'REMOVED' && status !== 'PLANNED');
  if (present.length === 0) return undefined;
  const statuses: Partial<Record<EvseStatus, number>> = {};
  const groups = new Map<string, ConnectorGroup>();
  let oldestStatusAtMs = Infinity;
  let newestStatusAtMs = -Infinity;
  for (const point of present) {
    statuses[point.status] = (statuses[point.status] ?? 0) + 1;
    oldestStatusAtMs = Math.min(oldestStatusAtMs, point.statusAtMs);
    newestStatusAtMs = Math.max(newestStatusAtMs, point.statusAtMs);
    // A charge point with two connectors that are alike serves one vehicle, so it counts once.
    const alike = new Map(point.connectors.map((connector) => [groupKey(connector), connector]));
    for (const [key, connector] of alike) groups.set(key, countIn(groups.get(key), key, connector, point.status));
  }
  return {
    ...facts,
    groups: [...groups.values()],
    statuses,
    oldestStatusAtMs,
    newestStatusAtMs,
    capabilities: [...new Set(present.flatMap(({ capabilities }) => capabilities))],
  };
}

function countIn(
  group: ConnectorGroup | undefined,
  key: string,
  connector: Connector,
  status: EvseStatus,
): ConnectorGroup {
  return {
    key,
    standard: connector.standard,
    current: connector.current,
    maxPowerW: connector.maxPowerW,
    maxPowerStated: connector.maxPowerStated,
    tariffIds: connector.tariffIds ?? [],
    total: (group?.total ?? 0) + 1,
    free: (group?.free ?? 0) + (status === 'AVAILABLE' ? 1 : 0),
    unknown: (group?.unknown ?? 0) + (status === 'UNKNOWN' ? 1 : 0),
  };
}

const keys = new WeakMap<Connector, string>();

/** Of one length whatever the tariffs are called, and the same as long as the connector is. */
function groupKey(connector: Connector): string {
  const known = keys.get(connector);
  if (known !== undefined) return known;
  const power = `${connector.maxPowerW}${connector.maxPowerStated ? '' : '?'}`;
  const key = `${connector.standard}/${connector.current}/${power}/${fingerprint(connector.tariffIds ?? [])}`;
  keys.set(connector, key);
  return key;
}

/** FNV-1a, 32 bits: apart enough for the few tariffs of one place. */
function fingerprint(ids: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const character of ids.join('\n').toLowerCase())
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
