/**
 * Brings insight to life: failures are noted as they happen, gathered when asked, and what a person makes of them goes to the marketplace
 * through the outbox like every other command.
 */
import type { DemandSignal, SignalState } from '../../shared/domain/insight/demand-signal.ts';
import { gatherGaps } from '../../shared/domain/insight/gather-gaps.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import { readDepots } from '../fleet/depot-table.ts';
import { readAction } from '../outbox/action-log.ts';
import type { CommandOutcome, Outbox } from '../outbox/create-outbox.ts';
import { cellFacts } from './cell-place.ts';
import { changeSignal, readSignals } from './demand-signal-table.ts';
import { publishSignal, reportFailure, reviewGap } from './review-gap.ts';
import { readNeeds } from './unmet-need-table.ts';
import { watchCommands } from './watch-commands.ts';

/** A signal is news for a day; after that a person should look at it again. */
const PUBLISH_EXPIRY_MS = 24 * 3_600_000;

const STATES: Readonly<Record<CommandOutcome['state'], SignalState>> = {
  queued: 'publishing',
  sent: 'publishing',
  accepted: 'publishing',
  done: 'published',
  refused: 'refused',
  unknown: 'unknown',
  expired: 'refused',
};

export function startInsight(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: AnswerRegistry;
  readonly outbox: Pick<Outbox, 'enqueue' | 'registerKind'>;
  readonly clock: Clock;
  readonly marketplace: {
    readonly onCommandOutcome: (tell: (tx: Transaction, commandId: string) => void) => void;
  };
}): void {
  const { store, answers, outbox, clock } = parts;
  const signals = parts.feeds.open('insight/signals', { load: () => readSignals(store) });
  const publish = (tx: Transaction, signal: DemandSignal): void => tx.afterCommit(() => signals.upsert([signal]));
  const review = { store, clock, outbox, publish };

  outbox.registerKind('PUBLISH_DEMAND', {
    expiryMs: PUBLISH_EXPIRY_MS,
    onOutcome: (tx, { commandId, state, reason }) => {
      const given = readAction(tx, commandId);
      if (given === undefined) return;
      const { signalId } = JSON.parse(given.body) as { readonly signalId: string };
      const changed = changeSignal(tx, signalId, STATES[state], reason, clock.nowMs());
      if (changed) publish(tx, changed);
    },
  });
  parts.marketplace.onCommandOutcome(watchCommands(clock));

  answers.query('insight/gaps', ({ fromMs, toMs, minimumCount }) => {
    const needs = readNeeds(store, fromMs, toMs);
    const depots = readDepots(store);
    const byCell = new Map(
      readSignals(store)
        .toReversed()
        .map((signal) => [signal.cell, signal]),
    );
    const gathered = gatherGaps(
      needs,
      minimumCount,
      (cell) => cellFacts(cell, depots),
      (cell) => byCell.get(cell),
    );
    return { ...gathered, needs: needs.length, minimumCount };
  });
  answers.command('insight/review-gap', (input, by) => reviewGap(review, input, by.operator));
  answers.command('insight/publish-signal', (input, by) => publishSignal(review, input, by.operator));
  answers.command('insight/report-failure', (input, by) => reportFailure(review, input, by.operator));
}
