/**
 * What the log amounts to: every object as the items made it. Used to rebuild the server after a restart and by tests
 * to compare a console's store with the marketplace's own.
 */
import { type EventLog } from './event-log.ts';
import { DURABLE_STREAMS, type DurableStream } from './log-entries.ts';

type Body = Record<string, unknown>;

export type LogView = {
  readonly depots: Map<string, Body>;
  readonly vehicles: Map<string, Body>;
  readonly duties: Map<string, Body>;
  readonly locations: Map<string, Body>;
  /** Keyed by location id, a slash, EVSE uid. */
  readonly evses: Map<string, Body>;
  readonly sessions: Map<string, Body>;
  /** command.result bodies by command id. */
  readonly results: Map<string, Body>;
  /** Charge detail records by id. */
  readonly records: Map<string, Body>;
  readonly payments: Map<string, Body>;
  /** By party id. */
  readonly parties: Map<string, Body>;
};

export function viewLog(log: EventLog): LogView {
  const view: LogView = {
    depots: new Map(),
    vehicles: new Map(),
    duties: new Map(),
    locations: new Map(),
    evses: new Map(),
    sessions: new Map(),
    results: new Map(),
    records: new Map(),
    payments: new Map(),
    parties: new Map(),
  };
  for (const stream of DURABLE_STREAMS) eachItem(log, stream, (kind, body) => applyItem(view, kind, body));
  return view;
}

function eachItem(log: EventLog, stream: DurableStream, visit: (kind: string, body: Body) => void): void {
  for (let from = 1; from <= log.head(stream);) {
    const items = log.read(stream, from, 1000, Infinity);
    for (const { kind, body } of items) if (isBody(body)) visit(kind, body);
    from += items.length;
  }
}

function applyItem(view: LogView, kind: string, body: Body): void {
  const id = String(body['id']);
  switch (kind) {
    case 'depot.put':
      view.depots.set(id, body);
      return;
    case 'vehicle.put':
      view.vehicles.set(id, body);
      return;
    case 'vehicle.delete':
      view.vehicles.delete(id);
      return;
    case 'duty.put':
      view.duties.set(id, body);
      return;
    case 'duty.delete':
      view.duties.delete(id);
      return;
    case 'location.put': {
      const { evses, ...location } = body;
      view.locations.set(id, location);
      if (!Array.isArray(evses)) return;
      for (const evse of evses) if (isBody(evse)) view.evses.set(`${id}/${String(evse['uid'])}`, evse);
      return;
    }
    case 'evse.put': {
      const evse = body['evse'];
      if (!isBody(evse)) return;
      view.evses.set(`${String(body['location_id'])}/${String(evse['uid'])}`, evse);
      return;
    }
    case 'evse.status': {
      const key = `${String(body['location_id'])}/${String(body['evse_uid'])}`;
      const known = view.evses.get(key);
      if (known) view.evses.set(key, { ...known, status: body['status'], last_updated: body['last_updated'] });
      return;
    }
    case 'session.put':
      view.sessions.set(id, { charging_periods: [], ...body });
      return;
    case 'session.patch': {
      const known = view.sessions.get(id);
      if (!known || known['status'] === 'COMPLETED' || known['status'] === 'INVALID') return;
      const { charging_periods: added, ...changed } = body;
      const periods = [
        ...(known['charging_periods'] as unknown[]),
        ...(Array.isArray(added) ? (added as unknown[]) : []),
      ];
      view.sessions.set(id, { ...known, ...changed, charging_periods: periods });
      return;
    }
    case 'cdr.put':
      view.records.set(id, body);
      return;
    case 'payment.put':
      view.payments.set(id, body);
      return;
    case 'party.put':
      view.parties.set(String(body['party_id']), body);
      return;
    case 'command.result':
      view.results.set(String(body['command_id']), body);
      return;
    default:
      return;
  }
}

/** Tests put anything into the log; what is no object changes nothing. */
function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
