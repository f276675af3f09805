/**
 * A node's balance as steps down from what came in: each outgoing meter, the loss that is expected, and what is left.
 * Invariant: each step begins where the one before it ended, and the last ends at nought, so the eye adds up what the
 * registers do. After a meter whose energy is not known nothing is drawn, since its step has no end.
 */
import type { NodeBalance } from '../../../shared/domain/metering/balance/balance.ts';

export type WaterfallStep = {
  readonly kind: 'in' | 'out' | 'loss' | 'rest';
  readonly meterId: string | undefined;
  readonly energyWh: number | undefined;
  /** Where its bar lies, the lesser end first; undefined where that is not known. */
  readonly span: readonly [number, number] | undefined;
};

export function waterfallOf(node: NodeBalance): readonly WaterfallStep[] {
  const { inWh, expectedLossWh, residualWh } = node.whole;
  let level = inWh;
  const stepDown = (energyWh: number | undefined): WaterfallStep['span'] => {
    const from = level;
    level = from === undefined || energyWh === undefined ? undefined : from - energyWh;
    return from === undefined || level === undefined ? undefined : spanOf(from, level);
  };
  const out = node.outgoing.map(({ meterId, importWh }): WaterfallStep => ({
    kind: 'out',
    meterId,
    energyWh: importWh,
    span: stepDown(importWh),
  }));
  const loss: WaterfallStep = {
    kind: 'loss',
    meterId: undefined,
    energyWh: inWh === undefined ? undefined : expectedLossWh,
    span: inWh === undefined ? undefined : stepDown(expectedLossWh),
  };
  return [
    { kind: 'in', meterId: node.meterId, energyWh: inWh, span: inWh === undefined ? undefined : spanOf(0, inWh) },
    ...out,
    loss,
    {
      kind: 'rest',
      meterId: undefined,
      energyWh: residualWh,
      span: residualWh === undefined ? undefined : spanOf(0, residualWh),
    },
  ];
}

function spanOf(one: number, other: number): readonly [number, number] {
  return [Math.min(one, other), Math.max(one, other)];
}

/** The ends of the axis: nought, and all that is drawn. */
export function waterfallRange(steps: readonly WaterfallStep[]): readonly [number, number] {
  let least = 0;
  let greatest = 0;
  for (const { span } of steps) {
    least = Math.min(least, span?.[0] ?? 0);
    greatest = Math.max(greatest, span?.[1] ?? 0);
  }
  return [least, greatest === least ? least + 1 : greatest];
}
