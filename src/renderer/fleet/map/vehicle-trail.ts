/** The selected vehicle's way of the last half hour: asked for once, then lengthened with each position that arrives. */
import type { QueryInput, QueryOutput } from '../../../shared/ipc/console-api.ts';
import type { TrailPoint } from '../../instruments/map/trail.ts';
import type { TelemetryStore } from '../telemetry-store.ts';

export const TRAIL_MS = 30 * 60_000;
/** A moving vehicle reports every second, one at rest every ten: a longer silence is a gap in what is known. */
export const TRAIL_GAP_MS = 60_000;
const MOST_POINTS = 1200;

type ReadHistory = (input: QueryInput<'fleet/vehicle-history'>) => Promise<QueryOutput<'fleet/vehicle-history'>>;

export function createVehicleTrail(
  telemetry: TelemetryStore,
  readHistory: ReadHistory,
  nowMs: () => number,
  onChange: (points: readonly TrailPoint[]) => void,
) {
  let wanted: { readonly number: number; readonly id: string } | undefined;
  let points: TrailPoint[] = [];

  async function load(vehicleId: string): Promise<void> {
    const toMs = nowMs();
    const history = await readHistory({ vehicleId, fromMs: toMs - TRAIL_MS, toMs, maxPoints: MOST_POINTS }).catch(
      () => undefined,
    );
    // By now another vehicle may be selected; and without history the trail begins here, which is true as well.
    if (history === undefined || wanted?.id !== vehicleId) return;
    const newest = history.points.at(-1)?.atMs ?? 0;
    points = [...history.points, ...points.filter((point) => point.atMs > newest)];
    onChange(points);
  }

  function append(): void {
    if (wanted === undefined) return;
    const latest = telemetry.read(wanted.number);
    if (latest === undefined || latest.atMs <= (points.at(-1)?.atMs ?? 0)) return;
    const from = latest.atMs - TRAIL_MS;
    points = points.filter((point) => point.atMs >= from).concat(latest);
    onChange(points);
  }

  return {
    start: (): (() => void) => telemetry.onChange(append),
    /** undefined: no trail. */
    follow: (vehicle: { readonly number: number; readonly id: string } | undefined): void => {
      if (vehicle?.id === wanted?.id) return;
      wanted = vehicle;
      points = [];
      onChange(points);
      if (vehicle === undefined) return;
      append();
      void load(vehicle.id);
    },
  };
}
