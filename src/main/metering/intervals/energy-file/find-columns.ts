/**
 * Where a file has its times and energies, by the titles of its columns in English and German. What two columns could be is
 * asked for, never chosen.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { isClockOnly, isDateOnly } from './read-time.ts';
import type { FileRow } from './split-rows.ts';

export type EnergyUnit = 'Wh' | 'kWh' | 'MWh';

export type FileColumns = {
  /** Cells of a time: one, or the date's and the clock's. */
  readonly time: readonly number[];
  readonly timeTitle: string;
  /** What the title of the time says of the interval, if it does. */
  readonly stamps: 'begin' | 'end' | undefined;
  readonly energy: number;
  readonly energyTitle: string;
  readonly unit: EnergyUnit | undefined;
  /** The column that says the unit of each line, if it is not the title that does. */
  readonly unitColumn: number | undefined;
  /** The title says that the column is a meter's register. */
  readonly isRegister: boolean;
  readonly headerLine: number;
  /** How many titles there are. */
  readonly width: number;
};

const BEGIN =
  /^((from|start|begin)([ _-]?(date|time|datetime|timestamp))?|(interval|period)[ _-]?(start|begin)|von|ab|beginn?|start(zeit|zeitpunkt|datum)|anfang)\b/u;
const END =
  /^((to|until|end)([ _-]?(date|time|datetime|timestamp))?|(interval|period)[ _-]?end|bis|ende?|end(zeit|zeitpunkt|datum))\b/u;
const TIME =
  /^(time|timestamp|time[ _]stamp|date[ _/-]*(and )?time|datetime|zeit|zeitstempel|zeitpunkt|datum[ _/,-]*(und )?(uhr)?zeit|messzeitpunkt|utc|local time)\b/u;
const DATE = /^(date|day|datum|tag)\b/u;
const CLOCK_TITLE = /^(time|clock|hour|zeit|uhrzeit|from|von|start|ab|beginn?)\b/u;
const ENERGY =
  /\b(energy|energie|value|wert|messwert|zählerwert|consumption|verbrauch|import|bezug|(wirk)?arbeit|usage|menge|quantity|amount)/u;
const EXPORTED = /\b(export|einspeisung|lieferung|feed[ -]?in|abgabe|2\.8\.0)/u;
const REGISTER = /(zählerstand|register|meter reading|\breading\b|\bstand\b|\bindex\b|1\.8\.0)/u;
const UNIT = /(?:^|[^a-z])(k|m)?wh(?:$|[^a-z])/u;
const POWER = /(?:^|[^a-z])(k|m)?w(?:$|[^a-z])/u;
const HEADER_WITHIN = 30;

type Sought = { readonly time: string; readonly energy: string } | undefined;

/** @param sought titles as the operator named them */
export function findColumns(
  rows: readonly FileRow[],
  sought: Sought,
): Result<FileColumns, 'no-header' | 'columns-unclear' | 'column-unknown' | 'power-not-energy'> {
  let refusal: ReturnType<typeof chooseEnergy> | undefined;
  for (const [index, header] of rows.slice(0, HEADER_WITHIN).entries()) {
    const titles = header.cells.map((cell) => cell.toLowerCase().normalize('NFC'));
    const first = rows[index + 1]?.cells ?? [];
    const time = sought === undefined ? chooseTime(titles, first) : byName(header.cells, sought.time, titles);
    if (time === undefined) continue;
    const energy =
      sought === undefined ? chooseEnergy(titles, header.cells, time.cells) : nameEnergy(header.cells, sought.energy);
    if (energy === undefined) continue;
    if (!energy.ok) {
      refusal ??= energy;
      continue;
    }
    const title = titles[energy.value] ?? '';
    const unitCell = titles.findIndex((name) => /^(unit|einheit)\b/u.test(name));
    const unitColumn = unitCell === -1 ? undefined : unitCell;
    return accept({
      time: time.cells,
      timeTitle: time.cells.map((cell) => header.cells[cell] ?? '').join(' + '),
      stamps: time.stamps,
      energy: energy.value,
      energyTitle: header.cells[energy.value] ?? '',
      unit: unitOf(title) ?? unitOf((first[unitColumn ?? -1] ?? '').toLowerCase()),
      unitColumn: unitOf(title) === undefined ? unitColumn : undefined,
      isRegister: REGISTER.test(title),
      headerLine: header.line,
      width: header.cells.length,
    });
  }
  if (refusal !== undefined && !refusal.ok) return refusal;
  const titles = rows[0]?.cells.map((cell) => `“${cell}”`).join(', ') ?? 'none';
  if (sought !== undefined)
    return refuse(
      'column-unknown',
      `There are no columns “${sought.time}” and “${sought.energy}” in one line. The first line has: ${titles}.`,
    );
  return refuse(
    'no-header',
    `No line with titles for a time and an energy was found; the first line has: ${titles}. Say which columns they are, or give the file a first line such as “from;kWh”.`,
  );
}

