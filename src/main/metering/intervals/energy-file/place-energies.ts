/**
 * Rows of a file as quarter hours of UTC: how long a row is, whether its time is where it begins or ends, and whether its number is an
 * energy or a register.
 *
 * Invariant: the quarter hours of a row add up to its energy to the milliwatt-hour; what cannot be decided is a refusal.
 */
import { INTERVAL_MS } from '../../../../shared/domain/metering/interval.ts';
import type { ImportFault } from '../../../../shared/ipc/metering/interval-contract.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { FileColumns } from './find-columns.ts';
import type { PlacedRow } from './resolve-times.ts';

export type FileQuarter = { readonly beginMs: EpochMs; readonly mwh: number };

export type PlacedEnergies = {
  readonly quarters: readonly FileQuarter[];
  readonly faults: readonly ImportFault[];
  readonly understood: readonly string[];
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LENGTHS_MS: readonly number[] = [15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS];
/** So many energies in a row that never fall are no load curve. */
const RISING_ROWS = 24;
/** So many more rises than falls are no load curve either. */
const RISES_EACH_FALL = 20;

export function placeEnergies(
  placed: readonly PlacedRow[],
  columns: Pick<FileColumns, 'stamps' | 'timeTitle' | 'energyTitle' | 'isRegister'>,
  saidStamps: 'begin' | 'end' | undefined,
): Result<PlacedEnergies> {
  const { rows, faults } = withoutDoubles(placed.toSorted((a, b) => a.atMs - b.atMs));
  const lengthMs = findLength(rows);
  if (!lengthMs.ok) return lengthMs;
  const minutes = lengthMs.value / MINUTE_MS;
  const registers = columns.isRegister || looksLikeRegister(rows);
  if (!registers && (onlyRises(rows) || hardlyFalls(rows)))
    return refuse(
      'register-unclear',
      `The numbers of “${columns.energyTitle}” rise and ${onlyRises(rows) ? 'never' : 'hardly ever'} fall. If they are a meter’s register, name the column “register”; if they are energies, take a file with a whole day.`,
    );
  if (registers) {
    const differences = differRegisters(rows, lengthMs.value);
    const said = `“${columns.energyTitle}” is a meter’s register, read every ${minutes} minutes: energies are its differences.`;
    return accept({
      quarters: spread(differences.energies, lengthMs.value),
      faults: [...faults, ...differences.faults],
      understood: [said],
    });
  }
  const stamps = decideStamps(rows, lengthMs.value, columns, saidStamps);
  if (!stamps.ok) return stamps;
  const shiftMs = stamps.value.stamps === 'end' ? lengthMs.value : 0;
  const aligned = rows.filter(({ atMs }) => atMs % INTERVAL_MS === 0);
  const offGrid = rows
    .filter(({ atMs }) => atMs % INTERVAL_MS !== 0)
    .map(({ line, text }) => ({ line, text, message: 'This time is not at the beginning of a quarter hour.' }));
  const energies = aligned.map(({ atMs, mwh }) => ({ beginMs: atMs - shiftMs, mwh }));
  const parts = lengthMs.value / INTERVAL_MS;
  return accept({
    quarters: spread(energies, lengthMs.value),
    faults: [...faults, ...offGrid],
    understood: [
      `Each line is the energy of ${minutes} minutes${parts === 1 ? '' : `, spread evenly over ${parts} quarter hours`}.`,
      stamps.value.because,
    ],
  });
}

/** The same time twice is one energy if both say the same, and none if they do not. */
function withoutDoubles(sorted: readonly PlacedRow[]): { readonly rows: PlacedRow[]; readonly faults: ImportFault[] } {
  const rows: PlacedRow[] = [];
  const faults: ImportFault[] = [];
  for (let at = 0; at < sorted.length;) {
    const first = sorted[at] as PlacedRow;
    let next = at + 1;
    while (sorted[next]?.atMs === first.atMs) next += 1;
    const same = sorted.slice(at, next);
    at = next;
    const isOne = same.every(({ mwh }) => mwh === first.mwh);
    if (isOne) rows.push(first);
    for (const { line, text } of isOne ? same.slice(1) : same) {
      const others = same.filter((other) => other.line !== line).map((other) => other.line);
      const where = `line${others.length === 1 ? '' : 's'} ${others.join(', ')}`;
      const message = isOne
        ? `The same time and energy stand in ${where}; they are taken once.`
        : `The same time stands with another energy in ${where}; neither is taken. Remove the wrong one.`;
      faults.push({ line, text, message });
    }
  }
  return { rows, faults };
}

/** What most rows are apart; none may be closer. */
function findLength(rows: readonly PlacedRow[]): Result<number> {
  const counts = new Map<number, number>();
  for (const [index, { atMs }] of rows.entries()) {
    const before = rows[index - 1];
    if (before !== undefined) counts.set(atMs - before.atMs, (counts.get(atMs - before.atMs) ?? 0) + 1);
  }
  const [usual] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (usual === undefined)
    return refuse(
      'too-few-rows',
      'The file has fewer than two energies with a time that can be used, so it cannot be told how long one is.',
    );
  const [lengthMs] = usual;
  if (!LENGTHS_MS.includes(lengthMs))
    return refuse(
      'length-unknown',
      `Most lines are ${sayMinutes(lengthMs)} apart. Energies by 15, 30 or 60 minutes can be imported: export the file so.`,
    );
  const closer = rows.find(({ atMs }, index) => {
    const before = rows[index - 1];
    return before !== undefined && atMs - before.atMs < lengthMs;
  });
  if (closer !== undefined)
    return refuse(
      'length-mixed',
      `Most lines are ${sayMinutes(lengthMs)} apart, but line ${closer.line} is closer to the one before: energies of different lengths would overlap. Export the file with one length.`,
    );
  return accept(lengthMs);
}

function sayMinutes(ms: number): string {
  const minutes = ms / MINUTE_MS;
  return minutes < 120 ? `${Math.round(minutes * 10) / 10} minutes` : `${Math.round(minutes / 6) / 10} hours`;
}

function decideStamps(
  rows: readonly PlacedRow[],
  lengthMs: number,
  { stamps, timeTitle }: Pick<FileColumns, 'stamps' | 'timeTitle'>,
  said: 'begin' | 'end' | undefined,
): Result<{ readonly stamps: 'begin' | 'end'; readonly because: string }> {
  const say = (which: 'begin' | 'end', why: string) =>
    accept({ stamps: which, because: `Times are where an energy ${which === 'begin' ? 'begins' : 'ends'}: ${why}.` });
  if (said !== undefined) return say(said, 'so it was said');
  if (stamps !== undefined) return say(stamps, `the column is called “${timeTitle}”`);
  if (rows.some(({ isMidnightAtEnd }) => isMidnightAtEnd)) return say('end', 'there is a 24:00');
  const ofDay = (row: PlacedRow | undefined) => (((row?.localMs ?? 0) % DAY_MS) + DAY_MS) % DAY_MS;
  const [first, last] = [ofDay(rows[0]), ofDay(rows.at(-1))];
  const begins = first === 0 || last === DAY_MS - lengthMs;
  const ends = first === lengthMs || last === 0;
  const range = `the file goes from ${sayClock(first)} to ${sayClock(last)}`;
  if (begins && !ends) return say('begin', range);
  if (ends && !begins) return say('end', range);
  return refuse(
    'stamps-unclear',
    `It cannot be told whether times are where an energy begins or ends: ${range}. Say which, or name the column “from” or “to”.`,
  );
}

function sayClock(ofDayMs: number): string {
  const minutes = Math.round(ofDayMs / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function onlyRises(rows: readonly PlacedRow[]): boolean {
  const rises = rows.every(({ mwh }, index) => mwh >= (rows[index - 1]?.mwh ?? -Infinity));
  return rises && rows.length >= RISING_ROWS && (rows.at(-1)?.mwh ?? 0) > (rows[0]?.mwh ?? 0);
}

/** A register that drops out here and there and comes back in one step, or was exchanged once. A load comes down by and by. */
function hardlyFalls(rows: readonly PlacedRow[]): boolean {
  const steps = rows.map(({ mwh }, index) => mwh - (rows[index - 1]?.mwh ?? mwh));
  let depthMwh = 0;
  let stays = 0;
  for (const step of steps) {
    if (step < 0 && depthMwh > 0) stays += 1;
    if (step < 0) depthMwh = -step;
    else if (step >= depthMwh / 2) depthMwh = 0;
  }
  const falls = steps.filter((step) => step < 0).length;
  const rises = steps.filter((step) => step > 0).length;
  return stays + (depthMwh > 0 ? 1 : 0) <= 1 && rises >= RISING_ROWS / 2 && falls * RISES_EACH_FALL <= rises;
}

/** It only rises, from a height that many of its steps make up. */
function looksLikeRegister(rows: readonly PlacedRow[]): boolean {
  if (!onlyRises(rows)) return false;
  const steps = rows.map(({ mwh }, index) => mwh - (rows[index - 1]?.mwh ?? mwh));
  return (rows[0]?.mwh ?? 0) >= 10 * Math.max(...chunkMaxima(steps));
}

/** Half a million arguments are more than a call takes. */
function chunkMaxima(values: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(values.length / 10_000) }, (_, chunk) =>
    Math.max(...values.slice(chunk * 10_000, (chunk + 1) * 10_000)),
  );
}

/** Where a register fell, what it fell to since, and how many energies were taken before. */
type Fall = { readonly from: PlacedRow; readonly lowestMwh: number; readonly energies: number };

/** It came back in one step that makes up for most of its fall: it had dropped out, and was not another meter's. */
function isDropOut({ from, lowestMwh }: Fall, before: PlacedRow, row: PlacedRow): boolean {
  return row.mwh - before.mwh >= (from.mwh - lowestMwh) / 2;
}

/** What the register rose by between two rows that follow each other; over a gap nothing is taken. */
function differRegisters(rows: readonly PlacedRow[], lengthMs: number) {
  const energies: FileQuarter[] = [];
  const faults: ImportFault[] = [];
  let fall: Fall | undefined;
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const { line, text } = row;
    const isBack = fall !== undefined && row.mwh >= fall.from.mwh;
    const droppedOut = isBack && fall !== undefined && before !== undefined && isDropOut(fall, before, row);
    if (droppedOut && fall !== undefined) {
      energies.length = fall.energies;
      const message = `The register is back where it was in line ${fall.from.line}, from which it had dropped. Nothing is taken between both.`;
      faults.push({ line, text, message });
    }
    if (isBack) fall = undefined;
    if (before !== undefined && row.mwh < before.mwh) {
      const isDeeper = fall === undefined || before.mwh > fall.from.mwh;
      const { from, energies: taken } =
        fall === undefined || isDeeper ? { from: before, energies: energies.length } : fall;
      fall = { from, lowestMwh: Math.min(fall?.lowestMwh ?? row.mwh, row.mwh), energies: taken };
    }
    if (droppedOut) continue;
    if (row.atMs % INTERVAL_MS !== 0)
      faults.push({ line, text, message: 'This time is not at the beginning of a quarter hour.' });
    else if (before !== undefined && row.mwh < before.mwh)
      faults.push({
        line,
        text,
        message: `The register is lower than in line ${before.line}. Nothing is taken between both.`,
      });
    else if (before !== undefined && row.atMs - before.atMs === lengthMs && before.atMs % INTERVAL_MS === 0)
      energies.push({ beginMs: before.atMs, mwh: row.mwh - before.mwh });
  }
  return { energies, faults };
}

/** A share is what was used until there, rounded, so that the shares add up. */
function spread(energies: readonly FileQuarter[], lengthMs: number): FileQuarter[] {
  const parts = lengthMs / INTERVAL_MS;
  return energies.flatMap(({ beginMs, mwh }) =>
    Array.from({ length: parts }, (_, part) => ({
      beginMs: beginMs + part * INTERVAL_MS,
      mwh: Math.round((mwh * (part + 1)) / parts) - Math.round((mwh * part) / parts),
    })),
  );
}
