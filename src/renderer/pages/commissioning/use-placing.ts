/** The selected meter and the saving: what the draft still lacks is said once somebody tried to save it. */
import { useMemo, useState } from 'react';
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { judgeDraft } from '../../metering/commissioning/draft/judge-draft.ts';
import { EMPTY_DRAFT } from '../../metering/commissioning/draft/line-draft.ts';
import { proposeIds } from '../../metering/commissioning/draft/propose-ids.ts';
import type { ListedProfile } from '../../metering/commissioning/place-line.tsx';
import type { Metering } from '../../metering/use-metering.ts';
import { useAnswer } from '../use-answer.ts';
import type { PatchSearch } from './commissioning-search.ts';
import type { useBench } from './use-bench.ts';

const NOTHING = {};
const NO_PROFILES: readonly ListedProfile[] = [];

export function usePlacing(work: ReturnType<typeof useBench>, metering: Metering, patch: PatchSearch) {
  const { draft, onDraft, found } = work;
  const depots = useFeed('fleet/depots').records;
  const evses = useFeed('marketplace/evses');
  const profiles = useAnswer('metering/profiles', NOTHING).answer?.profiles ?? NO_PROFILES;
  const [selectedKey, setSelectedKey] = useState<string>();
  const [saysMissing, setSaysMissing] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const around = useMemo(
    () => ({ meters: [...metering.meters.values()], lines: [...metering.lines.values()] }),
    [metering],
  );
  const judged = useMemo(() => judgeDraft(draft, around), [draft, around]);
  const ids = useMemo(() => proposeIds(draft, around), [draft, around]);
  const selected =
    draft.meters.find(({ key }) => key === selectedKey) ?? draft.meters.find(({ keeps }) => keeps) ?? draft.meters[0];
  const depot = depots.get(draft.depotId);
  const chargePoints = useMemo(
    () =>
      depot === undefined
        ? []
        : [...evses.records.values()].filter((evse) => depot.locationIds.includes(evse.locationId)).map(choiceOf),
    [evses, depot],
  );

  const save = async () => {
    if (isSaving) return;
    setSaysMissing(true);
    patch({ panel: 'place' }, { replace: true });
    if (!judged.ok) {
      const [wrong] = judged.problems.meters.keys();
      if (wrong !== undefined && !judged.problems.meters.has(selected?.key ?? '')) setSelectedKey(wrong);
      afterPaint(focusFirstProblem);
      return;
    }
    setSaving(true);
    const isSaved = await sendCommand('metering/save-line', judged.line, 'Saving the line');
    setSaving(false);
    if (!isSaved) return;
    setSaysMissing(false);
    onDraft(() => EMPTY_DRAFT);
    patch({ saved: judged.line.id, panel: 'lines' });
  };

  const models = new Map([
    ...profiles.map(({ name, model }) => [name, model] as const),
    ...found.flatMap((each) => each.profiles.map(({ name, model }) => [name, model] as const)),
  ]);
  return {
    selected,
    select: setSelectedKey,
    move: (by: number) => {
      const at = draft.meters.findIndex((meter) => meter === selected);
      const next = draft.meters[Math.max(0, Math.min(draft.meters.length - 1, at + by))];
      if (next === undefined) return;
      setSelectedKey(next.key);
      document.querySelector<HTMLElement>(`.row-button[data-key="${next.key}"]`)?.focus();
    },
    keep: (key: string, keeps: boolean) =>
      onDraft((before) => ({
        ...before,
        meters: before.meters.map((meter) => (meter.key === key ? { ...meter, keeps } : meter)),
      })),
    modelOf: (profile: string) => models.get(profile) ?? profile,
    depotName: (depotId: string) => depots.get(depotId)?.name ?? depotId,
    save,
    form: {
      draft,
      onDraft,
      selected,
      found,
      ids,
      judged,
      saysMissing,
      isSaving,
      onSave: () => void save(),
      depots: [...depots.values()].map(({ id, name }) => ({ value: id, name })),
      chargePoints,
      knownMeters: around.meters,
      profiles,
    },
  };
}

function choiceOf(evse: Evse) {
  return { value: evse.key, name: evse.evseId === undefined ? evse.label : `${evse.label} (${evse.evseId})` };
}

/** Two frames: the panel may have to be opened first. */
function afterPaint(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}

function focusFirstProblem(): void {
  document.querySelector<HTMLElement>('.place-line [aria-invalid="true"]')?.focus();
}
