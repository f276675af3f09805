/** The frame of a page that shows one depot at a time: its name, the depots to choose from, and what is said while none is known. */
import type { ReactNode } from 'react';
import type { Depot } from '../../shared/domain/fleet/vehicle.ts';
import { DepotTabs, neighbourDepot, useDepotsInOrder } from '../fleet/depot-tabs.tsx';
import { useShortcuts } from '../instruments/keyboard/shortcuts.ts';
import './depot-frame.css';

type DepotFrameProps = {
  readonly name: string;
  /** Of the page's own style sheet. */
  readonly className: string;
  readonly chosenId: string | undefined;
  readonly onDepot: (depotId: string) => void;
  /** What the page shows as soon as there is a depot. */
  readonly waiting: string;
  /** At the right of the page's name. */
  readonly renderEnd?: (depot: Depot) => ReactNode;
  /** Below it. */
  readonly renderLead?: (depot: Depot) => ReactNode;
  readonly children: (depot: Depot) => ReactNode;
};

export function DepotFrame({
  name,
  className,
  chosenId,
  onDepot,
  waiting,
  renderEnd,
  renderLead,
  children,
}: DepotFrameProps) {
  const depots = useDepotsInOrder();
  const depot = depots.find(({ id }) => id === chosenId) ?? depots[0];
  useShortcuts(name, [
    {
      keys: 'd',
      does: 'Next depot',
      run: () => {
        const next = neighbourDepot(depots, depot?.id, 1);
        if (next !== undefined) onDepot(next);
      },
    },
  ]);
  if (depot === undefined)
    return (
      <div className={className}>
        <section className="card" aria-label={name}>
          <p className="empty">
            <b>No depot is known yet.</b>
            {waiting}
          </p>
        </section>
      </div>
    );
  return (
    <div className={`depot-frame ${className}`}>
      <section className="card depot-frame-head" aria-label={`${name}, ${depot.name}`}>
        <header>
          <h2>{name}</h2>
          <DepotTabs depots={depots} chosenId={depot.id} onChoose={onDepot} label="Depot" />
          {renderEnd !== undefined && <span className="end">{renderEnd(depot)}</span>}
        </header>
        {renderLead?.(depot)}
      </section>
      {children(depot)}
    </div>
  );
}
