/** A linear program in the sparse arrays a solver takes: least cost of columns between their bounds, with rows between theirs. */

/** Entries are by column: those of column c are `starts[c]` until `starts[c + 1]`. Every column has both bounds. */
export type LinearModel = {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rowLower: Float64Array;
  /** Infinity where a row has none; a row without a lower bound has -Infinity. */
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly factors: Float64Array;
};

export type ColumnBounds = { readonly cost: number; readonly lower?: number; readonly upper: number };

export type ModelBuilder = ReturnType<typeof createModelBuilder>;

export function createModelBuilder() {
  const cost: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const starts = [0];
  const rows: number[] = [];
  const factors: number[] = [];
  const addRow = (from: number, to: number): number => {
    rowLower.push(from);
    return rowUpper.push(to) - 1;
  };

  return {
    rowOf: (value: number): number => addRow(value, value),
    rowUpTo: (most: number): number => addRow(-Infinity, most),
    /** @param entries a row and the column's factor in it, each row once */
    column: (bounds: ColumnBounds, entries: Iterable<readonly [row: number, factor: number]>): number => {
      for (const [row, factor] of entries) {
        rows.push(row);
        factors.push(factor);
      }
      starts.push(rows.length);
      lower.push(bounds.lower ?? 0);
      upper.push(bounds.upper);
      return cost.push(bounds.cost) - 1;
    },
    finish: (): LinearModel => ({
      cost: Float64Array.from(cost),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(starts),
      rows: Int32Array.from(rows),
      factors: Float64Array.from(factors),
    }),
  };
}
