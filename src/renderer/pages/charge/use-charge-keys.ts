/** The Charge page by keyboard. */
import type { RefObject } from 'react';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import type { PlaceDeeds } from './panel/use-place-acts.ts';

type ChargeKeys = {
  readonly grid: RefObject<GridHandle | null>;
  readonly filterInput: RefObject<HTMLInputElement | null>;
  readonly vehicleInput: RefObject<HTMLInputElement | null>;
  /** B, C, X and U mean the open place, and nothing while none is open. */
  readonly deeds: PlaceDeeds | undefined;
  readonly onBack: () => void;
};

export function useChargeKeys({ grid, filterInput, vehicleInput, deeds, onBack }: ChargeKeys): void {
  useShortcuts('Charge', [
    { keys: 'v', does: 'Choose the vehicle', run: () => vehicleInput.current?.focus() },
    { keys: '/', does: 'Filter places', run: () => filterInput.current?.focus() },
    { keys: 'j', does: 'Next place; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous place', run: () => grid.current?.move(-1) },
    { keys: 'r', does: 'Sort the list by the values of now', run: () => grid.current?.renewOrder() },
    {
      keys: 'b',
      does: 'Reserve the chosen charge point, or cancel the reservation',
      run: () => (deeds?.acts.reservation === undefined ? deeds?.run.reserve() : deeds.run.cancel()),
    },
    { keys: 'c', does: 'Start charging at the chosen charge point', run: () => deeds?.run.start() },
    { keys: 'x', does: 'Stop the running session of the vehicle', run: () => deeds?.run.stop() },
    { keys: 'u', does: 'Unlock the connector of the chosen charge point', run: () => deeds?.run.unlock() },
    { keys: 'Escape', does: 'One level back: close the place, then clear the filter', run: onBack },
  ]);
}
