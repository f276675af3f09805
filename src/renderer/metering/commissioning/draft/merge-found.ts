/**
 * What a search has found, put into the draft: a meter that is new to it is proposed, one that stands in it keeps what was
 * typed. A cable that was pulled costs no input; only what answered on another line, and not on this one, leaves.
 */
import type { FoundMeter } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { meterKey, type LineDraft, type MeterDraft } from './line-draft.ts';

export function mergeFound(draft: LineDraft, found: readonly FoundMeter[], foundAt: string | undefined): LineDraft {
  if (found.length === 0) return draft;
  const isElsewhere = draft.lineId === undefined && draft.foundAt !== undefined && draft.foundAt !== foundAt;
  const standing = isElsewhere ? draft.meters.filter((meter) => foundOf(meter, found) !== undefined) : draft.meters;
  const known = new Map(standing.map((meter) => [meter.key, meter]));
  for (const each of found) {
    const key = meterKey(each);
    const before = known.get(key);
    if (before === undefined) known.set(key, propose(key, each));
    else known.set(key, { ...before, settings: each.settings, profile: before.profile || bestProfile(each) });
  }
  const meters = [...known.values()].sort((one, other) => (one.unitAddress ?? 0) - (other.unitAddress ?? 0));
  const same = foundAt === draft.foundAt && JSON.stringify(meters) === JSON.stringify(draft.meters);
  return same ? draft : { ...draft, meters, ...(foundAt !== undefined && { foundAt }) };
}

function propose(key: string, found: FoundMeter): MeterDraft {
  const checks = found.profiles[0]?.checks ?? [];
  const isSound = found.profiles.length > 0 && checks.every(({ outcome }) => outcome !== 'failed');
  return {
    key,
    protocol: found.protocol,
    unitAddress: found.unitAddress,
    settings: found.settings,
    keeps: isSound && found.knownAs === undefined,
    profile: bestProfile(found),
    name: '',
    id: '',
    role: '',
    parentId: '',
    evseKey: '',
    ctRatio: '1',
    ratedCurrentA: '',
    accuracyClass: '',
  };
}

function bestProfile(found: FoundMeter): string {
  return found.profiles[0]?.name ?? '';
}

/** What this search heard of a meter of the draft. */
export function foundOf(meter: MeterDraft, found: readonly FoundMeter[]): FoundMeter | undefined {
  return found.find((each) => meterKey(each) === meter.key);
}
