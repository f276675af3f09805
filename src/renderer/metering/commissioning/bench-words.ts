/** The bench in sentences: what is being tried, how long it takes, and why nothing was found, with what to do next. */
import type { BenchRecord, PlausibilityCheck } from '../../../shared/ipc/metering/commissioning-contract.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import type { HowDraft, MeterKind } from './draft/line-draft.ts';
import { triedFor } from './draft/scan-plan.ts';

export const KIND_WORDS: Readonly<Record<MeterKind, string>> = {
  modbus: 'Sub-meters on a two-wire bus (Modbus)',
  optical: 'A utility meter with an optical head',
  p1: 'A smart meter’s customer port (P1)',
  any: 'I do not know',
};

export const CHECK_WORDS: Readonly<Record<PlausibilityCheck['name'], string>> = {
  voltage: 'Voltage',
  frequency: 'Frequency',
  power: 'Power',
  energy: 'Energy',
  'word-order': 'Word order',
  'register-offset': 'Register addresses',
  'serial-number': 'Serial number',
};

export const OUTCOME_WORDS: Readonly<Record<PlausibilityCheck['outcome'], string>> = {
  passed: 'passed',
  doubtful: 'doubtful',
  failed: 'failed',
  'not-told': 'not told',
};

/** What "find it for me" stands for. */
export function triesWords(kind: MeterKind): string {
  const { settings } = triedFor(kind);
  const shown = settings.slice(0, 3).join(', ');
  return settings.length > 3 ? `Tries ${shown} and ${settings.length - 3} more settings.` : `Tries ${shown}.`;
}

/** The worst that the checks say of the profile that is proposed. */
export function verdictOf(checks: readonly PlausibilityCheck[]): 'passed' | 'doubtful' | 'failed' {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return checks.some(({ outcome }) => outcome === 'doubtful') ? 'doubtful' : 'passed';
}

/** `4 of 5 passed`; what a meter does not tell is not counted. */
export function checksWords(checks: readonly PlausibilityCheck[]): string {
  const told = checks.filter(({ outcome }) => outcome !== 'not-told');
  const passed = told.filter(({ outcome }) => outcome === 'passed').length;
  return told.length === 0 ? 'nothing to check' : `${passed} of ${told.length} passed`;
}

export function meterCount(count: number): string {
  return count === 1 ? '1 meter' : `${grouped(count)} meters`;
}

/** `0:41`, `12:05`: minutes and seconds. */
export function clockTime(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export type BenchSaying = { readonly title: string; readonly says: string; readonly next: readonly string[] };

/** What stands where the meters will stand, as long as the draft has none. */
export function sayBench(bench: BenchRecord | undefined, how: HowDraft): BenchSaying {
  if (bench !== undefined && bench.found.length > 0)
    return {
      title: 'What answered belongs to another line',
      says: `It answered at ${bench.place ?? 'another place'}. Choose that line again to go on with it, or search this one.`,
      next: [],
    };
  if (bench === undefined || bench.state === 'idle')
    return {
      title: 'No line is being tried',
      says: 'Choose where the meters are wired to, then search. What answers appears here by itself, with its values.',
      next: [],
    };
  if (bench.state === 'failed')
    return {
      title: `${capital(bench.place ?? 'the line')} cannot be reached`,
      says: bench.message ?? 'The line was lost.',
      next: ['It is tried again by itself: nothing you typed is lost.'],
    };
  if (bench.state === 'opening' || bench.state === 'scanning')
    return {
      title: bench.state === 'opening' ? 'The line is being opened' : 'Nothing has answered yet',
      says: bench.message ?? 'Each meter appears here as soon as it answers. A search can be stopped at any time.',
      next: [],
    };
  return {
    title: `Nothing answered: ${grouped(bench.tried)} ${bench.tried === 1 ? 'try' : 'tries'}`,
    says: bench.message ?? '',
    next: nextSteps(how),
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nextSteps(how: HowDraft): readonly string[] {
  const kind = how.mode === 'exact' ? (how.protocol === 'modbus-rtu' ? 'modbus' : 'optical') : how.kind;
  if (kind === 'optical')
    return [
      'Look whether the head sits right: its cable points down on most meters, and its magnet holds it flat.',
      'Many utility meters say little until their PIN is entered or their full data set is switched on.',
      'A meter that only answers at 300 baud takes some seconds: search once more with “I do not know”.',
    ];
  if (kind === 'p1')
    return [
      'Look whether the cable is a P1 cable: the port needs its request pin at 5 V and inverts its data.',
      'Some meters have the port switched off; the network operator switches it on.',
    ];
  return [
    'Swap the two wires A and B at one end: makers do not agree on their names, and nothing breaks by it.',
    'Look at the meter’s own display for its address and speed, and widen the addresses above.',
    'Look for 120 Ω at both ends of the bus and nowhere else, and for a meter that has no supply.',
    'Watch the trace while you search: bytes that are heard but discarded mean a wrong speed or a second master.',
  ];
}

/** Still at it, also while the line is away and waited for. */
export function isSearching(bench: BenchRecord | undefined): boolean {
  if (bench === undefined) return false;
  return (
    bench.state === 'opening' || bench.state === 'scanning' || (bench.state === 'failed' && bench.trying !== undefined)
  );
}
