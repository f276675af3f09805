/** Use cases of a person who sets a depot up for charging plans: its terms, its wiring, and whether charge points are steered. */
import { checkSettings } from '../../../shared/domain/charging/check-settings.ts';
import type { SiteSettings, Steering } from '../../../shared/domain/charging/site-settings.ts';
import type { SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Transaction } from '../../database/sqlite.ts';
import { readDepot } from '../../fleet/depot-table.ts';
import { appendAction } from '../../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { highestBuildingW } from '../gather/building-load.ts';
import { putSettings, readSettings } from './site-settings-table.ts';
import { insertTerms, readTerms } from './site-terms-table.ts';

/** The same command id twice is one intent; what is accepted is in the action log. */
function once(
  tx: Transaction,
  kind: string,
  { commandId, ...body }: { readonly commandId: string },
  operator: string,
  nowMs: EpochMs,
  decide: () => Result<void>,
): CommandAnswer {
  const id = commandId.toLowerCase();
  const again = answerAgain(tx, id, kind, body);
  if (again !== undefined) return again;
  const decided = decide();
  if (!decided.ok) return refuseWith(decided);
  appendAction(tx, { atMs: nowMs, operator, commandId: id, kind, body });
  return ACCEPTED;
}

export function enterTerms(
  tx: Transaction,
  input: CommandInput<'charging/put-site-terms'>,
  operator: string,
  nowMs: EpochMs,
): CommandAnswer {
  return once(tx, 'PUT_SITE_TERMS', input, operator, nowMs, () => {
    const { terms } = input;
    const depot = readDepot(tx, terms.depotId);
    if (depot === undefined) return refuse('depot-unknown', 'That depot is not in the fleet. Choose another.');
    if (depot.currency !== terms.currency)
      return refuse(
        'other-currency',
        `${depot.name} is billed in ${depot.currency}, these terms are in ${terms.currency}. Enter them in ${depot.currency}.`,
      );
    insertTerms(tx, plain(terms), operator, nowMs);
    return accept(undefined);
  });
}

export function enterSettings(
  tx: Transaction,
  input: CommandInput<'charging/put-site-settings'>,
  operator: string,
  nowMs: EpochMs,
): CommandAnswer {
  return once(tx, 'PUT_SITE_SETTINGS', input, operator, nowMs, () =>
    storeSettings(tx, plain(input.settings) as SiteSettings, operator, nowMs),
  );
}

function storeSettings(tx: Transaction, settings: SiteSettings, by: string, nowMs: EpochMs): Result<void> {
  const depot = readDepot(tx, settings.depotId);
  if (depot === undefined) return refuse('depot-unknown', 'That depot is not in the fleet. Choose another.');
  const checked = checkSettings(settings, depot.siteLimitW, highestBuildingW(tx, settings, nowMs));
  if (!checked.ok) return checked;
  putSettings(tx, settings, by, nowMs);
  return accept(undefined);
}

export function chooseSteering(
  tx: Transaction,
  input: CommandInput<'charging/steer'>,
  operator: string,
  nowMs: EpochMs,
): CommandAnswer {
  return once(tx, 'STEER_SITE', input, operator, nowMs, () => {
    const settings = readSettings(tx, input.depotId);
    if (settings === undefined)
      return refuse('site-unknown', 'This depot is not set up for charging plans. Enter its settings first.');
    const steering: Steering = input.steering;
    // What was declared once may be wrong since: nothing is steered that could not be left alone.
    return storeSettings(tx, { ...settings, steering }, operator, nowMs);
  });
}

/** What a demo declares of its yards; what a person has changed since stays. */
export function declareSite(tx: Transaction, settings: SiteSettings, terms: SiteTerms, nowMs: EpochMs): void {
  if (readTerms(tx, terms.depotId).length === 0) insertTerms(tx, terms, 'demo', nowMs);
  if (readSettings(tx, settings.depotId) === undefined) putSettings(tx, settings, 'demo', nowMs);
}

/** JSON leaves out what is undefined, as the domain's optional fields want it. */
function plain<T>(value: T): SiteTermsOf<T> {
  return JSON.parse(JSON.stringify(value)) as SiteTermsOf<T>;
}

type SiteTermsOf<T> = T extends CommandInput<'charging/put-site-terms'>['terms'] ? SiteTerms : T;
