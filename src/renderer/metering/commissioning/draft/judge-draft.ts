/**
 * Whether a draft can be saved, and else what is wrong, field by field. Invariant: what passes here fits the contract's
 * schema; what the console knows better (an address that is in use) it refuses itself.
 */
import type { SavedLine } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { readCtRatio } from './ct-ratio.ts';
import type { LineDraft, MeterDraft } from './line-draft.ts';
import { addressKey, readAddress } from './line-place.ts';
import { settingsWords } from './line-settings.ts';
import { proposeIds, type Surroundings } from './propose-ids.ts';

export type MeterField = 'name' | 'id' | 'role' | 'profile' | 'parentId' | 'ctRatio' | 'ratedCurrentA';
export type MeterProblems = Partial<Record<MeterField, string>>;
export type DraftProblems = {
  readonly name?: string;
  readonly depotId?: string;
  /** What is wrong with the line as a whole. */
  readonly line?: string;
  readonly meters: ReadonlyMap<string, MeterProblems>;
};

export type JudgedDraft =
  | { readonly ok: true; readonly line: SavedLine }
  | { readonly ok: false; readonly problems: DraftProblems };

export function judgeDraft(draft: LineDraft, around: Surroundings): JudgedDraft {
  const kept = draft.meters.filter(({ keeps }) => keeps);
  const ids = proposeIds(draft, around);
  const others = around.meters.filter(({ lineId }) => lineId !== draft.lineId);
  const meters = new Map<string, MeterProblems>();
  for (const meter of kept) {
    const problems = judgeMeter(meter, kept, ids.meters, others);
    if (Object.keys(problems).length > 0) meters.set(meter.key, problems);
  }
  const place = readAddress(draft.where);
  const lineProblem = place.ok
    ? judgeLine(draft, kept, addressKey(place.address))
    : 'Say where the line is: choose an adapter, or type the device server’s address.';
  const [first] = kept;
  const named = nameProblem(draft.name, 'Name the line, such as “Hall B, upper row”.');
  if (
    meters.size > 0 ||
    lineProblem !== undefined ||
    named !== undefined ||
    draft.depotId === '' ||
    !place.ok ||
    !first
  )
    return {
      ok: false,
      problems: {
        meters,
        ...(named !== undefined && { name: named }),
        ...(draft.depotId === '' && { depotId: 'Choose the depot that the meters stand in.' }),
        ...(lineProblem !== undefined && { line: lineProblem }),
      },
    };
  return {
    ok: true,
    line: {
      id: ids.line,
      name: draft.name.trim(),
      depotId: draft.depotId,
      protocol: first.protocol,
      address: place.address,
      settings: first.settings,
      meters: kept.map((meter) => savedMeter(meter, ids.meters.get(meter.key) ?? '')),
    },
  };
}

function nameProblem(name: string, missing: string): string | undefined {
  if (name.trim() === '') return missing;
  return name.trim().length > 120 ? 'Use at most 120 letters.' : undefined;
}

function judgeMeter(
  meter: MeterDraft,
  kept: readonly MeterDraft[],
  ids: ReadonlyMap<string, string>,
  others: Surroundings['meters'],
): MeterProblems {
  const id = ids.get(meter.key) ?? '';
  const owner = others.find((other) => other.id === id);
  const name = nameProblem(meter.name, 'Name it, as on its label.');
  const ratio = readCtRatio(meter.ctRatio);
  const rated = meter.ratedCurrentA.trim().replace(',', '.');
  return {
    ...(name !== undefined && { name }),
    ...(id.length > 64 && { id: 'Use at most 64 letters.' }),
    ...(owner !== undefined && { id: `${owner.name} bears this id. Choose another.` }),
    ...(kept.some((other) => other !== meter && ids.get(other.key) === id) && {
      id: 'Another meter here bears this id.',
    }),
    ...(meter.role === '' && { role: 'Say what it measures.' }),
    ...(meter.profile === '' && { profile: 'No profile fits: choose one.' }),
    ...(isLooped(meter, kept, ids) && { parentId: 'It would be fed from itself.' }),
    ...(ratio === undefined && { ctRatio: 'Write it as 250/5, or as 50.' }),
    ...(rated !== '' &&
      !(Number(rated) > 0 && Number(rated) <= 100_000) && { ratedCurrentA: 'In amperes, such as 250.' }),
  };
}

/** Following "fed from" within the draft comes back to the meter. */
function isLooped(meter: MeterDraft, kept: readonly MeterDraft[], ids: ReadonlyMap<string, string>): boolean {
  const own = ids.get(meter.key);
  let at: MeterDraft | undefined = meter;
  for (let steps = 0; at !== undefined && steps <= kept.length; steps++) {
    const { parentId }: MeterDraft = at;
    if (parentId !== '' && parentId === own) return true;
    at = kept.find((other) => ids.get(other.key) === parentId);
  }
  return false;
}

function judgeLine(draft: LineDraft, kept: readonly MeterDraft[], place: string): string | undefined {
  const [first] = kept;
  if (first === undefined)
    return draft.meters.length === 0
      ? 'No meter yet: search the line first.'
      : 'No meter is kept: tick the ones that belong on this line, or withdraw the line.';
  if (draft.foundAt !== undefined && draft.foundAt !== place)
    return `These meters answered at ${draft.foundAt}; the line is at ${place} now. Search there, or choose ${draft.foundAt} again.`;
  const other = kept.find((meter) => settingsWords(meter.settings) !== settingsWords(first.settings));
  if (other !== undefined)
    return `Meters at ${settingsWords(first.settings)} and at ${settingsWords(other.settings)} cannot share a line. Set them alike, or keep one kind.`;
  if (kept.some(({ protocol }) => protocol !== first.protocol))
    return 'Meters of different protocols cannot share a line. Keep one kind, and give the others a line of their own.';
  if (first.protocol !== 'modbus-rtu' && kept.length > 1) return 'This kind of meter is alone on its line. Keep one.';
  return undefined;
}

function savedMeter(meter: MeterDraft, id: string): SavedLine['meters'][number] {
  const { unitAddress, parentId, evseKey, accuracyClass } = meter;
  const rated = meter.ratedCurrentA.trim().replace(',', '.');
  return {
    id,
    name: meter.name.trim(),
    role: meter.role === '' ? 'feeder' : meter.role,
    profile: meter.profile,
    ctRatio: readCtRatio(meter.ctRatio) ?? 1,
    ...(unitAddress !== undefined && { unitAddress }),
    ...(parentId !== '' && { parentId }),
    ...(evseKey !== '' && meter.role === 'charger' && { evseKey }),
    ...(accuracyClass !== '' && { accuracyClass }),
    ...(rated !== '' && { ratedCurrentA: Number(rated) }),
  };
}
