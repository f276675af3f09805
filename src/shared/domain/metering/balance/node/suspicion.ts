/** What the examination of one node makes of it, before the nodes are held against each other. */
import type { NodeSeries, Stretch } from '../error-budget.ts';

export type Suspicion = {
  /**
   * standstill  the register stood still while energy flowed
   * change      from some day on, or for some days, the meter counted a different share
   * bias        it counts a steady share too much or too little
   * slip        its clock differs from the others'
   * load        energy leaves the node past all of its meters
   * excess      the outgoing meters together count more than came in, and it cannot be said which
   */
  readonly kind: 'standstill' | 'change' | 'bias' | 'slip' | 'load' | 'excess';
  readonly node: NodeSeries;
  /** Any of which would explain it: one when it is identified, none when no meter is to blame. */
  readonly suspects: readonly string[];
  readonly stretch: Stretch;
  /** At stake, positive. */
  readonly energyWh: number;
  /** What the suspect counts of what flows: 0.92 when it loses 8 %. 1 where that is not the matter. */
  readonly factor: number;
  readonly evidence: readonly string[];
};

export function sayEnergy(wh: number): string {
  const kwh = Math.abs(wh) / 1000;
  return `${kwh >= 100 ? kwh.toFixed(0) : kwh >= 10 ? kwh.toFixed(1) : kwh.toFixed(2)} kWh`;
}

export function sayShare(share: number): string {
  return `${(Math.abs(share) * 100).toFixed(1)} %`;
}
