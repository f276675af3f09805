/**
 * A file of energies by time, as an operator gets it from a network operator or an older system, into quarter hours of UTC.
 * Says how it understood the file; what cannot be understood for certain is a refusal that says what is missing.
 *
 * Invariant: every line is either part of the energies or named with its reason; energies are exact decimals.
 */
import { openLocalTime, type LocalTime } from '../../../../shared/kernel/local-time.ts';
import type { ImportFault } from '../../../../shared/ipc/metering/interval-contract.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import { accept, refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import { findColumns, unitOf, type EnergyUnit, type FileColumns } from './find-columns.ts';
import { placeEnergies, type FileQuarter } from './place-energies.ts';
import { findDecimalMark, readDecimal, type DecimalMark } from './read-decimal.ts';
import { findDateOrder, readTime, type DateOrder } from './read-time.ts';
import { resolveTimes, type TimedRow } from './resolve-times.ts';
import { splitRows, type FileRow } from './split-rows.ts';

export type EnergyFileInput = {
  readonly text: string;
  readonly columns?: { readonly time: string; readonly energy: string } | undefined;
  readonly timeZone?: string | undefined;
  readonly unit?: EnergyUnit | undefined;
  readonly stamps?: 'begin' | 'end' | undefined;
};

export type EnergyFile = {
  readonly understood: readonly string[];
  /** In order, each once. */
  readonly quarters: readonly FileQuarter[];
  /** By their lines. */
  readonly faults: readonly ImportFault[];
};

const DELIMITERS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  [',', 'commas'],
] as const;
const SAMPLE_LINES = 200;
const LONGEST_SHOWN = 120;
/** Decimals of a unit that make up a milliwatt-hour. */
const SCALE: Readonly<Record<EnergyUnit, number>> = { Wh: 3, kWh: 6, MWh: 9 };
/** Before, nobody has quarter hours to import; a clock that was never set says 1970. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);

/** @param depotZone undefined while the depot is not known */
export function readEnergyFile(
  input: EnergyFileInput,
  depotZone: LocalTime | undefined,
  nowMs: EpochMs,
): Result<EnergyFile> {
  const layout = findLayout(input);
  if (!layout.ok) return layout;
  const { columns, delimiter, delimiterName } = layout.value;
  const split = splitRows(input.text, delimiter);
  if (!split.ok) return split;
  const rows = split.value.filter(({ line }) => line > columns.headerLine);
  const unit = input.unit ?? columns.unit;
  if (unit === undefined)
    return refuse('unit-unknown', `No unit stands with “${columns.energyTitle}”. Say whether it is Wh, kWh or MWh.`);
  const times = rows.map(({ cells }) => columns.time.map((cell) => cells[cell] ?? '').join(' '));
  const order = findDateOrder(times);
  if (!order.ok) return order;
  const mark = findDecimalMark(
    rows.map(({ cells }) => cells[columns.energy] ?? ''),
    delimiter,
  );
  if (!mark.ok) return mark;

  const faults: ImportFault[] = [];
  const timed: TimedRow[] = [];
  for (const [index, row] of rows.entries()) {
    const read = readRow(row, times[index] ?? '', { columns, order: order.value, mark: mark.value, unit });
    if (typeof read === 'string') faults.push({ line: row.line, text: row.text, message: read });
    else timed.push({ line: row.line, text: row.text, ...read });
  }
  const needsZone = timed.some(({ time }) => time.kind === 'local');
  const zone = chooseZone(input.timeZone, columns.timeTitle, depotZone);
  if (needsZone && !zone.ok) return zone;
  const { local, because } = zone.ok ? zone.value : { local: undefined, because: '' };
  const resolved = resolveTimes(timed, local);
  const sensible = resolved.placed.filter(({ atMs }) => atMs >= EARLIEST_MS && atMs <= nowMs);
  const senseless = resolved.placed
    .filter(({ atMs }) => !(atMs >= EARLIEST_MS && atMs <= nowMs))
    .map(({ line, text, atMs }) => ({
      line,
      text,
      message: atMs > nowMs ? 'This time is still to come.' : 'This time is before the year 2000.',
    }));
  const placed = placeEnergies(sensible, columns, input.stamps);
  if (!placed.ok) return withFirstFault(placed, [...faults, ...resolved.faults, ...senseless]);
  return accept({
    understood: [
      `Columns are separated by ${delimiterName}; titles stand in line ${columns.headerLine}.`,
      `Times are in “${columns.timeTitle}”, energies in “${columns.energyTitle}”, in ${unit}${mark.value === ',' ? ' with decimal commas' : ''}.`,
      needsZone ? `Times without an offset are those of ${local?.zone}, ${because}.` : 'Times carry their offset.',
      ...(order.value === undefined
        ? []
        : [`Dates are written ${order.value === 'day-first' ? 'day' : 'month'} first.`]),
      ...placed.value.understood,
      ...(resolved.repeated === 0
        ? []
        : ['The hour that comes twice when clocks are put back is told apart by the order of the lines.']),
    ],
    quarters: placed.value.quarters.toSorted((a, b) => a.beginMs - b.beginMs),
    faults: inOrder([...faults, ...resolved.faults, ...senseless, ...placed.value.faults]),
  });
}

