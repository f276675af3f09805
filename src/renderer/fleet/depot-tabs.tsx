/** One tab a depot, for the pages that show one depot at a time. */
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { Depot } from '../../shared/domain/fleet/vehicle.ts';
import { compareKeys } from '../instruments/grid/frozen-order.ts';
import { useFeed } from '../link/use-feed.ts';

type DepotTabsProps = {
  readonly depots: readonly Depot[];
  readonly chosenId: string | undefined;
  readonly onChoose: (depotId: string) => void;
  /** What the tabs change, for assistive technology. */
  readonly label: string;
};

export function DepotTabs({ depots, chosenId, onChoose, label }: DepotTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    const next = neighbourDepot(depots, chosenId, by);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-depot="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list}>
      {depots.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-depot={id}
          aria-selected={id === chosenId}
          tabIndex={id === chosenId ? 0 : -1}
          onKeyDown={onKey}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** Round the circle. */
export function neighbourDepot(depots: readonly Depot[], fromId: string | undefined, by: number): string | undefined {
  const at = depots.findIndex(({ id }) => id === fromId);
  return depots.at((at + by) % Math.max(1, depots.length))?.id;
}

/** By name, as people sort it. */
export function useDepotsInOrder(): readonly Depot[] {
  const depots = useFeed('fleet/depots');
  return useMemo(
    () => [...depots.records.values()].toSorted((one, other) => compareKeys(one.name, other.name, false)),
    [depots],
  );
}