type TimeColumns = { readonly cells: readonly number[]; readonly stamps: 'begin' | 'end' | undefined };

function stampsOf(title: string): 'begin' | 'end' | undefined {
  if (BEGIN.test(title)) return 'begin';
  return END.test(title) ? 'end' : undefined;
}

function byName(cells: readonly string[], name: string, titles: readonly string[]): TimeColumns | undefined {
  const cell = cells.indexOf(name.trim());
  return cell === -1 ? undefined : { cells: [cell], stamps: stampsOf(titles[cell] ?? '') };
}

/** Of a pair from and to the first is taken; a date and a clock in columns of their own belong together. */
function chooseTime(titles: readonly string[], first: readonly string[]): TimeColumns | undefined {
  const date = titles.findIndex((title, cell) => DATE.test(title) && isDateOnly(first[cell] ?? ''));
  if (date !== -1) {
    const clocks = titles.flatMap((title, cell) =>
      (CLOCK_TITLE.test(title) || END.test(title)) && isClockOnly(first[cell] ?? '') ? [cell] : [],
    );
    const clock = clocks.find((cell) => CLOCK_TITLE.test(titles[cell] ?? '')) ?? clocks[0];
    if (clock !== undefined) return { cells: [date, clock], stamps: stampsOf(titles[clock] ?? '') };
  }
  for (const pattern of [BEGIN, TIME, DATE, END]) {
    const cell = titles.findIndex((title) => pattern.test(title));
    if (cell !== -1) return { cells: [cell], stamps: stampsOf(titles[cell] ?? '') };
  }
  return undefined;
}

function chooseEnergy(
  titles: readonly string[],
  cells: readonly string[],
  time: readonly number[],
): Result<number, 'columns-unclear' | 'power-not-energy'> | undefined {
  const others = titles.flatMap((title, cell) =>
    time.includes(cell) || EXPORTED.test(title) ? [] : [{ title, cell }],
  );
  const withUnit = others.filter(({ title }) => unitOf(title) !== undefined);
  const named = others.filter(({ title }) => (ENERGY.test(title) || REGISTER.test(title)) && !POWER.test(title));
  const candidates = withUnit.length > 0 ? withUnit : named;
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) return accept(only.cell);
  if (candidates.length > 1)
    return refuse(
      'columns-unclear',
      `Several columns may be the energy: ${candidates.map(({ cell }) => `“${cells[cell]}”`).join(', ')}. Say which one is meant.`,
    );
  const power = others.find(({ title }) => POWER.test(title));
  return power === undefined ? undefined : refusePower(cells[power.cell] ?? '');
}

function nameEnergy(
  cells: readonly string[],
  name: string,
): Result<number, 'columns-unclear' | 'power-not-energy'> | undefined {
  const cell = cells.indexOf(name.trim());
  if (cell === -1) return undefined;
  const title = name.toLowerCase();
  return POWER.test(title) && unitOf(title) === undefined ? refusePower(name.trim()) : accept(cell);
}

function refusePower(title: string): Result<never, 'power-not-energy'> {
  return refuse(
    'power-not-energy',
    `The column “${title}” is a power. Energies are needed: export the file with energy in kWh.`,
  );
}

export function unitOf(title: string): EnergyUnit | undefined {
  const prefix = UNIT.exec(title);
  if (prefix === null) return undefined;
  if (prefix[1] === 'k') return 'kWh';
  return prefix[1] === 'm' ? 'MWh' : 'Wh';
}
