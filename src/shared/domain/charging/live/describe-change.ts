/** What a new plan changed, and in words: who moved, by how much, and what it costs. */
import type { EpochMs } from '../../../kernel/instant.ts';
import { energyWh } from '../../../kernel/quantity.ts';
import type { DecisionReason, PlanMove } from '../site-plan.ts';

/** Powers by slot from `fromMs` on; kW. */
export type PlannedRow = {
  readonly vehicleId: string;
  readonly registration: string;
  readonly powerKw: ArrayLike<number>;
  readonly missingKwh: number;
};

export type PlanChange = { readonly changedCells: number; readonly moves: readonly PlanMove[] };

/** A cell is the same when it differs by less. */
const SAME_KW = 0.001;
/** A vehicle that moved less is not worth a line. */
const SMALL_KWH = 0.05;

export function describeChange(parts: {
  readonly before: readonly PlannedRow[];
  readonly after: readonly PlannedRow[];
  readonly fromMs: EpochMs;
  readonly slotMs: number;
  readonly slots: number;
  readonly clockOf: (atMs: EpochMs) => string;
}): PlanChange {
  const { fromMs, slotMs, slots, clockOf } = parts;
  const before = new Map(parts.before.map((row) => [row.vehicleId, row]));
  const slotHours = slotMs / 3_600_000;
  let changedCells = 0;
  const moves: PlanMove[] = [];
  for (const row of parts.after) {
    const old = before.get(row.vehicleId);
    if (old === undefined) continue;
    let movedKwh = 0;
    let first: number | undefined;
    let last = 0;
    for (let slot = 0; slot < slots; slot++) {
      const change = (row.powerKw[slot] ?? 0) - (old.powerKw[slot] ?? 0);
      if (Math.abs(change) < SAME_KW) continue;
      changedCells++;
      movedKwh += Math.max(0, change) * slotHours;
      first ??= slot;
      last = slot;
    }
    const missingMore = row.missingKwh - old.missingKwh;
    if (first === undefined || (movedKwh < SMALL_KWH && Math.abs(missingMore) < SMALL_KWH)) continue;
    const span = { fromMs: fromMs + first * slotMs, toMs: fromMs + (last + 1) * slotMs };
    const ready = { readyBeforeMs: endOf(old), readyAfterMs: endOf(row) };
    moves.push({
      vehicleId: row.vehicleId,
      movedWh: energyWh(Math.round(movedKwh * 1000)),
      ...span,
      ...ready,
      missingBeforeWh: energyWh(Math.round(old.missingKwh * 1000)),
      missingAfterWh: energyWh(Math.round(row.missingKwh * 1000)),
      sentence: sayMove(row.registration, movedKwh, missingMore, span, ready, clockOf),
    });
  }
  moves.sort(
    (a, b) => b.missingAfterWh - b.missingBeforeWh - (a.missingAfterWh - a.missingBeforeWh) || b.movedWh - a.movedWh,
  );
  return { changedCells, moves };

  function endOf({ powerKw }: PlannedRow): EpochMs | undefined {
    for (let slot = slots - 1; slot >= 0; slot--)
      if ((powerKw[slot] ?? 0) >= SAME_KW) return fromMs + (slot + 1) * slotMs;
    return undefined;
  }
}

function sayMove(
  registration: string,
  movedKwh: number,
  missingMore: number,
  span: { readonly fromMs: EpochMs; readonly toMs: EpochMs },
  ready: { readonly readyBeforeMs: EpochMs | undefined; readonly readyAfterMs: EpochMs | undefined },
  clockOf: (atMs: EpochMs) => string,
): string {
  const { readyBeforeMs, readyAfterMs } = ready;
  if (missingMore > SMALL_KWH) return `${registration} misses ${missingMore.toFixed(1)} kWh more.`;
  if (missingMore < -SMALL_KWH) return `${registration} misses ${(-missingMore).toFixed(1)} kWh less.`;
  const moved = `${registration}: ${movedKwh.toFixed(1)} kWh move between ${clockOf(span.fromMs)} and ${clockOf(span.toMs)}`;
  if (readyBeforeMs === undefined || readyAfterMs === undefined || readyBeforeMs === readyAfterMs) return `${moved}.`;
  return `${moved}; it is ready at ${clockOf(readyAfterMs)} instead of ${clockOf(readyBeforeMs)}.`;
}

const HAPPENED: Readonly<Record<DecisionReason, string>> = {
  start: 'The console began to plan',
  time: 'Time went on',
  arrival: 'A vehicle was plugged in',
  departure: 'A vehicle left',
  'duty-changed': 'A duty changed',
  charger: 'A charge point changed its state',
  limit: 'The site’s limit changed',
  meter: 'A meter was lost or came back',
  price: 'Prices or settings changed',
  wish: 'A person’s wish',
  taper: 'A vehicle takes less than it is offered',
  'planner-back': 'The planner was started again',
};

export function sayDecision(parts: {
  readonly reasons: readonly DecisionReason[];
  /** What exactly, where it is known; it stands in place of the general words. */
  readonly details: readonly string[];
  readonly moves: readonly PlanMove[];
  readonly missingBeforeKwh: number | undefined;
  readonly missingKwh: number;
}): string {
  const { reasons, details, moves, missingBeforeKwh, missingKwh } = parts;
  const what = details.length > 0 ? details.join('; ') : reasons.map((reason) => HAPPENED[reason]).join('; ');
  const who =
    moves.length === 0
      ? 'nobody’s charging moves'
      : moves.length === 1
        ? 'one vehicle moves'
        : `${moves.length} vehicles move`;
  const missed =
    missingKwh > SMALL_KWH
      ? ` ${missingKwh.toFixed(1)} kWh are missing${missingBeforeKwh !== undefined && Math.abs(missingBeforeKwh - missingKwh) > SMALL_KWH ? `, ${missingBeforeKwh.toFixed(1)} before` : ''}.`
      : ' Nobody misses a departure.';
  return `${what}: ${who}.${missed}`;
}
