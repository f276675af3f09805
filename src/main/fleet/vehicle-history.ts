/** A vehicle's recent track for its chart and trail, thinned so that the window never gets more than it can draw. */
import type { Position } from '../../shared/domain/fleet/position.ts';
import type { VehicleHistory } from '../../shared/ipc/fleet-contract.ts';

/** Keeps the first and the last; between them every n-th. `positions` are oldest first. */
export function thinHistory(positions: readonly Position[], maxPoints: number): VehicleHistory {
  const step = Math.max(1, Math.ceil((positions.length - 1) / (maxPoints - 1)));
  const points = positions
    .filter((_, index) => index % step === 0 || index === positions.length - 1)
    .map(({ vehicleNumber: _, ...point }) => point);
  return { points, storedCount: positions.length };
}
