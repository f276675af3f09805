/** The contract's side of energy by time: what a window asks of it, and how a file comes in. */
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { importIntervals, previewImport } from './import-intervals.ts';
import { readEnergy } from './read-energy.ts';
import { readRegisterHistory } from './register-history.ts';

export function answerIntervals(
  answers: AnswerRegistry,
  parts: { readonly store: Store; readonly clock: Clock; readonly profiles: MeterProfiles },
): void {
  const { store, clock, profiles } = parts;
  answers.query('metering/intervals', (input) => readEnergy(store, input, clock.nowMs()));
  answers.query('metering/registers', (input) => readRegisterHistory(store, profiles, input));
  answers.query('metering/preview-import', (input) => previewImport(store, input, clock.nowMs()));
  answers.command('metering/import-intervals', (input, by) => importIntervals(parts, input, by.operator));
}
