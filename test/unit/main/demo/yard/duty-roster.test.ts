import { describe, expect, it } from 'vitest';
import { createDemoWorld } from '../../../../../src/main/demo/demo-world.ts';
import { createDutyRoster, type DutyBody } from '../../../../../src/main/demo/yard/duty-roster.ts';
import { duty } from '../../../../../src/main/marketplace-link/wire/v1/fleet-objects.ts';

const START_MS = Date.UTC(2026, 5, 9, 4, 10);
const HOUR_MS = 3_600_000;
const world = createDemoWorld(7, 20);

describe('the fleet’s duties', () => {
  it('are told twice a vehicle at the beginning, in the words of the wire, and never again', () => {
    const roster = createDutyRoster(world, new Map());
    const told = roster.work(START_MS).map(({ body }) => duty.parse(body));
    expect(told.length).toBe(40);
    for (const { id: vehicleId } of world.roster) {
      const own = told.filter(({ vehicle_id: of }) => of === vehicleId);
      expect(own.filter(({ depart_at: at }) => Date.parse(at) <= START_MS).length).toBe(1);
    }
    expect(roster.work(START_MS + 1000)).toEqual([]);
  });

  it('are told ahead: each vehicle always has a next one', () => {
    const roster = createDutyRoster(world, new Map());
    for (let hour = 0; hour < 72; hour++) {
      const atMs = START_MS + hour * HOUR_MS;
      roster.work(atMs);
      for (const { index } of world.roster)
        expect(Date.parse(roster.dutyOf(index, 'next', atMs)?.depart_at ?? '')).toBeGreaterThan(atMs);
    }
  });

  it('go on after a restart where they were, with what was changed', () => {
    const before = createDutyRoster(world, new Map());
    const bodies = before.work(START_MS).map(({ body }) => body as DutyBody);
    const [first] = bodies;
    if (first === undefined) throw new Error('no duty');
    const changed = before.change(first, { name: 'Moved' }, START_MS + 5).body as DutyBody;
    const after = createDutyRoster(world, new Map([...bodies, changed].map((body) => [body.id, body])));
    expect(after.work(START_MS + 10)).toEqual([]);
    expect(after.dutyOf(0, 'running', START_MS + 10)?.name ?? '').toBe('Moved');
  });
});
