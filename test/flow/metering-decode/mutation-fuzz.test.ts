/**
 * Damaged messages by the thousand, each among whole ones: nothing throws, every byte is accounted for, and no altered energy is
 * believed that its true neighbours contradict. What a check owes differs: SML's two checksums let nothing of this through;
 * P1's and Modbus's sixteen bits owe every short damage of what they cover and all but one in 65 536 of the rest, mode C's
 * check character each damage of one byte and all but one in 128; a telegram without any check owes nothing.
 */
import { expect, test } from 'vitest';
import { FUZZ_CASES, fuzzParser } from '../../evidence/metering/fuzz-parsers.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';

const isLong = process.env['SWITCHYARD_LONG'] === '1';
const MESSAGES = isLong ? 1_000_000 : 5_000;
const TIME_LIMIT_MS = isLong ? 3_600_000 : 120_000;
/** The share of damaged messages that may pass, by the check's bits. */
const MAY_PASS: Readonly<Record<string, number>> = {
  SML: 0,
  'Modbus RTU': 1 / 65_536,
  'P1 with a checksum': 1 / 65_536,
  'D0 mode C': 1 / 128,
};

test.for(FUZZ_CASES)(`$name: ${MESSAGES} damaged messages`, { timeout: TIME_LIMIT_MS }, (fuzzed) => {
  const seed = chooseSeed();
  const row = fuzzParser(fuzzed, MESSAGES, seed);
  printFigures(`fuzz ${row.name}`, { seed, ...row });
  expect(row).toMatchObject({ exceptions: 0, unaccounted: 0, owedAndPassed: [], believedWrong: 0 });
  const passed = Object.values(row.passed).reduce((sum, count) => sum + count, 0);
  const mayPass = MAY_PASS[row.name] ?? 1;
  // Three times the expected share and a few more: chance, and not a hole.
  expect(passed).toBeLessThanOrEqual(mayPass === 0 ? 0 : 5 + 3 * mayPass * MESSAGES);
  expect(row.nextRead ?? 1).toBeGreaterThan(0.95);
  // What nothing but a checksum can tell is rare, and no more than the meter counts from one telegram to the next.
  expect(row.believedBetween / MESSAGES).toBeLessThan(0.005);
  expect(row.greatestErrorWh).toBeLessThanOrEqual(3);
});