type Layout = { readonly columns: FileColumns; readonly delimiter: string; readonly delimiterName: string };

/** The delimiter by which titles are found and most lines have as many cells as there are titles. */
function findLayout(input: EnergyFileInput): Result<Layout> {
  const sample = input.text.split(/\r\n|\n|\r/u, SAMPLE_LINES).join('\n');
  let best: (Layout & { readonly fitting: number }) | undefined;
  let refusal: Refusal | undefined;
  for (const [delimiter, delimiterName] of DELIMITERS) {
    const rows = splitRows(sample, delimiter);
    if (!rows.ok) {
      refusal ??= rows;
      continue;
    }
    const columns = findColumns(rows.value, input.columns);
    if (!columns.ok) {
      if (refusal === undefined || refusal.code === 'no-header' || refusal.code === 'column-unknown') refusal = columns;
      continue;
    }
    const { headerLine, width } = columns.value;
    const fitting = rows.value.filter(
      (row) => row.line > headerLine && widthOf(row) <= width && widthOf(row) > 1,
    ).length;
    if (best === undefined || fitting > best.fitting)
      best = { columns: columns.value, delimiter, delimiterName, fitting };
  }
  if (best !== undefined) return accept(best);
  return refusal ?? refuse('no-header', 'The file is empty. Choose a file with times and energies.');
}

/** Empty cells at the end of a line are no cells: some exports end each line with a delimiter. */
function widthOf({ cells }: FileRow): number {
  return cells.findLastIndex((cell) => cell !== '') + 1;
}

/** A sentence where the line cannot be used. */
function readRow(
  row: FileRow,
  timeCell: string,
  known: {
    readonly columns: FileColumns;
    readonly order: DateOrder | undefined;
    readonly mark: DecimalMark | undefined;
    readonly unit: EnergyUnit;
  },
): Pick<TimedRow, 'time' | 'mwh'> | string {
  const { columns, order, mark, unit } = known;
  if (widthOf(row) > columns.width)
    return `The line has ${widthOf(row)} cells under ${columns.width} titles. A decimal comma between commas needs quotation marks.`;
  const cell = row.cells[columns.energy] ?? '';
  const time = readTime(timeCell.trim(), order);
  if (time === undefined)
    return timeCell.trim() === ''
      ? 'The line has no time.'
      : `“${cut(timeCell.trim())}” is no time that is known here.`;
  if (cell === '') return 'The line has no energy.';
  const unitCell = columns.unitColumn === undefined ? '' : (row.cells[columns.unitColumn] ?? '').trim();
  const ofRow = columns.unitColumn === undefined ? unit : unitOf(unitCell.toLowerCase());
  if (unitCell !== '' && ofRow === undefined) return `“${cut(unitCell)}” is no unit of energy.`;
  if (columns.unitColumn !== undefined && ofRow !== columns.unit)
    return `The unit of this line is not ${columns.unit}, as it is in the first.`;
  const decimal = readDecimal(cell, mark, SCALE[unit]);
  if (decimal === undefined) return `“${cut(cell)}” is no number.`;
  if (decimal < 0n) return `${cell} ${unit} is below zero; exported energy is not imported as negative.`;
  const mwh = Number(decimal);
  return Number.isSafeInteger(mwh) ? { time, mwh } : `${cell} ${unit} is more than any meter counts.`;
}

type Zone = { readonly local: LocalTime; readonly because: string };

/** What was said counts, then what the title says, then where the depot is. */
function chooseZone(said: string | undefined, title: string, depotZone: LocalTime | undefined): Result<Zone> {
  const named = /\b(UTC|GMT)\b/iu.test(title) ? 'UTC' : undefined;
  const abbreviation = /\b(MEZ|MESZ|CET|CEST)\b/iu.exec(title)?.[0];
  if (said === undefined && named === undefined && abbreviation !== undefined)
    return refuse(
      'zone-unclear',
      `“${title}” says ${abbreviation}, but not whether clocks follow summer time. Say the zone: Europe/Berlin if they do, Etc/GMT-1 if the file keeps winter time all year.`,
    );
  const local = said === undefined && named === undefined ? depotZone : openLocalTime(said ?? named ?? '');
  if (local !== undefined) {
    const because =
      said === undefined ? (named === undefined ? 'the depot’s zone' : 'as the title says') : 'as was said';
    return accept({ local, because });
  }
  return said === undefined
    ? refuse(
        'zone-unknown',
        'Times carry no offset and the depot’s time zone is not known here. Say the zone they are in.',
      )
    : refuse('zone-unknown', `There is no time zone “${said}”. Say one such as Europe/Berlin or Asia/Kolkata.`);
}

/** Where no line is left, why the first one is not says more than that none is. */
function withFirstFault(refusal: Refusal, faults: readonly ImportFault[]): Refusal {
  const [first] = inOrder(faults);
  if (refusal.code !== 'too-few-rows' || first === undefined) return refusal;
  return refuse(refusal.code, `${refusal.message} Line ${first.line}: ${first.message}`);
}

function inOrder(faults: readonly ImportFault[]): ImportFault[] {
  return faults
    .map(({ line, text, message }) => ({ line, text: cut(text), message }))
    .toSorted((a, b) => a.line - b.line);
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
