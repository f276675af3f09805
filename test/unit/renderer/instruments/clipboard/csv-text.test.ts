import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../../../../src/renderer/instruments/clipboard/csv-text.ts';

const one = (text: string | undefined) =>
  csvText([], [{ header: 'H', textOf: () => text }], [0])
    .split('\r\n')
    .slice(2, -1)
    .join('\r\n');

test('facts lead, then an empty line, then the table', () => {
  expect(
    csvText([['Zone', 'Asia/Kolkata']], [{ header: 'A', textOf: (row: string) => row }], ['x, y', 'say "z"']),
  ).toBe('\uFEFFZone,Asia/Kolkata\r\n\r\nA\r\n"x, y"\r\n"say ""z"""\r\n');
});

test('what a spreadsheet would work out is led by an apostrophe, a number is not', () => {
  expect(one('=1+1')).toBe("'=1+1");
  expect(one(' @SUM(A1)')).toBe("' @SUM(A1)");
  expect(one('-2+3')).toBe("'-2+3");
  expect(one('-12.50')).toBe('-12.50');
  expect(one(undefined)).toBe('');
});

test('no cell begins a formula, whatever came', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('=', '+', '-', '@', '\t=', '\n='), (text, start) => {
      const cell = one(`${start}${text}`);
      const read = cell.startsWith('"') ? cell.slice(1) : cell;
      fc.pre(!/^-\d+(?:\.\d+)?$/u.test(`${start}${text}`));
      expect(read.startsWith("'")).toBe(true);
    }),
  );
});
