/**
 * The failures that the demo's drivers reported before it began, entered as an operator would: by the same command, each with an id of its
 * own, so that it is taken once however often the console starts.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ReportedFailure } from '../../demo/commerce/reported-failures.ts';
import type { Answers } from '../../ipc/answers.ts';
import { evseKey } from '../../marketplace/network/evse-table.ts';
import type { Log } from '../log.ts';

const OPERATOR = 'Demo';
/** Vehicles and charge points are brought by the link; until then a report names nobody. */
const TRY_AGAIN_MS = 2000;
const TRIES = 30;

export async function bringDemoReports(parts: {
  readonly answers: Pick<Answers, 'runCommand'>;
  readonly readFailures: () => Promise<readonly ReportedFailure[]>;
  readonly isStopped: () => boolean;
  readonly log: Log;
}): Promise<void> {
  let open = await parts.readFailures();
  for (let attempt = 0; open.length > 0 && attempt < TRIES; attempt++) {
    if (attempt > 0) await pause(TRY_AGAIN_MS);
    const refused: ReportedFailure[] = [];
    for (const failure of open) {
      if (parts.isStopped()) return;
      if (!(await report(parts, failure))) refused.push(failure);
    }
    open = refused;
  }
  if (open.length > 0) parts.log(`${open.length} reports of the demo’s drivers were not taken.`, open[0]);
}

async function report({ answers }: Pick<Parameters<typeof bringDemoReports>[0], 'answers'>, failure: ReportedFailure) {
  const input = {
    commandId: failure.report_id,
    vehicleId: failure.vehicle_id,
    evseKey: evseKey(failure.location_id, failure.evse_uid),
    kind: failure.kind,
    atMs: failure.at_ms,
  };
  const answer = await answers.runCommand('insight/report-failure', input, { operator: OPERATOR });
  // Reports of a month ago are no longer taken: the demo's clock may have gone on since.
  return answer.outcome === 'accepted' || answer.error.code === 'time-not-likely';
}
