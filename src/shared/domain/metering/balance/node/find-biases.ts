/**
 * Meters that count a steady share beyond their class, from the models of all nodes. For each outgoing meter a node's model
 * tells what arrives for each kWh that it counts: the incoming meter's error, times the cable's loss, over its own error. A feeder
 * stands in two nodes and is judged by both.
 */
import type { BalanceSettings } from '../balance.ts';
import { nameContradictors, type Comparison } from './name-contradictors.ts';
import { errorOfShare, type NodeModel } from './node-model.ts';
import { sayShare, type Suspicion } from './suspicion.ts';

/** As logarithms, so that products and quotients of factors are sums and differences. */
type ShareOf = Comparison & { readonly model: NodeModel; readonly share: number; readonly error: number };

export function findBiases(models: readonly NodeModel[], settings: BalanceSettings): Suspicion[] {
  const shares = models.flatMap((model) => sharesOf(model, settings));
  const series = new Map(
    models.flatMap(({ node }) => [node.parent, ...node.children].map((one) => [one.meter.id, one] as const)),
  );
  const instruments = [...series.values()].map(({ meter, classShare }) => ({ id: meter.id, tolerance: classShare }));
  return nameContradictors(instruments, shares).flatMap((contradiction): Suspicion[] => {
    const suspects = contradiction.verdict === 'named' ? [contradiction.id] : contradiction.ids;
    const model = nodeOfMost(models, suspects);
    if (model === undefined) return [];
    const factor = contradiction.verdict === 'named' ? Math.exp(contradiction.error) : 1;
    const { node } = model;
    const shared = { kind: 'bias', node, suspects, stretch: { first: 0, end: node.parent.netWh.length } } as const;
    const figures = shares
      .filter(({ above, below }) => suspects.includes(above) || suspects.includes(below))
      .map(sayOne);
    if (contradiction.verdict === 'open')
      return [{ ...shared, factor, energyWh: Math.abs(offWh(model)), evidence: figures }];
    const meant = series.get(contradiction.id);
    const countedWh = meant?.grossUpToWh.at(-1) ?? 0;
    return [
      {
        ...shared,
        factor,
        energyWh: Math.abs(countedWh * (1 / factor - 1)),
        evidence: [
          `Against the meters before and behind it, it counts about ${sayShare(factor - 1)} too ${factor < 1 ? 'little' : 'much'}; its class allows ${sayShare(meant?.classShare ?? 0)}.`,
          ...figures,
        ],
      },
    ];
  });
}

function sharesOf(model: NodeModel, settings: BalanceSettings): ShareOf[] {
  const { node, fit } = model;
  const loss = settings.lossShare * settings.lossUncertainty;
  return node.children.flatMap((child, index) => {
    const share = 1 + (fit.coefficients[index + 1] ?? 0);
    const error = errorOfShare(model, index);
    if (share <= 0 || error === undefined) return [];
    const half = loss + error / share;
    const range = { least: Math.log(share) - half, greatest: Math.log(share) + half };
    return [{ above: node.parent.meter.id, below: child.meter.id, ...range, model, share, error }];
  });
}

/** The node in which most of them stand. */
function nodeOfMost(models: readonly NodeModel[], ids: readonly string[]): NodeModel | undefined {
  const count = ({ node }: NodeModel) =>
    [node.parent, ...node.children].filter(({ meter }) => ids.includes(meter.id)).length;
  return models.toSorted((a, b) => count(b) - count(a))[0];
}

function sayOne({ model, below, share, error }: ShareOf): string {
  const name = model.node.children.find(({ meter }) => meter.id === below)?.meter.name ?? below;
  return `For each kWh that ${name} counts, ${share.toFixed(3)} kWh arrive at ${model.node.parent.meter.name} (known to ${error.toFixed(3)}).`;
}

/** What the fitted shares stand for. */
function offWh({ node, columns, fit }: NodeModel): number {
  return node.children.reduce((sumWh, _, index) => {
    const counted = columns[index + 1]?.reduce((sum, wh) => sum + wh, 0) ?? 0;
    return sumWh + (fit.coefficients[index + 1] ?? 0) * counted;
  }, 0);
}
