/**
 * The one record every window needs first: profile, operator, clock, demo levers, and whether the store is saving. It is
 * published when something in it changed, at most as often as its contract allows.
 */
import { WALL_CLOCK_LINE, type ClockLine } from '../../../shared/kernel/instant.ts';
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';

export type ConsoleFactsKeeper = {
  readonly clockLine: () => ClockLine;
  readonly change: (patch: Partial<Pick<ConsoleFacts, 'clock' | 'demo'>>) => void;
  readonly saved: () => void;
  readonly failedToSave: (error: unknown) => void;
  readonly ringShortened: (hours: number | undefined) => void;
};

export function keepConsoleFacts(
  feeds: FeedHub,
  standing: Pick<ConsoleFacts, 'profileId' | 'profileKind' | 'profileName' | 'operator' | 'demo'>,
): ConsoleFactsKeeper {
  let facts: ConsoleFacts = {
    id: 'console',
    ...standing,
    clock: WALL_CLOCK_LINE,
    store: { state: 'saving', lastCommitAtMs: undefined, reason: undefined, ringShortenedToHours: undefined },
  };
  const topic = feeds.open('console/facts', { load: () => [facts] });

  function publish(next: ConsoleFacts): void {
    facts = next;
    topic.upsert([facts]);
  }

  return {
    clockLine: () => facts.clock,
    change: (patch) => publish({ ...facts, ...patch }),
    saved: () =>
      publish({ ...facts, store: { ...facts.store, state: 'saving', reason: undefined, lastCommitAtMs: Date.now() } }),
    failedToSave: (error) =>
      publish({
        ...facts,
        store: { ...facts.store, state: 'failing', reason: error instanceof Error ? error.message : String(error) },
      }),
    ringShortened: (hours) => {
      if (hours !== facts.store.ringShortenedToHours)
        publish({ ...facts, store: { ...facts.store, ringShortenedToHours: hours } });
    },
  };
}
