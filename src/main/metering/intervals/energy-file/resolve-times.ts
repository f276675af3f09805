/**
 * Local times of a file as instants. Where clocks are put back an hour comes twice: a file that has both is told apart by the
 * order of its lines, one that has it once is not guessed at. Where clocks are put forward an hour does not exist.
 */
import type { LocalTime } from '../../../../shared/kernel/local-time.ts';
import type { ImportFault } from '../../../../shared/ipc/metering/interval-contract.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import type { FileTime } from './read-time.ts';

export type TimedRow = {
  readonly line: number;
  readonly text: string;
  readonly time: FileTime;
  readonly mwh: number;
};

export type PlacedRow = {
  readonly line: number;
  readonly text: string;
  readonly atMs: EpochMs;
  /** What local clocks show, as the file has it. */
  readonly localMs: number;
  readonly isMidnightAtEnd: boolean;
  readonly mwh: number;
};

/** @param local undefined when every line says its offset */
export function resolveTimes(
  rows: readonly TimedRow[],
  local: LocalTime | undefined,
): { readonly placed: PlacedRow[]; readonly faults: ImportFault[]; readonly repeated: number } {
  const placed: PlacedRow[] = [];
  const faults: ImportFault[] = [];
  const isNewestFirst = (rows[0]?.time.localMs ?? 0) > (rows.at(-1)?.time.localMs ?? 0);
  const inOrder = isNewestFirst ? rows.toReversed() : rows;
  const total = countRepeated(inOrder, local);
  const seen = new Map<number, number>();
  let repeated = 0;
  for (const { line, text, time, mwh } of inOrder) {
    const fault = (message: string) => faults.push({ line, text, message });
    const { localMs, isMidnightAtEnd } = time;
    const instants = time.kind === 'instant' ? [time.atMs] : (local?.instantsOf(localMs) ?? []);
    const [first, second] = instants;
    if (first === undefined) {
      const zone = local?.zone ?? 'UTC';
      fault(
        `Clocks in ${zone} are put forward over this time, so it does not exist. If the file keeps winter time all year, say a zone without summer time, such as Etc/GMT-1.`,
      );
      continue;
    }
    if (second === undefined) {
      placed.push({ line, text, atMs: first, localMs, isMidnightAtEnd, mwh });
      continue;
    }
    const count = (seen.get(localMs) ?? 0) + 1;
    seen.set(localMs, count);
    if (total.get(localMs) !== 2) {
      fault(
        `Clocks are put back on this day and show this time twice; the file has it ${total.get(localMs) === 1 ? 'once' : `${total.get(localMs)} times`}, so it cannot be told which is meant. Export the file with offsets or in UTC.`,
      );
      continue;
    }
    repeated += 1;
    placed.push({ line, text, atMs: count === 1 ? first : second, localMs, isMidnightAtEnd, mwh });
  }
  return { placed, faults, repeated };
}

function countRepeated(rows: readonly TimedRow[], local: LocalTime | undefined): Map<number, number> {
  const total = new Map<number, number>();
  for (const { time } of rows)
    if (time.kind === 'local' && local !== undefined && local.instantsOf(time.localMs).length > 1)
      total.set(time.localMs, (total.get(time.localMs) ?? 0) + 1);
  return total;
}
