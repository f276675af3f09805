/** Step four, for one meter: what it is called, what it measures, what stands above it, and what its transformers do. */
import type { Meter } from '../../../../shared/domain/metering/meter.ts';
import { ACCURACY_CLASSES, METER_ROLES } from '../../../../shared/domain/metering/meter.ts';
import { ROLE_WORDS } from '../../meter/meter-words.ts';
import { ctRatioMeans } from '../draft/ct-ratio.ts';
import type { MeterField, MeterProblems } from '../draft/judge-draft.ts';
import type { MeterDraft } from '../draft/line-draft.ts';
import { SelectField, TextField, type Choice } from './form-field.tsx';

export type ProfileFacts = {
  readonly name: string;
  readonly model: string;
  readonly ratedCurrentA: number | undefined;
};

type PlaceMeterProps = {
  readonly meter: MeterDraft;
  readonly onMeter: (meter: MeterDraft) => void;
  readonly proposedId: string;
  /** What may stand above it, as a tree: children indented below their parent. */
  readonly above: readonly Choice[];
  readonly chargePoints: readonly Choice[];
  /** Of the meter's protocol, those that fit first. */
  readonly profiles: readonly ProfileFacts[];
  readonly problems: MeterProblems;
  /** Somebody tried to save: what is still missing is said too. */
  readonly saysMissing: boolean;
};

export function PlaceMeter(props: PlaceMeterProps) {
  const { meter, onMeter } = props;
  const set = (patch: Partial<MeterDraft>) => onMeter({ ...meter, ...patch });
  const problem = (field: MeterField) =>
    props.saysMissing || meter[field].trim() !== '' ? props.problems[field] : undefined;
  const rated = props.profiles.find(({ name }) => name === meter.profile)?.ratedCurrentA;
  return (
    <fieldset className="place-fields">
      <legend className="visually-hidden">Place of the meter</legend>
      <TextField
        label="Name"
        value={meter.name}
        placeholder="Hall B feeder"
        problem={problem('name')}
        hint="As its label has it."
        onChange={(name) => set({ name })}
      />
      <SelectField
        label="Measures"
        value={meter.role}
        choices={[
          { value: '', name: 'Choose…' },
          ...METER_ROLES.map((role) => ({ value: role, name: ROLE_CHOICES[role] })),
        ]}
        problem={problem('role')}
        onChange={(role) => set({ role: METER_ROLES.find((each) => each === role) ?? '' })}
      />
      <SelectField
        label="Fed from"
        value={meter.parentId}
        choices={[{ value: '', name: 'Nothing above it here' }, ...props.above]}
        problem={problem('parentId')}
        hint="The next meter above it."
        onChange={(parentId) => set({ parentId })}
      />
      <SelectField
        label="Charge point"
        value={meter.evseKey}
        isDisabled={meter.role !== 'charger'}
        choices={[
          { value: '', name: meter.role === 'charger' ? 'Not said' : 'For a charge point’s meter' },
          ...props.chargePoints,
        ]}
        hint="Its bills are compared with it."
        onChange={(evseKey) => set({ evseKey })}
      />
      <TextField
        label="CT ratio"
        value={meter.ctRatio}
        isMono
        problem={problem('ctRatio')}
        hint={ctRatioMeans(meter.ctRatio)}
        onChange={(ctRatio) => set({ ctRatio })}
      />
      <TextField
        label="Rated current, A"
        value={meter.ratedCurrentA}
        placeholder={rated === undefined ? '' : String(rated)}
        inputMode="decimal"
        isMono
        problem={problem('ratedCurrentA')}
        hint="Empty: as its model has it."
        onChange={(ratedCurrentA) => set({ ratedCurrentA })}
      />
      <SelectField
        label="Accuracy class"
        value={meter.accuracyClass}
        choices={[
          { value: '', name: 'Not said: counts as A' },
          ...ACCURACY_CLASSES.map((each) => ({ value: each, name: CLASS_WORDS[each] })),
        ]}
        hint="As on its nameplate."
        onChange={(accuracyClass) =>
          set({ accuracyClass: ACCURACY_CLASSES.find((each) => each === accuracyClass) ?? '' })
        }
      />
      <SelectField
        label="Model"
        value={meter.profile}
        choices={[
          ...(meter.profile === '' ? [{ value: '', name: 'Choose…' }] : []),
          ...props.profiles.map(({ name, model }) => ({ value: name, name: model })),
        ]}
        problem={props.problems.profile}
        hint="Best fit first."
        onChange={(profile) => set({ profile })}
      />
      <TextField
        label="Id"
        value={meter.id}
        placeholder={props.proposedId}
        isMono
        problem={props.problems.id}
        hint="Empty: as proposed."
        onChange={(id) => set({ id })}
      />
    </fieldset>
  );
}

const ROLE_CHOICES: Readonly<Record<Meter['role'], string>> = {
  incomer: `${ROLE_WORDS.incomer}: all the site takes`,
  feeder: `${ROLE_WORDS.feeder}: a part of the site`,
  charger: `${ROLE_WORDS.charger}: one of them`,
};

const CLASS_WORDS = { A: 'A (2 %)', B: 'B (1 %)', C: 'C (0.5 %)' } as const;
