/** A suspicion in words, with what to do about it. */
import { INTERVAL_MS } from '../interval.ts';
import type { EpochMs } from '../../../kernel/instant.ts';
import type { BalanceFinding, FindingKind } from './balance.ts';
import { sayEnergy, sayShare, type Suspicion } from './node/suspicion.ts';

/** Between these a meter of three phases counts as if one phase were reversed (a third), or lost (two thirds). */
const REVERSED: readonly [number, number] = [0.25, 0.42];
const PHASE_LOST: readonly [number, number] = [0.58, 0.75];

const MOST_CANDIDATES = 6;

const KIND_OF: Readonly<Record<Suspicion['kind'], FindingKind>> = {
  standstill: 'failing-meter',
  change: 'failing-meter',
  bias: 'constant-bias',
  excess: 'constant-bias',
  load: 'unmetered-load',
  slip: 'clock-slip',
};

/** @param isBeyondWorst the sum of the node is beyond the worst case, so that money is at stake for certain */
export function saySuspicion(
  suspicion: Suspicion,
  words: { readonly isBeyondWorst: boolean; readonly fromMs: EpochMs; readonly nameOf: (meterId: string) => string },
): BalanceFinding {
  const { isBeyondWorst, fromMs, nameOf } = words;
  const { kind, node, suspects, stretch, energyWh, evidence } = suspicion;
  const [only] = suspects;
  const parentId = node.parent.meter.id;
  const isNamed = suspects.length === 1 && only !== undefined;
  const isCertain = kind === 'standstill' || kind === 'change' || isBeyondWorst;
  return {
    kind: KIND_OF[kind],
    severity: kind === 'slip' ? 'note' : isCertain ? 'alarm' : 'warning',
    meterId: isNamed ? only : parentId,
    fromMs: fromMs + stretch.first * INTERVAL_MS,
    toMs: fromMs + stretch.end * INTERVAL_MS,
    energyWh,
    sentence: isNamed ? sayNamed(suspicion, nameOf(only)) : sayNode(suspicion),
    evidence: [...evidence, ...(isNamed || suspects.length === 0 ? [] : [sayCandidates(suspects.map(nameOf))])],
    advice: advise(suspicion),
  };
}

function sayNamed({ kind, energyWh, factor, evidence }: Suspicion, name: string): string {
  const energy = sayEnergy(energyWh);
  switch (kind) {
    case 'standstill':
      return `${name} stood still while about ${energy} flowed through it.`;
    case 'change':
      return `${name} counts ${sayShare(1 - factor)} ${factor < 1 ? 'less' : 'more'} for a part of the time: about ${energy}.`;
    case 'bias':
    case 'excess':
      return `${name} counts about ${sayShare(1 - factor)} too ${factor < 1 ? 'little' : 'much'} all the time: about ${energy}.`;
    case 'load':
      return `About ${energy} leave past the meters under ${name}.`;
    case 'slip':
      return evidence[0] === undefined
        ? `The clock of ${name} differs.`
        : `The quarter hours of ${name} are shifted against the others’.`;
  }
}

function sayNode({ kind, node, energyWh }: Suspicion): string {
  const { name } = node.parent.meter;
  const energy = sayEnergy(energyWh);
  switch (kind) {
    case 'standstill':
      return `A meter at ${name} stood still while about ${energy} flowed; which one cannot be told.`;
    case 'change':
      return `A meter at ${name} counts differently for a part of the time, by about ${energy}; which one cannot be told.`;
    case 'bias':
      return `The meters at ${name} contradict each other by more than their classes allow; which one is wrong cannot be told.`;
    case 'excess':
      return `The meters under ${name} count about ${energy} more than it does.`;
    case 'load':
      return `About ${energy} leave ${name} past all of the meters under it.`;
    case 'slip':
      return `The quarter hours of the meters at ${name} are shifted against each other.`;
  }
}

function sayCandidates(names: readonly string[]): string {
  const more = names.length - MOST_CANDIDATES;
  return `It may be ${names.slice(0, MOST_CANDIDATES).join(' or ')}${more > 0 ? `, or one of ${more} more` : ''}.`;
}

function advise({ kind, factor, node }: Suspicion): string {
  switch (kind) {
    case 'standstill':
      return 'Look at the meter’s display under load, its fuses and its current transformers; have it exchanged when it stops again. What it missed has to be billed by the sessions.';
    case 'change':
    case 'bias':
      if (isWithin(factor, REVERSED))
        return 'It counts about a third: most likely one of its three current transformers is fitted the wrong way round. Compare the power of its phases and turn that one.';
      if (isWithin(factor, PHASE_LOST))
        return 'It counts about two thirds: most likely one of its phases is not measured. Check the voltage taps, their fuses and the current transformer of each phase.';
      return 'Compare it with a reference meter under load and check the ratio and the seat of its current transformers; have it exchanged or recalibrated when it is confirmed.';
    case 'excess':
      return `Look for a source that feeds in behind ${node.parent.meter.name}, and compare its meter with a reference.`;
    case 'load':
      return `Look for what is connected behind ${node.parent.meter.name} before the next meters: lights, heating, a socket, a charge point without a meter. Give it a meter, or enter it as loss.`;
    case 'slip':
      return 'Nothing is lost by it. Check the clock of whatever reads this meter, and how long its line takes to answer.';
  }
}

function isWithin(value: number, [least, greatest]: readonly [number, number]): boolean {
  return value >= least && value <= greatest;
}
