import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Session } from '../../../../../src/shared/domain/marketplace/session.ts';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { readBilledEnergy, spreadSession } from '../../../../../src/main/marketplace/sessions/billed-energy.ts';
import {
  appendPeriods,
  putSession,
  type StoredPeriod,
} from '../../../../../src/main/marketplace/sessions/session-table.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;

function aSession(id: string, changes: Partial<Session> = {}): Session {
  return {
    id,
    status: 'COMPLETED',
    startAtMs: 10 * HOUR_MS,
    endAtMs: 12 * HOUR_MS,
    energyWh: energyWh(30_000),
    evseKey: 'LOC/E1',
    connectorId: '1',
    vehicleId: undefined,
    authorizationReference: undefined,
    totalCost: undefined,
    currency: 'EUR',
    updatedAtMs: 12 * HOUR_MS,
    ...changes,
  };
}

function period(startAtMs: number, kwh: number, type = 'ENERGY'): StoredPeriod {
  const dimensions = [{ type, volume: kwh }];
  return { startAtMs, period: { start_date_time: new Date(startAtMs).toISOString(), dimensions } };
}

const shown = (pieces: ReturnType<typeof spreadSession>) =>
  pieces.map(({ beginMs, endMs, energyWh: wh }) => [beginMs / HOUR_MS, endMs / HOUR_MS, wh]);

describe('a session as energies by time', () => {
  it('is one piece where it tells no periods', () => {
    expect(shown(spreadSession(aSession('S'), []))).toEqual([[10, 12, 30_000]]);
  });

  it('is spread by its periods, each ending where the next begins, and keeps its own times', () => {
    const pieces = spreadSession(aSession('S'), [period(10 * HOUR_MS, 20), period(11 * HOUR_MS, 10)]);
    expect(shown(pieces)).toEqual([
      [10, 12, 0],
      [10, 11, 20_000],
      [11, 12, 10_000],
    ]);
  });

  it('is one piece where its periods do not tell all of its energy, or lie outside of it', () => {
    expect(shown(spreadSession(aSession('S'), [period(10 * HOUR_MS, 20)]))).toEqual([[10, 12, 30_000]]);
    expect(shown(spreadSession(aSession('S'), [period(9 * HOUR_MS, 30)]))).toEqual([[10, 12, 30_000]]);
    expect(shown(spreadSession(aSession('S'), [period(10 * HOUR_MS, 30, 'TIME')]))).toEqual([[10, 12, 30_000]]);
  });

  it('reaches to when it was last heard of while it runs', () => {
    const running = aSession('S', { status: 'ACTIVE', endAtMs: undefined, updatedAtMs: 11 * HOUR_MS });
    expect(spreadSession(running, [])).toMatchObject([{ endMs: 11 * HOUR_MS, isRunning: true }]);
  });
});

describe('what is billed at charge points', () => {
  it('is of the sessions there that touch the range, whole, without invalid ones and reservations', () => {
    const store = openStore({ path: path.join(temporaryFolder(), 'console.sqlite') });
    onTestFinished(store.close);
    store.write((tx) => {
      putSession(tx, aSession('IN', { startAtMs: 8 * HOUR_MS }));
      appendPeriods(tx, 'IN', [
        { start_date_time: '1970-01-01T09:00:00Z', dimensions: [{ type: 'ENERGY', volume: 30 }] },
      ]);
      putSession(tx, aSession('CASE', { evseKey: 'loc/e1', startAtMs: 11 * HOUR_MS }));
      putSession(tx, aSession('BEFORE', { startAtMs: HOUR_MS, endAtMs: 9 * HOUR_MS }));
      putSession(tx, aSession('AFTER', { startAtMs: 13 * HOUR_MS, endAtMs: 14 * HOUR_MS }));
      putSession(tx, aSession('ELSEWHERE', { evseKey: 'LOC/E2' }));
      putSession(tx, aSession('INVALID', { status: 'INVALID' }));
      putSession(tx, aSession('RESERVED', { status: 'RESERVATION' }));
      putSession(tx, aSession('RUNS', { status: 'ACTIVE', endAtMs: undefined }));
      putSession(tx, aSession('RUNS-ELSEWHERE', { status: 'ACTIVE', evseKey: 'LOC/E2' }));
    });
    const pieces = readBilledEnergy(store, ['LOC/E1'], 10 * HOUR_MS, 13 * HOUR_MS);
    expect(pieces.map(({ sessionId, energyWh: wh }) => [sessionId, wh])).toEqual([
      ['IN', 0],
      ['IN', 30_000],
      ['CASE', 30_000],
      ['RUNS', 30_000],
    ]);
    expect(readBilledEnergy(store, [], 0, 24 * HOUR_MS)).toEqual([]);
  });

  it('is found by the charge point, without reading all sessions that ever were', () => {
    const store = openStore({ path: path.join(temporaryFolder(), 'console.sqlite') });
    onTestFinished(store.close);
    const plan = store
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT * FROM session WHERE evse_key = 'a' AND status IN ('COMPLETED', 'INVALID')
         AND coalesce(end_at_ms, updated_at_ms) > 5 AND start_at_ms < 9`,
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toContain('session_at_evse (evse_key=? AND <expr>>?)');
  });
});
