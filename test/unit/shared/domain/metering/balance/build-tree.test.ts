import { describe, expect, it } from 'vitest';
import { buildTree } from '../../../../../../src/shared/domain/metering/balance/build-tree.ts';

type Placed = Parameters<typeof buildTree>[0][number];

function meter(id: string, parentId?: string, changes: Partial<Placed> = {}): Placed {
  return { id, name: `Meter ${id}`, role: 'feeder', parentId, evseKey: undefined, ...changes };
}

const idsOf = (nodes: ReturnType<typeof buildTree>['nodes']) =>
  nodes.map(({ parent, children }) => [parent.id, ...children.map(({ id }) => id)]);

describe('the depot’s tree', () => {
  it('puts parents before children, whatever the order they are declared in', () => {
    const tree = buildTree([meter('c', 'b'), meter('b', 'a'), meter('d', 'a'), meter('a')]);
    expect(tree.ordered.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(idsOf(tree.nodes)).toEqual([
      ['a', 'b', 'd'],
      ['b', 'c'],
    ]);
    expect(tree.faults).toEqual([]);
  });

  it('names a meter whose parent is no meter of the depot, and keeps it out of every node', () => {
    const tree = buildTree([meter('a'), meter('b', 'gone')]);
    expect(tree.nodes).toEqual([]);
    expect(tree.ordered.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(tree.faults).toEqual([
      'Meter b hangs under gone, which is no meter of this depot. Place it anew in the depot’s tree.',
    ]);
  });

  it('names both meters of a ring and ends', () => {
    const tree = buildTree([meter('a', 'b'), meter('b', 'a'), meter('c', 'b'), meter('d')]);
    expect(tree.faults.map((fault) => fault.slice(0, 21))).toEqual(['Meter a feeds itself ', 'Meter b feeds itself ']);
    expect(tree.ordered).toHaveLength(4);
    expect(tree.nodes).toEqual([]);
  });

  it('lets nothing hang under a charger', () => {
    const tree = buildTree([meter('a', undefined, { role: 'charger' }), meter('b', 'a')]);
    expect(tree.faults[0]).toContain('measures a single charge point');
    expect(tree.nodes).toEqual([]);
  });

  it('names two meters that measure one charge point, whose id is compared without case', () => {
    const tree = buildTree([
      meter('a', undefined, { role: 'charger', evseKey: 'LOC/E1' }),
      meter('b', undefined, { role: 'charger', evseKey: 'loc/e1' }),
    ]);
    expect(tree.faults).toEqual([
      'Meter a and Meter b both claim to measure the charge point LOC/E1. Until one is corrected, neither is compared with sessions.',
    ]);
  });
});
