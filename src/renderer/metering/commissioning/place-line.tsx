/** Step four: the line's name and depot, the selected meter's place, and the one button that makes all of it real. */
import type { FoundMeter } from '../../../shared/ipc/metering/commissioning-contract.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { meterCount } from './bench-words.ts';
import { aboveOf } from './draft/depot-tree.ts';
import type { DraftProblems, JudgedDraft } from './draft/judge-draft.ts';
import type { LineDraft, MeterDraft } from './draft/line-draft.ts';
import { foundOf } from './draft/merge-found.ts';
import type { ProposedIds } from './draft/propose-ids.ts';
import { SelectField, TextField, type Choice } from './form/form-field.tsx';
import { PlaceMeter, type ProfileFacts } from './form/place-meter.tsx';
import { MeterChecks } from './meter-checks.tsx';

export type ListedProfile = ProfileFacts & { readonly protocol: string };

type PlaceLineProps = {
  readonly draft: LineDraft;
  readonly onDraft: (change: (before: LineDraft) => LineDraft) => void;
  readonly selected: MeterDraft | undefined;
  readonly found: readonly FoundMeter[];
  readonly ids: ProposedIds;
  readonly judged: JudgedDraft;
  readonly saysMissing: boolean;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly depots: readonly Choice[];
  readonly chargePoints: readonly Choice[];
  readonly knownMeters: readonly MeterRecord[];
  readonly profiles: readonly ListedProfile[];
};

export function PlaceLine(props: PlaceLineProps) {
  const { draft, onDraft, selected, judged, saysMissing } = props;
  const problems: DraftProblems = judged.ok ? { meters: new Map() } : judged.problems;
  const found = selected === undefined ? undefined : foundOf(selected, props.found);
  return (
    <form
      className="place-line"
      aria-label="Place it"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave();
      }}
    >
      <div className="place-scroller">
        <div className="place-of-line">
          <TextField
            label="Name of the line"
            value={draft.name}
            placeholder="Hall B, upper row"
            problem={saysMissing || draft.name !== '' ? problems.name : undefined}
            onChange={(name) => onDraft((before) => ({ ...before, name }))}
          />
          <SelectField
            label="Depot"
            value={draft.depotId}
            choices={[{ value: '', name: 'Choose…' }, ...props.depots]}
            problem={saysMissing ? problems.depotId : undefined}
            onChange={(depotId) => onDraft((before) => ({ ...before, depotId }))}
          />
        </div>
        {selected === undefined ? (
          <p className="empty">Choose a meter above to say where it stands.</p>
        ) : (
          <div className="place-columns">
            <div>
              <h3>
                {selected.unitAddress === undefined ? 'The meter' : `Meter at address ${selected.unitAddress}`}
                {!selected.keeps && <small> is left out: tick Keep to read it</small>}
              </h3>
              <PlaceMeter
                key={selected.key}
                meter={selected}
                onMeter={(meter) => onDraft((before) => putMeter(before, meter))}
                proposedId={props.ids.meters.get(selected.key) ?? ''}
                above={aboveOf(selected.key, draft, props.ids, props.knownMeters)}
                chargePoints={props.chargePoints}
                profiles={profilesFor(selected, found, props.profiles)}
                problems={problems.meters.get(selected.key) ?? {}}
                saysMissing={saysMissing}
              />
            </div>
            <MeterChecks found={found} profile={selected.profile} />
          </div>
        )}
      </div>
      <footer className="place-save">
        <p role="status" className={saysMissing && !judged.ok ? 'form-problem' : 'muted'}>
          {sayReady(draft, judged)}
        </p>
        <button type="submit" className="btn solid tall" aria-disabled={props.isSaving} title="Save the line (Ctrl+S)">
          {props.isSaving ? 'Saving…' : 'Save the line'}
        </button>
      </footer>
    </form>
  );
}

function putMeter(draft: LineDraft, meter: MeterDraft): LineDraft {
  return { ...draft, meters: draft.meters.map((each) => (each.key === meter.key ? meter : each)) };
}

/**
 * Those that the search fitted first, in its order; then the others that speak the same protocol. A variant that the search
 * made up (words the other way round) stands in no list but its own.
 */
function profilesFor(
  meter: MeterDraft,
  found: FoundMeter | undefined,
  profiles: PlaceLineProps['profiles'],
): readonly ProfileFacts[] {
  const fitted = (found?.profiles ?? []).map(({ name, model }) => ({
    name,
    model,
    ratedCurrentA: profiles.find((profile) => name.startsWith(profile.name))?.ratedCurrentA,
  }));
  const names = new Set(fitted.map(({ name }) => name));
  const others = profiles.filter(({ name, protocol }) => protocol === meter.protocol && !names.has(name));
  const all: readonly ProfileFacts[] = [...fitted, ...others];
  const isThere = meter.profile === '' || all.some(({ name }) => name === meter.profile);
  return isThere ? all : [{ name: meter.profile, model: meter.profile, ratedCurrentA: undefined }, ...all];
}

/** What is still to be done before it can be saved, in one line. */
function sayReady(draft: LineDraft, judged: JudgedDraft): string {
  if (judged.ok) return `Ready: ${meterCount(judged.line.meters.length)} will be read on “${judged.line.name}”.`;
  const { problems } = judged;
  const ofLine = problems.line ?? problems.name ?? problems.depotId;
  if (ofLine !== undefined) return ofLine;
  const [key] = problems.meters.keys();
  const meter = draft.meters.find((each) => each.key === key);
  if (meter === undefined) return '';
  const where = meter.unitAddress === undefined ? 'The meter' : `Address ${meter.unitAddress}`;
  return `${where}: ${Object.values(problems.meters.get(meter.key) ?? {})[0] ?? ''}`;
}
