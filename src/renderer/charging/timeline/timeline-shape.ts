/** What a timeline draws, in slots from the plan's begin and shares of the height: steps, spans and the marks of the hours. */
import type { PlanRow, SitePlan } from '../../../shared/domain/charging/site-plan.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { kw } from '../charging-words.ts';

/** From the begin of one slot to before the begin of another. */
export type SlotSpan = { readonly from: number; readonly to: number };

type PlanTime = Pick<SitePlan, 'fromMs' | 'slotMs' | 'slots'>;

/** Below this two plans want the same. */
const SAME_W = 50;

/** Closed along the bottom of a box `values.length` wide and 1 high; empty where nothing is drawn. */
export function stepArea(values: readonly number[], most: number): string {
  return runsOf(values, (value) => value > 0)
    .map(({ from, to }) => `M${from} 1${stepsTo(values, most, from, to)}V1Z`)
    .join('');
}

/** The former steps, only where they were others; that there were none needs no line. */
export function ghostLine(before: readonly number[], now: readonly number[], most: number): string {
  return runsOf(before, (value, slot) => value > 0 && Math.abs(value - (now[slot] ?? 0)) > SAME_W)
    .map(({ from, to }) => `M${from} ${heightOf(before[from] ?? 0, most)}${stepsTo(before, most, from, to)}`)
    .join('');
}

export function chargingSpans(powerW: readonly number[]): readonly SlotSpan[] {
  return runsOf(powerW, (value) => value > 0);
}

/** @param slots in any order */
export function spansOf(slots: readonly number[]): readonly SlotSpan[] {
  const spans: { from: number; to: number }[] = [];
  for (const slot of slots.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.to === slot) last.to = slot + 1;
    else spans.push({ from: slot, to: slot + 1 });
  }
  return spans;
}

/** Between the plan's begin and end, as a share of its width in percent. */
export function placeOf(atMs: EpochMs, { fromMs, slotMs, slots }: PlanTime): number {
  return Math.min(100, Math.max(0, ((atMs - fromMs) / (slotMs * slots)) * 100));
}

export function startOf(slot: number, { fromMs, slotMs }: PlanTime): EpochMs {
  return fromMs + slot * slotMs;
}

/** Each `everyHours` full hours of the depot’s clock. */
export function hourMarks(
  plan: PlanTime,
  zone: string,
  everyHours: number,
): readonly { readonly slot: number; readonly clock: string; readonly day: string | undefined }[] {
  return Array.from({ length: plan.slots }, (_, slot) => slot).flatMap((slot) => {
    const atMs = startOf(slot, plan);
    const clock = formatInZone(atMs, zone, 'minute');
    const [hour = '', minute = ''] = clock.split(':');
    if (minute !== '00' || Number(hour) % everyHours !== 0) return [];
    return [{ slot, clock, day: hour === '00' ? shortDay(atMs, zone) : undefined }];
  });
}

/** `Wed 10`: the month would run into the next mark. */
function shortDay(atMs: EpochMs, zone: string): string {
  return formatInZone(atMs, zone, 'day').split(' ').slice(0, 2).join(' ');
}

/** What a row shows, for whoever does not see it. */
export function sayRow(row: PlanRow, plan: PlanTime, zone: string): string {
  const clock = (slot: number) => formatInZone(startOf(slot, plan), zone, 'minute');
  const charging = chargingSpans(row.powerW).map(({ from, to }) => `${clock(from)} to ${clock(to)}`);
  const fixed = row.fixedSlots.length > 0 ? ', partly fixed by a person' : '';
  return charging.length === 0 ? 'charges nothing' : `charges ${charging.join(', ')}${fixed}`;
}

/** What one slot of a row holds. */
export function saySlot(row: PlanRow, plan: SitePlan, slot: number, zone: string): string {
  const now = row.powerW[slot] ?? 0;
  const before = row.beforeW[slot] ?? 0;
  const was = Math.abs(now - before) > SAME_W ? `, before the last decision ${kw(before)}` : '';
  return `${formatInZone(startOf(slot, plan), zone, 'minute')}: ${kw(now)}${was}`;
}

function stepsTo(values: readonly number[], most: number, from: number, to: number): string {
  let path = '';
  for (let slot = from; slot < to; slot++) path += `V${heightOf(values[slot] ?? 0, most)}H${slot + 1}`;
  return path;
}

function heightOf(value: number, most: number): number {
  return most <= 0 ? 1 : Math.round((1 - Math.min(1, Math.max(0, value) / most)) * 1000) / 1000;
}

function runsOf(values: readonly number[], holds: (value: number, slot: number) => boolean): readonly SlotSpan[] {
  return spansOf(values.flatMap((value, slot) => (holds(value, slot) ? [slot] : [])));
}
