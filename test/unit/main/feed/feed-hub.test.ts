import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Depot } from '../../../../src/shared/domain/fleet/vehicle.ts';
import type { Delta } from '../../../../src/shared/ipc/contract.ts';
import { powerW } from '../../../../src/shared/kernel/quantity.ts';
import { createFeedHub } from '../../../../src/main/feed/feed-hub.ts';

function depot(id: string, name: string): Depot {
  return {
    id,
    name,
    latitude: 0,
    longitude: 0,
    timeZone: 'UTC',
    currency: 'EUR',
    siteLimitW: powerW(1),
    locationIds: [],
    updatedAtMs: 0,
  };
}

/** A source of truth, a topic over it, and a reader that keeps its copy by snapshot and deltas alone. */
function stage() {
  const truth = new Map<string, Depot>();
  const hub = createFeedHub();
  const topic = hub.open('fleet/depots', { load: () => [...truth.values()] });
  const copy = new Map<string, Depot>();
  let revision = -1;
  const deltas: Delta<unknown>[] = [];
  const join = () =>
    hub.subscribe('fleet/depots', {
      snapshot: (snapshot) => {
        copy.clear();
        revision = snapshot.revision;
        for (const record of snapshot.records as Depot[]) copy.set(record.id, record);
      },
      delta: (delta) => {
        expect(delta.from).toBe(revision);
        revision = delta.revision;
        deltas.push(delta);
        for (const record of delta.upserted as Depot[]) copy.set(record.id, record);
        for (const key of delta.removedKeys) copy.delete(key);
      },
    });
  return { truth, hub, topic, copy, join, deltas };
}

describe('feed hub', () => {
  it('keeps a reader equal to the source under any changes and any moment of joining', () => {
    vi.useFakeTimers();
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('put' as const),
        id: fc.constantFrom('a', 'b', 'c'),
        name: fc.string({ minLength: 1 }),
      }),
      fc.record({ kind: fc.constant('drop' as const), id: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat({ max: 40 }), (steps, joinAt) => {
        const { truth, topic, copy, join, hub } = stage();
        steps.forEach((change, index) => {
          if (index === joinAt) join();
          if (change.kind === 'wait') vi.advanceTimersByTime(change.ms);
          if (change.kind === 'put') {
            truth.set(change.id, depot(change.id, change.name));
            topic.upsert([depot(change.id, change.name)]);
          }
          if (change.kind === 'drop') {
            truth.delete(change.id);
            topic.remove([change.id]);
          }
        });
        if (steps.length <= joinAt) join();
        vi.advanceTimersByTime(1000);
        hub.stop();
        expect(new Map(copy)).toEqual(truth);
      }),
    );
    vi.useRealTimers();
  });

  it('merges a burst into one delta that says how many changes it stands for', () => {
    vi.useFakeTimers();
    const { topic, join, deltas } = stage();
    join();
    topic.upsert([depot('a', 'first')]);
    vi.advanceTimersByTime(1);
    for (let index = 0; index < 100; index++) topic.upsert([depot('a', `name ${index}`)]);
    vi.advanceTimersByTime(1000);
    expect(deltas.map((delta) => delta.merged)).toEqual([1, 100]);
    vi.useRealTimers();
  });
});
