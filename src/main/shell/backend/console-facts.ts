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
  readonly shortOfRoom: (isShort: boolean) => void;
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
    store: {
      state: 'saving',
      troubleSinceMs: undefined,
      lastCommitAtMs: undefined,
      reason: undefined,
      ringShortenedToHours: undefined,
    },
  };
  const topic = feeds.open('console/facts', { load: () => [facts] });

  function publish(next: ConsoleFacts): void {
    facts = next;
    topic.upsert([facts]);
  }

  let isShortOfRoom = false;

  /** What stands when a write goes through: a store that is short of room saves, but not everything. */
  function works(lastCommitAtMs: number | undefined): void {
    const state = isShortOfRoom ? 'sparing' : 'saving';
    const troubleSinceMs = isShortOfRoom ? (facts.store.troubleSinceMs ?? Date.now()) : undefined;
    publish({ ...facts, store: { ...facts.store, state, troubleSinceMs, lastCommitAtMs, reason: undefined } });
  }

  return {
    clockLine: () => facts.clock,
    change: (patch) => publish({ ...facts, ...patch }),
    saved: () => works(Date.now()),
    failedToSave: (error) =>
      publish({
        ...facts,
        store: {
          ...facts.store,
          state: 'failing',
          troubleSinceMs: facts.store.troubleSinceMs ?? Date.now(),
          reason: error instanceof Error ? error.message : String(error),
        },
      }),
    shortOfRoom: (isShort) => {
      isShortOfRoom = isShort;
      if (facts.store.state !== 'failing') works(facts.store.lastCommitAtMs);
    },
    ringShortened: (hours) => {
      if (hours !== facts.store.ringShortenedToHours)
        publish({ ...facts, store: { ...facts.store, ringShortenedToHours: hours } });
    },
  };
}
