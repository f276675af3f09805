/**
 * Follows the registered streams over one connection: asks for each from where it is committed, takes its pages, asks
 * again when a page could not be taken or the stream stands still. Lives as long as its connection.
 *
 * Invariant: each stream has at most one pending question or timer; whatever goes wrong is followed by a later, slower
 * question, so a broken server costs little and a healed one is found.
 */
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import { alignWithLog } from './align-with-log.ts';
import { pauseBeforeTry, type BackOff } from '../back-off.ts';
import { limitUseless } from './limit-useless.ts';
import type { LinkSocket } from '../link-connection.ts';
import { skipLost } from '../link-stream-table.ts';
import type { StreamDefinition } from '../stream-definition.ts';
import { takePage, type TakenPage } from './take-page.ts';
import { subscribeAnswer, type Hello, type PageAnswer } from '../wire/v1/envelope.ts';

export type FollowedStream = { readonly name: string; readonly committed: number; readonly head: number };

export type StreamsParts = {
  readonly store: Store;
  readonly wallClock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly randomFraction: () => number;
  readonly backOff: BackOff;
  readonly answerTimeoutMs: number;
  /** A stream that is behind and got no page for so long is asked for again. */
  readonly stallMs: number;
  readonly note: (text: string) => void;
  readonly onTaken: (taken: TakenPage) => void;
  readonly onLostItems: () => void;
  readonly onCaughtUp: () => void;
  readonly onUseless: (reason: string) => void;
};

type Follow = {
  readonly definition: StreamDefinition;
  /** What the server had at `hello`: catching up ends there. */
  readonly target: number;
  committed: number;
  head: number;
  failures: number;
  /** Monotonic. */
  lastAdvanceMs: number;
  timer: NodeJS.Timeout | undefined;
};

export type FollowedStreams = {
  readonly page: (raw: unknown) => PageAnswer;
  readonly places: () => readonly FollowedStream[];
  readonly stop: () => void;
};

export function followStreams(
  parts: StreamsParts,
  definitions: ReadonlyMap<string, StreamDefinition>,
  socket: LinkSocket,
  hello: Hello,
): FollowedStreams {
  const follows = new Map<string, Follow>();
  const followed = new Map<string, StreamDefinition>();
  let stopped = false;
  let caughtUp = false;
  const countUseless = limitUseless(parts.onUseless);

  for (const definition of definitions.values()) {
    const offered = hello.streams.find((stream) => stream.name === definition.name);
    if (offered === undefined) {
      parts.note(`The marketplace does not offer the stream “${definition.name}”.`);
      continue;
    }
    const committed = alignWithLog(parts, definition, hello.log_id, offered.head);
    followed.set(definition.name, definition);
    follows.set(definition.name, {
      definition,
      target: offered.head,
      committed,
      head: offered.head,
      failures: 0,
      lastAdvanceMs: performance.now(),
      timer: undefined,
    });
  }

  function again(follow: Follow, why: string): void {
    if (stopped || follow.timer !== undefined) return;
    follow.failures += 1;
    parts.log(`The stream ${follow.definition.name} is asked for again: ${why}.`);
    follow.timer = setTimeout(
      () => {
        follow.timer = undefined;
        ask(follow);
      },
      pauseBeforeTry(follow.failures, parts.backOff, parts.randomFraction()),
    );
  }

  function ask(follow: Follow): void {
    if (stopped) return;
    const since = follow.committed;
    follow.lastAdvanceMs = performance.now();
    const question = { stream: follow.definition.name, since };
    // A callback, not a promise: the first page may come in the same breath and must find the gap already skipped.
    socket.timeout(parts.answerTimeoutMs).emit('subscribe', question, (error: Error | null, raw: unknown) => {
      if (!stopped && socket.connected) takeAnswer(follow, since, error === null ? raw : undefined);
    });
  }

  function takeAnswer(follow: Follow, since: number, raw: unknown): void {
    const answer = subscribeAnswer.safeParse(raw);
    if (!answer.success) return again(follow, 'the question was not answered');
    if (!answer.data.ok) {
      parts.note(
        `The marketplace does not give the stream “${follow.definition.name}”: ${answer.data.reason ?? 'no reason given'}.`,
      );
      return again(follow, 'it was denied');
    }
    follow.head = Math.max(follow.head, answer.data.head);
    const gap = answer.data.gap;
    if (gap !== undefined) {
      if (gap.from !== since + 1 || gap.to < gap.from || gap.to > answer.data.head)
        return again(follow, 'its gap makes no sense');
      skipGap(follow, gap.to);
    }
    checkCaughtUp();
  }

  function skipGap(follow: Follow, to: number): void {
    const { name } = follow.definition;
    try {
      parts.store.write((tx) => skipLost(tx, name, to));
    } catch (error) {
      parts.log(`A gap of ${name} could not be stored.`, error);
      return again(follow, 'the store refused');
    }
    if (to > follow.committed) parts.note(sayGap(name, follow.committed, to));
    follow.committed = Math.max(follow.committed, to);
    parts.onLostItems();
  }

  function checkCaughtUp(): void {
    if (caughtUp || [...follows.values()].some((follow) => follow.committed < follow.target)) return;
    caughtUp = true;
    parts.onCaughtUp();
  }

  function page(raw: unknown): PageAnswer {
    let taken: TakenPage;
    try {
      taken = takePage(parts, followed, raw);
    } catch (error) {
      // Not even the place could be read: the store is away. Standing still is noticed and asked about later.
      parts.log('A page could not be taken.', error);
      return { ok: false, reason: 'storage', committed: 0 };
    }
    const follow = taken.stream === undefined ? undefined : follows.get(taken.stream);
    if (!taken.advanced) countUseless();
    if (follow !== undefined) {
      follow.committed = Math.max(follow.committed, taken.answer.committed);
      if (taken.answer.ok) follow.head = Math.max(follow.head, taken.head);
      if (taken.advanced) {
        follow.failures = 0;
        follow.lastAdvanceMs = performance.now();
      }
      if (!taken.answer.ok) again(follow, taken.answer.reason);
    }
    parts.onTaken(taken);
    checkCaughtUp();
    return taken.answer;
  }

  const stallWatch = setInterval(() => {
    const nowMs = performance.now();
    for (const follow of follows.values())
      if (follow.committed < follow.head && nowMs - follow.lastAdvanceMs > parts.stallMs)
        again(follow, 'it stands still');
  }, parts.stallMs / 2);

  for (const follow of follows.values()) ask(follow);
  checkCaughtUp();
  return {
    page,
    places: () =>
      [...follows.values()].map(({ definition, committed, head }) => ({ name: definition.name, committed, head })),
    stop: () => {
      stopped = true;
      clearInterval(stallWatch);
      for (const follow of follows.values()) clearTimeout(follow.timer);
    },
  };
}

/** What came before a log's first reading was never this console's to lose. */
function sayGap(name: string, committed: number, to: number): string {
  return committed === 0
    ? `The marketplace holds the stream “${name}” from its item ${to + 1} on; it is read from there.`
    : `The marketplace no longer holds ${to - committed} items of the stream “${name}”; they are lost.`;
}
