/**
 * How figures of a network's performance are said. Invariant: a share stands beside the count it was taken from; of a few cases only the
 * count is said, since a percentage of three is no figure; what was never seen is a dash with its reason.
 */
import type { PerformanceRow } from '../../../shared/domain/marketplace/performance.ts';
import { decimals, grouped } from '../../instruments/number/format-number.ts';
import { decimalWords } from '../../tariff/money-text.ts';

export type Figure = {
  readonly text: string;
  readonly tip: string;
  /** Of too few cases to compare, or of too little of the window: it looks small and is sorted last. */
  readonly isFew: boolean;
};

const FEW = 10;
/** Of a window less known than this nothing is concluded. */
const LEAST_KNOWN = 0.5;
const NOTHING = '—';

export function startFigure({ starts, startsDone, startsUnknown }: PerformanceRow): Figure {
  const settled = starts - startsUnknown;
  const unknown = startsUnknown === 0 ? '' : ` Of ${grouped(startsUnknown)} more the outcome is not known.`;
  if (starts === 0) return nothing('No start was given there in this window.');
  if (settled === 0) return nothing(`None of the starts is settled.${unknown}`);
  const tip = `${grouped(startsDone)} of ${grouped(settled)} settled starts began a session.${unknown}`;
  return ofCount(startsDone, settled, tip);
}

export function deliveredFigure({ deliveredShare, deliveredSessions, sessions }: PerformanceRow): Figure {
  if (sessions === 0) return nothing('No session ended there in this window.');
  if (deliveredShare === undefined)
    return nothing(
      `None of the ${grouped(sessions)} sessions took 5 minutes or more at a connector and with a vehicle whose powers are known.`,
    );
  const isFew = deliveredSessions < FEW;
  return {
    text: `${percent(deliveredShare)} · ${grouped(deliveredSessions)}`,
    tip: `Energy delivered, of what the lesser of connector and vehicle could have given in the same time, over ${grouped(deliveredSessions)} of ${grouped(sessions)} sessions.${isFew ? ' Few: do not compare them.' : ''}`,
    isFew,
  };
}

export function downFigure({ downShare, knownShare, evses }: PerformanceRow): Figure {
  if (downShare === undefined) return nothing('No status was heard of in this window.');
  const isFew = knownShare < LEAST_KNOWN;
  return {
    text: percent(downShare),
    tip: `Blocked, inoperative, out of order or unknown, of the time that is known: ${percent(knownShare)} of the window at ${countOf(evses, 'charge point')}.${isFew ? ' Too little of it is known to compare.' : ''}`,
    isFew,
  };
}

export function knownFigure({ knownShare }: PerformanceRow): Figure {
  return {
    text: percent(knownShare),
    tip: 'Share of the window in which the status is known at all. Before the first word of a charge point nothing is.',
    isFew: knownShare < LEAST_KNOWN,
  };
}

export function priceFigure({ pricePerKwh, currency, records }: PerformanceRow): Figure {
  if (records === 0) return nothing('No charge record ended in this window.');
  if (pricePerKwh === undefined || currency === undefined)
    return nothing('The records bill no energy that a price could be told by.');
  return {
    text: `${decimalWords(pricePerKwh, { fewest: 4, most: 4 })} ${currency}`,
    tip: `All that was billed, net, by the kWh of ${countOf(records, 'record')}.`,
    isFew: records < FEW,
  };
}

export function doubtFigure({ records, recordsInDoubt }: PerformanceRow): Figure {
  if (records === 0) return nothing('No charge record ended in this window.');
  const tip = `${grouped(recordsInDoubt)} of ${grouped(records)} differ from the price of the tariff, or break the contract.`;
  return ofCount(recordsInDoubt, records, tip);
}

function ofCount(part: number, whole: number, tip: string): Figure {
  const count = `${grouped(part)} of ${grouped(whole)}`;
  if (whole < FEW) return { text: count, tip: `${tip} Few: do not compare them.`, isFew: true };
  return { text: `${percent(part / whole)} · ${count}`, tip, isFew: false };
}

function nothing(why: string): Figure {
  return { text: NOTHING, tip: why, isFew: true };
}

function countOf(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Never a hundred of what is less, nor nought of what is more. */
function percent(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  const shown = share < 1 && rounded >= 100 ? 99.9 : share > 0 && rounded <= 0 ? 0.1 : rounded;
  return `${decimals(shown, 1)} %`;
}
