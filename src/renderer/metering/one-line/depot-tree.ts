/**
 * A depot's meters as the tree they measure. Invariant: each meter stands in it exactly once; one whose place is not known,
 * or contradicts itself, is loose and says why, since a guessed place would make a wrong balance look right.
 */
import type { Meter } from '../../../shared/domain/metering/meter.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';

export type TreeMeter = Pick<Meter, 'id' | 'name' | 'role' | 'depotId' | 'parentId'>;

export type TreeNode<M extends TreeMeter> = { readonly meter: M; readonly children: readonly TreeNode<M>[] };

export type DepotTree<M extends TreeMeter> = {
  /** At the grid connection. */
  readonly roots: readonly TreeNode<M>[];
  readonly loose: readonly { readonly node: TreeNode<M>; readonly reason: string }[];
};

const ROLE_ORDER = { incomer: 0, feeder: 1, charger: 2 } as const;

export function growDepotTree<M extends TreeMeter>(depotId: string, meters: Iterable<M>): DepotTree<M> {
  const own = [...meters].filter((meter) => meter.depotId === depotId).toSorted(inOrder);
  const byId = new Map(own.map((meter) => [meter.id, meter]));
  const childrenOf = new Map<string, M[]>();
  for (const meter of own) {
    const parentId = meter.parentId;
    if (parentId === undefined || !byId.has(parentId) || isInCircle(meter, byId)) continue;
    childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), meter]);
  }
  const grow = (meter: M): TreeNode<M> => {
    const children = (childrenOf.get(meter.id) ?? []).map(grow);
    // What branches on comes first, so that what hangs directly on a node stays together.
    return { meter, children: children.toSorted((one, other) => Number(isLeaf(one)) - Number(isLeaf(other))) };
  };
  const hasIncomer = own.some(({ role, parentId }) => role === 'incomer' && parentId === undefined);
  const roots: TreeNode<M>[] = [];
  const loose: { node: TreeNode<M>; reason: string }[] = [];
  for (const meter of own) {
    const reason = looseReason(meter, byId, hasIncomer);
    if (reason !== undefined) loose.push({ node: grow(meter), reason });
    else if (meter.parentId === undefined) roots.push(grow(meter));
  }
  return { roots, loose };
}

function looseReason<M extends TreeMeter>(
  meter: M,
  byId: ReadonlyMap<string, M>,
  hasIncomer: boolean,
): string | undefined {
  if (meter.parentId === undefined)
    return hasIncomer && meter.role !== 'incomer' ? 'No meter is named that feeds it' : undefined;
  if (!byId.has(meter.parentId)) return 'The meter that is to feed it is not in this depot';
  return isInCircle(meter, byId) ? 'It is named as feeding itself' : undefined;
}

function isInCircle<M extends TreeMeter>(meter: M, byId: ReadonlyMap<string, M>): boolean {
  const seen = new Set<string>();
  for (let above = byId.get(meter.parentId ?? ''); above !== undefined; above = byId.get(above.parentId ?? '')) {
    if (above.id === meter.id) return true;
    if (seen.has(above.id)) return false;
    seen.add(above.id);
  }
  return false;
}

function isLeaf(node: TreeNode<TreeMeter>): boolean {
  return node.children.length === 0;
}

function inOrder(one: TreeMeter, other: TreeMeter): number {
  return ROLE_ORDER[one.role] - ROLE_ORDER[other.role] || compareKeys(one.name, other.name, false);
}
