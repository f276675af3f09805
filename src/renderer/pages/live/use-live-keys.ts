/** The Live page by keyboard. */
import type { RefObject } from 'react';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';

type LiveKeys = {
  readonly grid: RefObject<GridHandle | null>;
  readonly filterInput: RefObject<HTMLInputElement | null>;
  /** F, C, P and X mean the open vehicle, and nothing while none is open. */
  readonly hasVehicle: boolean;
  readonly onFollow: () => void;
  readonly onStart: () => void;
  readonly onFindPlace: () => void;
  readonly onStop: () => void;
  readonly onBack: () => void;
};

export function useLiveKeys(keys: LiveKeys): void {
  const { grid, filterInput, hasVehicle } = keys;
  useShortcuts('Live', [
    { keys: '/', does: 'Filter vehicles', run: () => filterInput.current?.focus() },
    { keys: 'j', does: 'Next vehicle; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous vehicle', run: () => grid.current?.move(-1) },
    { keys: 'r', does: 'Sort the list by the values of now', run: () => grid.current?.renewOrder() },
    { keys: 'f', does: 'Follow the open vehicle on the map', run: () => hasVehicle && keys.onFollow() },
    { keys: 'c', does: 'Start charging the open vehicle', run: () => hasVehicle && keys.onStart() },
    { keys: 'p', does: 'Find a place to charge for the open vehicle', run: () => hasVehicle && keys.onFindPlace() },
    { keys: 'x', does: 'Stop charging the open vehicle', run: () => hasVehicle && keys.onStop() },
    { keys: 'Escape', does: 'One level back: close the vehicle, then clear the filter', run: keys.onBack },
  ]);
}
