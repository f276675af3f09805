/**
 * Ordinary least squares by the normal equations. Columns are scaled to one length, and each is held to zero by a
 * hundred-millionth of it, so that columns that cannot be told apart get wide errors instead of wild values.
 */
export type Fit = {
  readonly coefficients: readonly number[];
  /** Inverse of the columns' products with each other. */
  readonly inverse: readonly (readonly number[])[];
  /** What the fit leaves of each row, and the mean square of that. */
  readonly left: Float64Array;
  readonly noise: number;
};

const HOLD = 1e-8;

/** @param columns of equal length, that of `target` */
export function fitColumns(columns: readonly Float64Array[], target: Float64Array): Fit {
  const products = productsOf(columns);
  const lengths = columns.map((_, index) => Math.sqrt(products[index]?.[index] ?? 0) || 1);
  const scaled = products.map((row, i) =>
    row.map((value, j) => value / ((lengths[i] ?? 1) * (lengths[j] ?? 1)) + (i === j ? HOLD : 0)),
  );
  const inverse = invert(scaled).map((row, i) =>
    row.map((value, j) => value / ((lengths[i] ?? 1) * (lengths[j] ?? 1))),
  );
  const withTarget = columns.map((column) => dot(column, target));
  const coefficients = inverse.map((row) => row.reduce((sum, value, j) => sum + value * (withTarget[j] ?? 0), 0));
  const left = target.slice();
  for (const [index, column] of columns.entries()) {
    const coefficient = coefficients[index] ?? 0;
    for (let row = 0; row < left.length; row++) left[row] = (left[row] ?? 0) - coefficient * (column[row] ?? 0);
  }
  const noise = dot(left, left) / Math.max(1, target.length - columns.length);
  return { coefficients, inverse, left, noise };
}

/** Standard error of one coefficient. */
export function errorOf(fit: Fit, index: number): number {
  return Math.sqrt(Math.max(0, fit.noise * (fit.inverse[index]?.[index] ?? 0)));
}

export function productsOf(columns: readonly Float64Array[], first = 0, end = Infinity): number[][] {
  const products = columns.map(() => columns.map(() => 0));
  for (const [i, one] of columns.entries())
    for (let j = 0; j <= i; j++) {
      const product = dot(one, columns[j] ?? one, first, end);
      (products[i] ?? [])[j] = product;
      (products[j] ?? [])[i] = product;
    }
  return products;
}

export function dot(one: Float64Array, other: Float64Array, first = 0, end = Infinity): number {
  let sum = 0;
  for (let row = first; row < Math.min(one.length, end); row++) sum += (one[row] ?? 0) * (other[row] ?? 0);
  return sum;
}

/** Gauss-Jordan, of a symmetric matrix whose diagonal is 1 and a little more. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    const pivotRow = rows[pivot] ?? [];
    const scale = 1 / Math.max(pivotRow[pivot] ?? 0, Number.EPSILON);
    for (let column = 0; column < 2 * size; column++) pivotRow[column] = (pivotRow[column] ?? 0) * scale;
    for (const [index, row] of rows.entries()) {
      const factor = row[pivot] ?? 0;
      if (index === pivot || factor === 0) continue;
      for (let column = 0; column < 2 * size; column++)
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    }
  }
  return rows.map((row) => row.slice(size));
}
