/** The other end of the window's port, from a script: one vehicle in a large network, whose states change all the time. */
import type { Depot, Vehicle } from '../../../src/shared/domain/fleet/vehicle.ts';
import type { ChargePlace } from '../../../src/shared/domain/marketplace/place.ts';
import type { BackendMessage, WindowMessage } from '../../../src/shared/ipc/messages.ts';
import { encodeTelemetryFrame } from '../../../src/shared/ipc/telemetry-frame.ts';
import { energyWh, powerW } from '../../../src/shared/kernel/quantity.ts';
import { assessByRule, makeParties, makePlaces } from './scripted-places.ts';

/** As often as the backend tells of places at most. */
const CHANGES_EVERY_MS = 500;
const CHANGES_AT_ONCE = 40;

const vehicle: Vehicle = {
  id: 'V1',
  number: 1,
  registration: 'B-SW 1001E',
  model: 'Bench 12 t',
  depotId: 'D1',
  usableCapacityWh: energyWh(280_000),
  maxAcW: powerW(22_000),
  maxDcW: powerW(150_000),
};
const depot: Depot = {
  id: 'D1',
  name: 'Depot',
  latitude: 51,
  longitude: 10.5,
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  siteLimitW: powerW(400_000),
  locationIds: [],
  updatedAtMs: 0,
};

export function startScriptedBackend(count: number): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const nowMs = Date.now();
  let places = makePlaces(count, nowMs);
  const link = {
    id: 'marketplace',
    name: 'Script',
    state: 'live',
    sinceMs: nowMs,
    lastMessageAtMs: nowMs,
    queuedCommands: 0,
    reconnects: 0,
    quarantined: 0,
    replayed: 0,
    lostItems: 0,
    streams: [],
  };
  const facts = {
    id: 'console',
    profileId: 'bench',
    profileKind: 'marketplace',
    profileName: 'Bench',
    operator: 'Bench',
    clock: { wallAnchorMs: nowMs, virtualAnchorMs: nowMs, rate: 1 },
    demo: undefined,
    store: { state: 'saving' },
  };
  const recordsOf: Readonly<Record<string, () => readonly unknown[]>> = {
    'console/facts': () => [facts],
    'link/status': () => [link],
    'fleet/vehicles': () => [vehicle],
    'fleet/depots': () => [depot],
    'marketplace/places': () => places,
    'marketplace/parties': () => makeParties(nowMs),
  };
  const send = (message: BackendMessage) => port2.postMessage(message);

  port2.onmessage = ({ data }: MessageEvent<WindowMessage>) => {
    if (data.type === 'subscribe' && data.name === 'fleet/telemetry') {
      const { latitude, longitude } = depot;
      const report = { vehicleNumber: 1, atMs: nowMs, latitude, longitude, speedKmh: 0, headingDeg: 0 } as const;
      const position = { ...report, socPercent: 34, batteryTempC: 20, activity: 'idle' } as const;
      send({ type: 'frame', id: data.id, frame: encodeTelemetryFrame([position], nowMs, true) });
    } else if (data.type === 'subscribe') {
      send({ type: 'snapshot', id: data.id, snapshot: { revision: 0, records: recordsOf[data.name]?.() ?? [] } });
      if (data.name === 'marketplace/places') changeForEver(data.id);
    } else if (data.type === 'query') send({ type: 'answer', id: data.id, value: answer(data.name) });
  };

  function answer(name: string): unknown {
    if (name === 'marketplace/assess-places')
      return {
        need: {
          vehicleId: vehicle.id,
          contractId: 'C1',
          contractName: 'Bench contract',
          atMs: nowMs,
          socPercent: 34,
          socAtMs: nowMs,
          latitude: depot.latitude,
          longitude: depot.longitude,
          energyWh: 50_000,
          consumptionKnown: true,
        },
        places: assessByRule(places),
      };
    return name === 'marketplace/place-evses' ? [] : undefined;
  }

  function changeForEver(id: number): void {
    let revision = 0;
    let next = 0;
    setInterval(() => {
      const upserted: ChargePlace[] = [];
      for (let step = 0; step < CHANGES_AT_ONCE; step++) {
        const place = places[(next += 7) % places.length];
        if (place !== undefined) upserted.push(changed(place));
      }
      const byId = new Map(upserted.map((place) => [place.locationId, place]));
      places = places.map((place) => byId.get(place.locationId) ?? place);
      send({
        type: 'delta',
        id,
        delta: { from: revision, revision: ++revision, merged: upserted.length, upserted, removedKeys: [] },
      });
    }, CHANGES_EVERY_MS);
  }
  return port1;
}

/** One vehicle more or less of those that can come and go. */
function changed(place: ChargePlace): ChargePlace {
  const free = place.statuses.AVAILABLE ?? 0;
  const charging = place.statuses.CHARGING ?? 0;
  const by = free > 0 ? -1 : Math.min(1, charging);
  return {
    ...place,
    statuses: { ...place.statuses, AVAILABLE: free + by, CHARGING: charging - by },
    groups: place.groups.map((group) => ({ ...group, free: free + by })),
    newestStatusAtMs: Date.now(),
  };
}
