/** Ids that nobody has to think about: the depot's own, then a number that is free. What was typed stands. */
import type { MeterRecord } from '../../../../shared/ipc/metering/metering-contract.ts';
import type { LineDraft } from './line-draft.ts';

/** What the console has already. */
export type Surroundings = {
  readonly meters: readonly Pick<MeterRecord, 'id' | 'name' | 'depotId' | 'lineId' | 'role'>[];
  readonly lines: readonly { readonly id: string; readonly name: string }[];
};

export type ProposedIds = {
  readonly line: string;
  /** By the key of the meter's draft. */
  readonly meters: ReadonlyMap<string, string>;
};

export function proposeIds(draft: LineDraft, around: Surroundings): ProposedIds {
  const depot = draft.depotId === '' ? 'depot' : draft.depotId.slice(0, 48);
  const taken = new Set([
    ...around.meters.map(({ id }) => id),
    ...around.lines.map(({ id }) => id),
    ...draft.meters.map(({ id }) => id.trim()),
  ]);
  const next = (prefix: string) => {
    let number = 1;
    while (taken.has(`${depot}-${prefix}${number}`)) number++;
    const id = `${depot}-${prefix}${number}`;
    taken.add(id);
    return id;
  };
  return {
    line: draft.lineId ?? next('L'),
    meters: new Map(draft.meters.map(({ key, id }) => [key, id.trim() === '' ? next('M') : id.trim()])),
  };
}
