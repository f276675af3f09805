/** The table of damaged messages: a line for each parser, and what of it was let through and believed. */
import type { createEvidence } from '../../support/evidence-table.ts';
import { FUZZ_CASES, fuzzParser, type FuzzRow } from './fuzz-parsers.ts';

const NAME_WIDTH = 22;
const COLUMNS = ['messages', 'thrown', 'lost', 'passed', 'believed', 'between', 'most Wh', 'next', 'msg/s', 'MB/s'];

export function showFuzzedParsers(evidence: ReturnType<typeof createEvidence>, messages: number, seed: number): void {
  evidence.section(`${messages} damaged messages for each parser, from bytes to a believed reading (seed ${seed})`);
  evidence.say(`         ${'parser'.padEnd(NAME_WIDTH)}${COLUMNS.map((name) => name.padStart(10)).join('')}`);
  for (const [place, fuzzed] of FUZZ_CASES.entries()) {
    const row = fuzzParser(fuzzed, messages, seed + place);
    evidence.show(row.name.padEnd(NAME_WIDTH - 2), cellsOf(row), holds(row));
  }
  evidence.say('         passed: altered, and whole to the parser. believed: an altered energy that was accepted.');
  evidence.say('         between: it lies between its true neighbours’, which nothing but a checksum can tell.');
}

export function holds(row: FuzzRow): boolean {
  const isAccounted = row.exceptions === 0 && row.unaccounted === 0;
  return isAccounted && row.owedAndPassed.length === 0 && row.believedWrong === 0;
}

function cellsOf(row: FuzzRow): string {
  const passed = Object.values(row.passed).reduce((sum, count) => sum + count, 0);
  const next = row.nextRead === undefined ? '-' : `${(100 * row.nextRead).toFixed(1)} %`;
  const counts = [row.messages, row.exceptions, row.unaccounted, passed, row.believedWrong, row.believedBetween];
  return [...counts, Math.round(row.greatestErrorWh * 10) / 10, next, row.messagesPerSecond, row.megabytesPerSecond]
    .map((cell) => String(cell).padStart(10))
    .join('');
}
