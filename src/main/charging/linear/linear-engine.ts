/**
 * HiGHS, an LP solver in WebAssembly, loaded once and kept. The only place that imports the package: its wasm lies beside its own script,
 * so a bundle has to leave the package outside.
 */
import loadHighs from 'highs';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { LinearModel } from './linear-model.ts';

export type LinearSolution = {
  readonly objective: number;
  /** By column. */
  readonly values: Float64Array;
  /** By row: what the objective gains for each unit its bound is raised. */
  readonly rowPrices: Float64Array;
};

export type LinearEngine = {
  /** Runs to its end before it answers; the same model gives the same bits. */
  readonly solve: (model: LinearModel) => Result<LinearSolution, 'no-best-plan'>;
  /** Gives its memory back; there is nothing to be solved afterwards. */
  readonly dispose: () => void;
};

/** As strict as the solver takes it; in kW, kWh and money. */
const TOLERANCE = 1e-10;

export async function loadLinearEngine(): Promise<LinearEngine> {
  const highs = await loadHighs();
  const { modelStatus } = highs.constants;
  const model = highs.createModel();
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
  });

  return {
    solve: (asked) => {
      const [numCols, numRows] = [asked.cost.length, asked.rowLower.length];
      const { starts, rows, factors } = asked;
      model.passModel({
        numCols,
        numRows,
        colCost: asked.cost,
        colLower: asked.lower,
        colUpper: asked.upper,
        rowLower: asked.rowLower,
        rowUpper: asked.rowUpper,
        matrix: { format: 'csc', numRows, numCols, starts, indices: rows, values: factors },
      });
      model.run();
      const status = model.getModelStatus();
      // Without a row or a column there is nothing to be solved, and nothing to be paid.
      if (status !== modelStatus.optimal && status !== modelStatus.empty) {
        const name = Object.entries(modelStatus).find(([, code]) => code === status)?.[0] ?? `status ${status}`;
        const message = `The solver HiGHS ended with “${name}” before it had a best plan. Plan with the flow engine.`;
        return refuse('no-best-plan', message);
      }
      const { colValue, rowDual } = model.getSolution();
      return accept({ objective: model.getObjectiveValue(), values: colValue, rowPrices: rowDual });
    },
    dispose: () => model.dispose(),
  };
}
