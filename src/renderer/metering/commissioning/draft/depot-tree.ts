/** What may stand above a meter: the depot's incomers and feeders, those of this draft among them, children below parents. */
import type { Meter } from '../../../../shared/domain/metering/meter.ts';
import type { LineDraft } from './line-draft.ts';
import type { ProposedIds } from './propose-ids.ts';

type TreeMeter = Pick<Meter, 'id' | 'name' | 'role' | 'depotId' | 'lineId' | 'parentId'>;
export type TreeChoice = { readonly value: string; readonly name: string };

export function aboveOf(
  key: string,
  draft: LineDraft,
  ids: ProposedIds,
  known: readonly TreeMeter[],
): readonly TreeChoice[] {
  const drafted = draft.meters
    .filter((meter) => meter.keeps && meter.key !== key && (meter.role === 'incomer' || meter.role === 'feeder'))
    .map((meter) => ({
      id: ids.meters.get(meter.key) ?? '',
      name: meter.name.trim() === '' ? `Address ${meter.unitAddress ?? ''} of this line` : meter.name.trim(),
      parentId: meter.parentId === '' ? undefined : meter.parentId,
    }));
  const standing = known.filter(
    ({ depotId, lineId, role }) => depotId === draft.depotId && lineId !== draft.lineId && role !== 'charger',
  );
  const all = [...standing, ...drafted];
  const isTop = ({ parentId }: { readonly parentId: string | undefined }) => !all.some(({ id }) => id === parentId);
  const choices: TreeChoice[] = [];
  const add = (meters: typeof all, depth: number) => {
    for (const { id, name } of meters) {
      if (choices.some(({ value }) => value === id)) continue;
      choices.push({ value: id, name: `${'\u2003'.repeat(depth)}${name}` });
      add(
        all.filter(({ parentId }) => parentId === id),
        depth + 1,
      );
    }
  };
  add(all.filter(isTop), 0);
  return choices;
}
