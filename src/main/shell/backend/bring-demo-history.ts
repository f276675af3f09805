/**
 * The week that the demo's meters had counted before the demo began, imported as an operator would import a site's files: by
 * the same command, with the same checks. A meter that has it is left alone, so that it comes once.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as letOthersGo } from 'node:timers/promises';
import type { MeterIntervals } from '../../../shared/ipc/metering/interval-contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { DemoEnergyFile } from '../../demo/demo-control.ts';
import type { Answers } from '../../ipc/answers.ts';
import type { Log } from '../log.ts';

/** The demo's clock may have gone on for days since. */
const LOOK_BACK_MS = 30 * 86_400_000;
const OPERATOR = 'Demo';

export async function bringDemoHistory(parts: {
  readonly answers: Answers;
  readonly clock: Clock;
  readonly meterIds: readonly string[];
  readonly readHistory: () => Promise<readonly DemoEnergyFile[]>;
  /** Nothing is brought into a store that was closed meanwhile. */
  readonly isStopped: () => boolean;
  readonly log: Log;
}): Promise<void> {
  const { answers, isStopped } = parts;
  const known = await Promise.all(parts.meterIds.map((meterId) => hasHistory(parts, meterId)));
  if (known.every(Boolean)) return;
  for (const { meter_id: meterId, file_name: fileName, csv: text } of await parts.readHistory()) {
    if (isStopped()) return;
    const input = { commandId: randomUUID(), meterId, fileName, text };
    const answer = await answers.runCommand('metering/import-intervals', input, { operator: OPERATOR });
    if (answer.outcome === 'refused' && answer.error.code !== 'imported-before')
      parts.log(`The demo’s energies of ${meterId} were not taken.`, answer.error);
    await letOthersGo();
  }
}

async function hasHistory(
  { answers, clock }: { readonly answers: Answers; readonly clock: Clock },
  meterId: string,
): Promise<boolean> {
  const toMs = clock.nowMs();
  const input = { meterId, fromMs: toMs - LOOK_BACK_MS, toMs, per: 'day' };
  const answer = await answers.runQuery('metering/intervals', input);
  const told = 'value' in answer ? (answer.value as MeterIntervals) : undefined;
  return told?.per !== 'quarter' && (told?.spans ?? []).some(({ counts }) => counts.imported > 0);
}
