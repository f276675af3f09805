/** A load that is there all the time and that no meter of a node sees. */
import { errorOf } from './least-squares.ts';
import { SURE, type NodeModel } from './node-model.ts';
import { sayEnergy, type Suspicion } from './suspicion.ts';

const QUARTERS_AN_HOUR = 4;

/** @param leastWh what cables and instruments may explain a quarter hour */
export function findSteadyLoad({ node, fit }: NodeModel, leastWh: number): Suspicion[] {
  const loadWh = fit.coefficients[0] ?? 0;
  const errorWh = SURE * errorOf(fit, 0);
  if (loadWh - errorWh <= leastWh) return [];
  return [
    {
      kind: 'load',
      node,
      suspects: [],
      stretch: { first: 0, end: node.parent.netWh.length },
      energyWh: loadWh * fit.left.length,
      factor: 1,
      evidence: [
        `Whatever the outgoing meters count, ${sayEnergy(loadWh)} more arrive each quarter hour: ${sayPower(loadWh)}, known to ${sayPower(errorWh)}.`,
        `Loss and instruments explain at most ${sayPower(leastWh)}.`,
      ],
    },
  ];
}

function sayPower(whAQuarter: number): string {
  return `${((whAQuarter * QUARTERS_AN_HOUR) / 1000).toFixed(2)} kW`;
}
