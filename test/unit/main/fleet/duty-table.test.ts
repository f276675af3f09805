import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/main/database/open-store.ts';
import { deleteDuty, putDuty, readDuties } from '../../../../src/main/fleet/duty-table.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sampleDuty } from '../../../support/wire-samples.ts';

const AT_MS = Date.parse('2026-06-09T12:00:00Z');
const WEEK_MS = 7 * 86_400_000;

function stand() {
  const store = openStore({ path: `${temporaryFolder()}/duties.sqlite` });
  const put = (changed: Partial<ReturnType<typeof sampleDuty>> = {}): boolean =>
    store.write((tx) => putDuty(tx, { ...sampleDuty('U1', 'V1'), ...changed }));
  return { store, put };
}

describe('duties', () => {
  it('are kept with their last word; an older or equal one changes nothing', () => {
    const { store, put } = stand();
    expect(put()).toBe(true);
    expect(put()).toBe(false);
    expect(put({ return_at: '2026-06-10T06:40:00Z', last_updated: '2026-06-09T13:00:00Z' })).toBe(true);
    expect(put({ name: 'stale', last_updated: '2026-06-09T12:30:00Z' })).toBe(false);
    expect(readDuties(store, 'DEPOT-1', AT_MS)).toEqual([
      {
        id: 'U1',
        vehicleId: 'V1',
        depotId: 'depot-1',
        name: 'Tour 41',
        departAtMs: Date.parse('2026-06-09T20:00:00Z'),
        returnAtMs: Date.parse('2026-06-10T06:40:00Z'),
        energyWh: 210_500,
        reservePercent: 15,
        updatedAtMs: Date.parse('2026-06-09T13:00:00Z'),
      },
    ]);
    store.close();
  });

  it('are read while they are not over, and dropped a week after', () => {
    const { store, put } = stand();
    put();
    const returnMs = Date.parse('2026-06-10T06:00:00Z');
    expect(readDuties(store, 'depot-1', returnMs)).toEqual([]);
    expect(readDuties(store, 'depot-1', returnMs - 1).length).toBe(1);
    const later = {
      return_at: '2026-06-20T06:00:00Z',
      last_updated: new Date(returnMs + WEEK_MS + 1000).toISOString(),
    };
    put({ id: 'U2', ...later });
    expect(store.write((tx) => deleteDuty(tx, 'U1'))).toBe(false);
    expect(store.write((tx) => deleteDuty(tx, 'u2'))).toBe(true);
    store.close();
  });
});
