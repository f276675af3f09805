/**
 * The operators' back offices: after each session its charge detail record, some time later; beside them the day's other news. Invariant: what is due follows from the log alone, so that after a crash nothing is
 * told twice and nothing is left out.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { DemoEvse } from '../fleet/charging-network.ts';
import type { LogEntry } from '../log/log-entries.ts';
import type { LogView } from '../log/log-view.ts';
import { hashUnit } from '../seeded-random.ts';
import { isoTime } from '../marketplace/wire-objects.ts';
import { chargeRecord, creditRecord, faultOf, type ToldSession } from './charge-detail.ts';
import { createDailyNews } from './daily-news.ts';

export type RecordOffice = {
  /** Learns of sessions from the items that tell of them. */
  readonly watch: (entries: readonly LogEntry[]) => void;
  /** The charge point was reserved for the session this command starts. */
  readonly noteReservation: (commandId: string, reservedMs: number) => void;
  /** All that is due at the instant. */
  readonly work: (atMs: number) => LogEntry[];
};

type Body = Readonly<Record<string, unknown>>;
type Open = { put: Body; points: { atMs: number; kwh: number }[] };
type Due = { readonly dueMs: number; readonly entry: LogEntry };

const HOUR_MS = 3_600_000;

export function createRecordOffice(world: DemoWorld, view: LogView, startMs: number): RecordOffice {
  const evses = new Map(world.charging.evses.map((evse) => [evse.uid, evse]));
  const open = new Map<string, Open>();
  const pages = new Map<string, number>();
  const reserved = new Map<string, number>();
  const spent = DEMO_DEPOTS.map(() => 0);
  const counted = new Set<string>();
  const news = createDailyNews(world, view, startMs);
  let due: Due[] = [];

  const told = (body: Body, evse: DemoEvse, points: Open['points']): ToldSession => {
    const reference = body['authorization_reference'];
    const commandId = typeof reference === 'string' ? reference : undefined;
    const page = (pages.get(evse.uid) ?? 0) + 1;
    pages.set(evse.uid, page);
    return {
      id: String(body['id']),
      vehicleId: String(body['vehicle_id']),
      evse,
      startMs: Date.parse(String(body['start_date_time'])),
      endMs: Date.parse(String(body['end_date_time'])),
      commandId,
      reservedMs: commandId === undefined ? undefined : reserved.get(commandId),
      page,
      points,
    };
  };

  const bill = (body: Body, points: Open['points']): void => {
    const evse = evses.get(String(body['evse_uid']));
    if (!evse) return;
    const session = told(body, evse, points);
    if (Number(body['kwh']) <= 0) return;
    due.push(...recordsOf(world, session).filter(({ entry }) => !isTold(view, entry)));
  };

  const closeIfOver = (id: string, body: Body): void => {
    const session = open.get(id);
    if (!session || body['status'] !== 'COMPLETED') return;
    open.delete(id);
    bill({ ...session.put, ...body }, session.points);
  };

  const watch = (entries: readonly LogEntry[]): void => {
    for (const { kind, body } of entries) {
      if (kind !== 'session.put' && kind !== 'session.patch') continue;
      const fields = body as Body;
      const id = String(fields['id']);
      const atMs = Date.parse(String(fields['last_updated']));
      if (kind === 'session.put') open.set(id, { put: fields, points: [{ atMs, kwh: Number(fields['kwh'] ?? 0) }] });
      else open.get(id)?.points.push({ atMs, kwh: Number(fields['kwh'] ?? 0) });
      closeIfOver(id, fields);
    }
  };

  const count = (entry: LogEntry): void => {
    if (entry.kind !== 'cdr.put') return;
    if (counted.has(recordIdOf(entry))) return;
    counted.add(recordIdOf(entry));
    addSpent(spent, entry);
  };

  // Not before the desk has told which sessions were reserved.
  let isRestored = false;
  const restoreOnce = (): void => {
    if (isRestored) return;
    isRestored = true;
    restore();
  };

  return {
    watch: (entries) => {
      restoreOnce();
      watch(entries);
    },
    noteReservation: (commandId, reservedMs) => void reserved.set(commandId, reservedMs),
    work: (atMs) => {
      restoreOnce();
      const ready = due.filter(({ dueMs }) => dueMs <= atMs);
      if (ready.length > 0) due = due.filter(({ dueMs }) => dueMs > atMs);
      const entries = ready.map(({ entry }) => ({ ...entry, at: isoTime(atMs) }));
      entries.forEach(count);
      return [...entries, ...news(atMs, spent)];
    },
  };

  /** What the log says was told already, and what was still to be told when the server ended. */
  function restore(): void {
    for (const body of view.records.values()) count({ stream: 'records', at: '', kind: 'cdr.put', body });
    for (const [id, body] of view.sessions) {
      const points = pointsOf(body);
      if (body['status'] === 'ACTIVE') open.set(id, { put: body, points });
      else if (body['status'] === 'COMPLETED') bill(body, points);
    }
  }
}

