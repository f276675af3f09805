import { describe, expect, it } from 'vitest';
import { createDemoWorld } from '../../../../../src/main/demo/demo-world.ts';
import { createFleetSchedule } from '../../../../../src/main/demo/fleet/fleet-schedule.ts';
import type { LogEntry, LogRecord } from '../../../../../src/main/demo/log/log-entries.ts';
import { createReservationBook } from '../../../../../src/main/demo/marketplace/reservation-book.ts';
import { createOutageBook, createSessionLedger } from '../../../../../src/main/demo/marketplace/session-ledger.ts';
import { createSiteMeters } from '../../../../../src/main/demo/metering/site-meters.ts';
import { createDisturbances } from '../../../../../src/main/demo/yard/disturbances.ts';
import { createDutyRoster, type DutyBody } from '../../../../../src/main/demo/yard/duty-roster.ts';

const NIGHT_MS = Date.UTC(2026, 5, 9, 22, 0);
const MINUTE_MS = 60_000;

function standYard(startMs: number) {
  const world = createDemoWorld(7, 40);
  const schedule = createFleetSchedule(world);
  const outages = createOutageBook();
  const memory = { sessions: new Map(), evseStatus: new Map() };
  const ledger = createSessionLedger(world, schedule, memory, MINUTE_MS, createReservationBook(), outages);
  const duties = createDutyRoster(world, new Map());
  const told: LogEntry[] = [];
  const records: LogRecord[] = [];
  let nowMs = startMs;
  const yard = createDisturbances({
    world,
    schedule,
    ledger,
    outages,
    duties,
    told: new Map(),
    log: {
      records,
      append: (entries, more = []) => {
        told.push(...entries);
        records.push(...more);
        return Promise.resolve();
      },
    },
    nowMs: () => nowMs,
  });
  duties.work(nowMs);
  const follow = (): LogEntry[] => world.roster.flatMap(({ index }) => ledger.follow(index, nowMs));
  follow();
  const pull = (kind: Parameters<typeof yard.obey>[0], on = true): void =>
    yard.obey(kind, on ? { kind, untilWallMs: Infinity } : undefined);
  return { world, schedule, ledger, duties, told, records, pull, follow, now: (atMs: number) => (nowMs = atMs) };
}

describe('disturbances of a yard', () => {
  it('hold a vehicle up for forty minutes and tell its duty anew', () => {
    const yard = standYard(Date.UTC(2026, 5, 9, 9, 0));
    const before = createFleetSchedule(yard.world);
    yard.pull('vehicle-late');
    const [{ body } = { body: undefined }] = yard.told;
    const duty = body as DutyBody;
    const vehicle = yard.world.roster.findIndex(({ id }) => id === duty.vehicle_id);
    const homeMs = (schedule: typeof before): number => {
      let atMs = Date.UTC(2026, 5, 9, 9, 0);
      while (schedule.stageAt(vehicle, atMs).evse !== yard.world.charging.bayOf[vehicle]?.index) atMs += MINUTE_MS;
      return atMs;
    };
    const laterMin = (homeMs(yard.schedule) - homeMs(before)) / MINUTE_MS;
    expect(laterMin).toBeGreaterThanOrEqual(39);
    expect(laterMin).toBeLessThanOrEqual(41);
  });

  it('move a departure forward, and back when the lever is let go', () => {
    const yard = standYard(NIGHT_MS);
    yard.pull('departs-early');
    yard.pull('departs-early', false);
    const [early, back] = yard.told.map(({ body }) => body as DutyBody);
    expect(early?.id).toBe(back?.id);
    expect(Date.parse(back?.depart_at ?? '') - Date.parse(early?.depart_at ?? '')).toBe(3_600_000);
  });

  it('break a charge point: it says so, its meter stands still, and it gives again when repaired', () => {
    const yard = standYard(NIGHT_MS);
    yard.pull('charger-broken');
    const record = yard.records[0] as unknown as { intervention: { vehicle: number; evse: number } };
    const { vehicle, evse } = record.intervention;
    const soc = (atMs: number): number => {
      const stage = yard.schedule.stageAt(vehicle, atMs);
      return stage.steps?.findLast(({ fromMs }) => fromMs <= atMs)?.limit ?? stage.rate;
    };
    yard.now(NIGHT_MS + MINUTE_MS);
    const status = yard.ledger.followEvses(NIGHT_MS + MINUTE_MS).map(({ body }) => body);
    expect(status).toContainEqual(
      expect.objectContaining({ evse_uid: yard.world.charging.evses[evse]?.uid, status: 'OUTOFORDER' }),
    );
    expect(soc(NIGHT_MS + MINUTE_MS)).toBe(0);
    yard.pull('charger-broken', false);
    expect(soc(NIGHT_MS + 2 * MINUTE_MS)).toBeGreaterThan(0);
    expect(yard.ledger.followEvses(NIGHT_MS + 2 * MINUTE_MS).map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ evse_uid: yard.world.charging.evses[evse]?.uid, status: 'CHARGING' }),
    );
  });

  it('cut the grid’s limit for a while', () => {
    const yard = standYard(NIGHT_MS);
    yard.pull('limit-cut');
    yard.pull('limit-cut', false);
    const limits = yard.told.map(({ body }) => (body as { site_limit_kw: number }).site_limit_kw);
    expect(limits.length).toBe(4);
    expect((limits[0] ?? 0) / (limits[2] ?? 1)).toBeCloseTo(0.7, 2);
  });
});

describe('a yard that is steered', () => {
  it('gives every bay its fallback from the first word on, and its meter shows what profiles say', () => {
    const yard = standYard(NIGHT_MS);
    const { world, schedule } = yard;
    const session = world.roster.map(({ index }) => yard.ledger.openOf(index)).find((each) => each !== undefined);
    if (session === undefined) throw new Error('nobody charges');
    const atMs = NIGHT_MS + MINUTE_MS;
    schedule.intervene({
      kind: 'profile',
      commandId: 'c',
      vehicle: session.vehicle,
      evse: session.evse,
      atMs,
      toMs: atMs + 30 * MINUTE_MS,
      periods: [{ fromMs: atMs, limitKw: 7 }],
    });
    const depot = world.roster[session.vehicle]?.depot ?? 0;
    const meters = createSiteMeters(world, schedule, atMs, undefined);
    for (let minute = 1; minute < 29; minute++) {
      meters.advance(atMs + minute * MINUTE_MS);
      const powerW = meters.stateOf(depot, 'row').powerW + meters.stateOf(depot, 'other-rows').powerW;
      const openBays = world.roster.filter(({ depot: of, index }) => {
        const stage = schedule.stageAt(index, atMs + minute * MINUTE_MS);
        return of === depot && stage.activity === 'CHARGING' && stage.startMs > atMs;
      });
      const steeredKw = openBays.reduce((sum, { index }) => sum + (world.charging.bayOf[index]?.powerKw ?? 0) / 4, 0);
      const others = world.roster.filter(({ depot: of, index }) => {
        const stage = schedule.stageAt(index, atMs + minute * MINUTE_MS);
        return of === depot && stage.activity === 'CHARGING' && stage.startMs <= atMs && index !== session.vehicle;
      });
      const othersKw = others.reduce((sum, { index }) => sum + (world.charging.bayOf[index]?.powerKw ?? 0), 0);
      expect(powerW).toBeLessThanOrEqual((7 + steeredKw + othersKw) * 1000 * 1.03);
    }
  });
});
