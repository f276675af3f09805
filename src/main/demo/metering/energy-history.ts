/**
 * What the depots' meters counted in the week before the demo began, as the files that a site hands over with its meters:
 * a quarter hour a line, in UTC. Three things are wrong in them on purpose, so that a balance has something to find: at
 * Bengaluru something hangs on a row's feeder that no charger's meter sees, and the building's file has a hole; at Berlin
 * the meter of a bay counts too little since some days.
 *
 * Invariant: a pure function of seed, fleet and first instant; the energies are those of the same plan that is driven live.
 */
import { setImmediate as letOthersGo } from 'node:timers/promises';
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import { baysOf, meteredBaysOf, metersOf, type MeteredPart } from './demo-meters.ts';
import { measureBays } from './loads/bay-load.ts';
import { createBuildingLoad } from './loads/building-load.ts';
import { BUSBAR_LOSS, CABLE_LOSS } from './site-meters.ts';

export type EnergyFile = { readonly meter_id: string; readonly file_name: string; readonly csv: string };

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** A larger fleet's week takes minutes to work out. */
const DAYS_UP_TO: readonly (readonly [vehicles: number, days: number])[] = [
  [200, 7],
  [1000, 2],
];

/** A pump that was tapped off the row's feeder. */
const ABOVE_HIDDEN: readonly MeteredPart[] = ['row', 'yard', 'site'];
const HIDDEN_W = 4_500;
const HIDDEN_SINCE_DAYS = 5;
const SLOW_METER_SHARE = 0.6;
const SLOW_SINCE_DAYS = 5;
const SLOW_BAY = 3;
const HOLE_DAYS = [2.5, 2.5 + 2 / 24] as const;

/** @param endMs the demo's first instant; the files end with the quarter hour before */
export async function energyHistory(
  world: DemoWorld,
  schedule: FleetSchedule,
  endMs: number,
): Promise<readonly EnergyFile[]> {
  const days = DAYS_UP_TO.find(([vehicles]) => world.roster.length <= vehicles)?.[1] ?? 0;
  const lastMs = Math.floor(endMs / QUARTER_MS) * QUARTER_MS;
  const meters = DEMO_DEPOTS.flatMap((_, depot) => metersOf(world, depot).map((meter) => ({ depot, meter })));
  const lines = new Map(meters.map(({ meter }) => [meter.id, ['Begin (UTC);kWh']]));
  const depots = DEMO_DEPOTS.map((_, depot) => ({
    building: createBuildingLoad(world, depot),
    metered: meteredBaysOf(world, depot).map(({ index }) => index),
    others: baysOf(world, depot)
      .slice(meteredBaysOf(world, depot).length)
      .map(({ index }) => index),
  }));
  for (let fromMs = lastMs - days * DAY_MS; fromMs < lastMs; fromMs += QUARTER_MS) {
    const taken = measureBays(world, schedule, fromMs, fromMs + QUARTER_MS);
    const daysAgo = (lastMs - fromMs) / DAY_MS;
    for (const { depot, meter } of meters) {
      const parts = depots[depot];
      if (!parts) continue;
      const buildingWh = parts.building.energyWh(fromMs, fromMs + QUARTER_MS);
      const trueWh = energyOf(meter.part, parts, taken, buildingWh);
      const toldWh = told(depot, meter.part, parts.metered.indexOf(Number(meter.part)), daysAgo, trueWh);
      if (toldWh === undefined) continue;
      lines.get(meter.id)?.push(`${new Date(fromMs).toISOString()};${(toldWh / 1000).toFixed(4)}`);
    }
    await letOthersGo();
  }
  if (days === 0) return [];
  return [...lines].map(([id, text]) => ({ meter_id: id, file_name: `${id}.csv`, csv: `${text.join('\n')}\n` }));
}

function energyOf(
  part: MeteredPart,
  parts: { readonly metered: readonly number[]; readonly others: readonly number[] },
  taken: ReturnType<typeof measureBays>,
  buildingWh: number,
): number {
  const sum = (bays: readonly number[]): number => bays.reduce((wh, bay) => wh + (taken.get(bay)?.energyWh ?? 0), 0);
  const rowWh = sum(parts.metered) * (1 + CABLE_LOSS);
  const otherWh = sum(parts.others) * (1 + CABLE_LOSS);
  const yardWh = (rowWh + otherWh) * (1 + BUSBAR_LOSS);
  switch (part) {
    case 'row':
      return rowWh;
    case 'other-rows':
      return otherWh;
    case 'yard':
      return yardWh;
    case 'building':
      return buildingWh;
    case 'site':
      return (yardWh + buildingWh) * (1 + BUSBAR_LOSS);
    default:
      return taken.get(part)?.energyWh ?? 0;
  }
}

/** What the file says; undefined in its hole. */
function told(depot: number, part: MeteredPart, bay: number, daysAgo: number, trueWh: number): number | undefined {
  const isBengaluru = depot === 0;
  const [holeEnd, holeBegin] = HOLE_DAYS;
  if (isBengaluru && part === 'building' && daysAgo > holeEnd && daysAgo <= holeBegin) return undefined;
  if (isBengaluru && ABOVE_HIDDEN.includes(part) && daysAgo <= HIDDEN_SINCE_DAYS)
    return trueWh + (HIDDEN_W * QUARTER_MS) / 3_600_000;
  if (!isBengaluru && bay === SLOW_BAY && daysAgo <= SLOW_SINCE_DAYS) return trueWh * SLOW_METER_SHARE;
  return trueWh;
}
