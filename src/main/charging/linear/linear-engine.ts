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

export type SolverSettings = {
  /** Of one solving; without end unless given. */
  readonly mostSeconds?: number;
  /** As the solver comes. The plans of a site are solved about twice as fast without it. */
  readonly presolve?: boolean;
};

export async function loadLinearEngine({ mostSeconds, presolve = false }: SolverSettings = {}): Promise<LinearEngine> {
  const highs = await loadHighs();
  const { modelStatus } = highs.constants;
  const presolves = presolve ? (['choose', 'off'] as const) : (['off', 'choose'] as const);
  const model = highs.createModel();
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
  });
  if (mostSeconds !== undefined) model.options.set('time_limit', mostSeconds);

  /** A solver that has lost its way with one presolve finds it with the other. */
  function run(): number {
    for (const way of presolves) {
      model.options.set('presolve', way);
      model.clearSolver();
      model.zeroAllClocks();
      model.run();
      if (model.getModelStatus() !== modelStatus.unknown) break;
    }
    return model.getModelStatus();
  }

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
      const status = run();
      // Without a row or a column there is nothing to be solved, and nothing to be paid.
      if (status !== modelStatus.optimal && status !== modelStatus.empty) {
        const name = Object.entries(modelStatus).find(([, code]) => code === status)?.[0] ?? `status ${status}`;
        const message = `The solver HiGHS ended with “${name}” before it had a best plan. Plan without it, give it more time, or let no battery fall from full power to none within a slot.`;
        return refuse('no-best-plan', message);
      }
      const { colValue, rowDual } = model.getSolution();
      return accept({ objective: model.getObjectiveValue(), values: colValue, rowPrices: rowDual });
    },
    dispose: () => model.dispose(),
  };
}
