/**
 * The depot's tree of meters: which feeds which. Invariant: what comes out is a forest. A meter whose place is in doubt stands
 * in no node and is named with the reason, because a balance with a wrong branch would accuse the wrong meter.
 */
import type { BalanceMeter } from './balance.ts';

type PlacedMeter = Pick<BalanceMeter, 'id' | 'name' | 'role' | 'parentId' | 'evseKey'>;

export type MeterTree<M extends PlacedMeter> = {
  /** Parents before children, siblings in the order they were given. */
  readonly ordered: readonly M[];
  /** Each meter that feeds others, in the same order. */
  readonly nodes: readonly { readonly parent: M; readonly children: readonly M[] }[];
  readonly faults: readonly string[];
};

export function buildTree<M extends PlacedMeter>(meters: readonly M[]): MeterTree<M> {
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const faults: string[] = [];
  const childrenOf = new Map<string, M[]>();
  const roots: M[] = [];
  for (const meter of meters) {
    const place = placeOf(meter, byId);
    if ('fault' in place) faults.push(place.fault);
    else if (place.parent === undefined) roots.push(meter);
    else childrenOf.set(place.parent.id, [...(childrenOf.get(place.parent.id) ?? []), meter]);
  }
  faults.push(...meteredTwice(meters));
  const ordered: M[] = [];
  const visit = (meter: M): void => {
    ordered.push(meter);
    for (const child of childrenOf.get(meter.id) ?? []) visit(child);
  };
  for (const root of roots) visit(root);
  const nodes = ordered.flatMap((parent) => {
    const children = childrenOf.get(parent.id);
    return children === undefined ? [] : [{ parent, children }];
  });
  const placed = new Set(ordered);
  return { ordered: [...ordered, ...meters.filter((meter) => !placed.has(meter))], nodes, faults };
}

function placeOf<M extends PlacedMeter>(
  meter: M,
  byId: ReadonlyMap<string, M>,
): { readonly fault: string } | { readonly parent: M | undefined } {
  if (meter.parentId === undefined) return { parent: undefined };
  const parent = byId.get(meter.parentId);
  if (parent === undefined)
    return {
      fault: `${meter.name} hangs under ${meter.parentId}, which is no meter of this depot. Place it anew in the depot’s tree.`,
    };
  if (parent.role === 'charger')
    return {
      fault: `${meter.name} hangs under ${parent.name}, which measures a single charge point. Place it under the feeder of both.`,
    };
  const seen = new Set([meter.id]);
  for (let above: M | undefined = parent; above !== undefined; above = byId.get(above.parentId ?? '')) {
    if (above.id === meter.id)
      return {
        fault: `${meter.name} feeds itself by way of ${parent.name}. Place one of them anew in the depot’s tree.`,
      };
    // A ring higher up is the fault of the meters in it.
    if (seen.has(above.id)) break;
    seen.add(above.id);
  }
  return { parent };
}

/** OCPI ids are compared without case. */
export function spellEvse(key: string): string {
  return key.toLowerCase();
}

function meteredTwice(meters: readonly PlacedMeter[]): string[] {
  const byEvse = new Map<string, PlacedMeter[]>();
  for (const meter of meters) {
    if (meter.evseKey === undefined) continue;
    const key = spellEvse(meter.evseKey);
    byEvse.set(key, [...(byEvse.get(key) ?? []), meter]);
  }
  return [...byEvse.values()].flatMap((both) =>
    both.length < 2
      ? []
      : [
          `${both.map(({ name }) => name).join(' and ')} both claim to measure the charge point ${both[0]?.evseKey ?? ''}. Until one is corrected, neither is compared with sessions.`,
        ],
  );
}