/** The records of one session, each with the time at which its operator sends it. */
export function recordsOf(world: DemoWorld, session: ToldSession): Due[] {
  const fault = faultOf(world, session);
  if (fault === 'missing') return [];
  const waits = hashUnit(world.seed, 'record-delay', session.id);
  // Who asked for the session from a screen is told soon; the rest when the back office gets to it.
  const delayMs = session.commandId === undefined ? 120_000 + waits * 1_500_000 : 20_000 + waits * 40_000;
  const dueMs = session.endMs + delayMs;
  const put = (atMs: number, body: Record<string, unknown>): Due => ({
    dueMs: atMs,
    entry: { stream: 'records', at: isoTime(atMs), kind: 'cdr.put', body },
  });
  const first = chargeRecord(world, session, fault, dueMs);
  if (fault === 'repeated') return [put(dueMs, first), put(dueMs + 600_000, first)];
  if (fault !== 'credited') return [put(dueMs, first)];
  const right = { ...chargeRecord(world, session, 'none', dueMs + HOUR_MS), id: `CDR-${session.id}-R` };
  return [put(dueMs, first), put(dueMs + HOUR_MS, creditRecord(first, dueMs + HOUR_MS)), put(dueMs + HOUR_MS, right)];
}

function isTold(view: LogView, entry: LogEntry): boolean {
  return view.records.has(recordIdOf(entry));
}

function recordIdOf({ body }: LogEntry): string {
  return String((body as Body)['id']);
}

/** Gross, by depot, of charge records. */
export function spentIn(entries: readonly LogEntry[]): readonly number[] {
  const spent = DEMO_DEPOTS.map(() => 0);
  const told = new Map(entries.map((entry) => [recordIdOf(entry), entry]));
  for (const entry of told.values()) addSpent(spent, entry);
  return spent;
}

function addSpent(spent: number[], { body }: LogEntry): void {
  const depot = DEMO_DEPOTS.findIndex((town) => town.countryCode === (body as Body)['country_code']);
  spent[depot] = (spent[depot] ?? 0) + grossOf(body as Body);
}

/** A period begins where the one before ended, so what was told at its end is the sum up to there. */
function pointsOf(body: Body): Open['points'] {
  const startMs = Date.parse(String(body['start_date_time']));
  const periods = (body['charging_periods'] ?? []) as readonly Body[];
  let kwh = 0;
  const points = [{ atMs: startMs, kwh }];
  periods.forEach((period, index) => {
    const next = periods[index + 1];
    const dimensions = period['dimensions'] as readonly { type: string; volume: number }[];
    kwh += dimensions.find(({ type }) => type === 'ENERGY')?.volume ?? 0;
    points.push({ atMs: Date.parse(String(next?.['start_date_time'] ?? body['last_updated'])), kwh });
  });
  return points;
}

function grossOf(record: Body): number {
  const cost = record['total_cost'] as Record<string, number> & { taxes?: readonly { amount: number }[] };
  return cost['incl_vat'] ?? (cost['before_taxes'] ?? 0) + (cost.taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0);
}
