/**
 * Owns one line for as long as the profile is open: opens it, and after a loss opens it again with growing pauses. Each
 * opening is a fresh source, handed to whoever uses the line; a closed one never revives.
 *
 * Invariants: at most one source is open, and every one that closes is followed by the next try until `stop`. A line that
 * answers nothing is opened anew now and then, because a connection whose far end lost its power looks open for hours.
 */
import { pauseBeforeTry, type BackOff } from '../marketplace-link/back-off.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { refuse, type Result } from '../../shared/kernel/result.ts';
import type { ByteListener, ByteSource, OpenByteSource, OpenFailure } from './byte-source.ts';
import { REAL_LINE_CLOCK, type LineClock } from './line-clock.ts';

/** Only who keeps the line closes it. */
export type LineSource = Omit<ByteSource, 'close'>;

export type LineStatus = {
  /** opening: the first try; open: bytes can go both ways; lost: trying again at `nextTryAtMs`, or right now. */
  readonly state: 'opening' | 'open' | 'lost';
  /** Tries that fail leave the instant of the loss as it is. */
  readonly sinceMs: EpochMs;
  /** Where it is, or was when it was last open: `/dev/ttyUSB0`. */
  readonly place: string | undefined;
  readonly nextTryAtMs: EpochMs | undefined;
  /** Why it is lost, as a sentence that says what to do. */
  readonly reason: string | undefined;
  /** How often it was opened again after it had been open. */
  readonly reopened: number;
  readonly bytesSent: number;
  readonly bytesHeard: number;
  readonly lastByteAtMs: EpochMs | undefined;
};

export type KeptLine = {
  /** `take` gets each fresh source, and at once the one that is open now. A line has one user. */
  readonly use: (take: (source: LineSource) => void) => void;
  readonly status: () => LineStatus;
  /** Settles when nothing is open any more, what was just being opened included. */
  readonly stop: () => Promise<void>;
};

export type KeepLineOptions = {
  readonly open: OpenByteSource;
  /** At each change of state, not at each byte. */
  readonly onChange?: ((status: LineStatus) => void) | undefined;
  readonly clock?: LineClock | undefined;
  readonly randomFraction?: (() => number) | undefined;
  readonly backOff?: BackOff | undefined;
  /** Nothing heard for so long although bytes were sent: it is opened anew, and then after twice, four times as long. */
  readonly muteLimitMs?: number | undefined;
};

type Opening = { readonly source: ByteSource; readonly atMonotonicMs: number; listener: ByteListener | undefined };

const MUTE_DOUBLINGS = 4;

export function keepLine(options: KeepLineOptions): KeptLine {
  const clock = options.clock ?? REAL_LINE_CLOCK;
  const randomFraction = options.randomFraction ?? Math.random;
  const backOff = options.backOff ?? { firstMs: 500, maxMs: 10_000 };
  const muteLimitMs = options.muteLimitMs ?? 60_000;
  let taker: ((source: LineSource) => void) | undefined;
  let opening: Opening | undefined;
  let cancelTry: (() => void) | undefined;
  let trying: Promise<void> | undefined;
  let failures = 0;
  let mutes = 0;
  let unansweredSinceMs: number | undefined;
  let wasOpen = false;
  let stopped = false;
  let status: LineStatus = {
    state: 'opening',
    sinceMs: clock.wallMs(),
    place: undefined,
    nextTryAtMs: undefined,
    reason: undefined,
    reopened: 0,
    bytesSent: 0,
    bytesHeard: 0,
    lastByteAtMs: undefined,
  };

  function become(change: Partial<LineStatus>): void {
    status = { ...status, ...change };
    options.onChange?.(status);
  }

  function miss(reason: string): void {
    failures += 1;
    const pauseMs = pauseBeforeTry(failures, backOff, randomFraction());
    cancelTry = clock.after(pauseMs, () => {
      trying = tryOnce();
    });
    const sinceMs = status.state === 'lost' ? status.sinceMs : clock.wallMs();
    become({ state: 'lost', sinceMs, reason, nextTryAtMs: clock.wallMs() + pauseMs });
  }

  async function tryOnce(): Promise<void> {
    cancelTry = undefined;
    if (status.nextTryAtMs !== undefined) become({ nextTryAtMs: undefined });
    const opened = await openSafely(options.open);
    if (stopped) {
      if (opened.ok) await opened.value.close();
      return;
    }
    if (opened.ok) begin(opened.value);
    else miss(opened.message);
  }

  function begin(source: ByteSource): void {
    const mine: Opening = { source, atMonotonicMs: clock.monotonicMs(), listener: undefined };
    opening = mine;
    unansweredSinceMs = undefined;
    source.listen({ bytes: (chunk) => hear(mine, chunk), closed: (reason) => lose(mine, reason) });
    const reopened = status.reopened + (wasOpen ? 1 : 0);
    wasOpen = true;
    become({ state: 'open', sinceMs: clock.wallMs(), place: source.place, reason: undefined, reopened });
    taker?.(sourceFor(mine));
  }

  function hear(mine: Opening, chunk: Uint8Array): void {
    if (mine !== opening) return;
    failures = mutes = 0;
    unansweredSinceMs = undefined;
    status = { ...status, bytesHeard: status.bytesHeard + chunk.length, lastByteAtMs: clock.wallMs() };
    mine.listener?.bytes(chunk);
  }

  function lose(mine: Opening, reason: string): void {
    if (mine !== opening || stopped) return;
    opening = undefined;
    // A device server that takes the connection and drops it at once is left alone more and more.
    if (clock.monotonicMs() - mine.atMonotonicMs > backOff.maxMs) failures = 0;
    miss(reason);
    mine.listener?.closed(reason);
  }

  function send(mine: Opening, bytes: Uint8Array): void {
    if (mine !== opening) return;
    const now = clock.monotonicMs();
    unansweredSinceMs ??= now;
    if (now - unansweredSinceMs > muteLimitMs * 2 ** mutes) {
      mutes = Math.min(mutes + 1, MUTE_DOUBLINGS);
      void mine.source.close();
      lose(
        mine,
        `Nothing was heard from ${mine.source.place} though it was asked: it is opened anew. Check the meters' wiring.`,
      );
      return;
    }
    status = { ...status, bytesSent: status.bytesSent + bytes.length };
    mine.source.write(bytes);
  }

  function sourceFor(mine: Opening): LineSource {
    const { setBaudRate } = mine.source;
    return {
      place: mine.source.place,
      listen: (listener) => {
        mine.listener = listener;
      },
      write: (bytes) => send(mine, bytes),
      ...(setBaudRate === undefined
        ? {}
        : { setBaudRate: async (baudRate: number) => (mine === opening ? setBaudRate(baudRate) : undefined) }),
    };
  }

  trying = tryOnce();
  return {
    use: (take) => {
      taker = take;
      if (opening !== undefined) take(sourceFor(opening));
    },
    status: () => status,
    stop: async () => {
      stopped = true;
      cancelTry?.();
      const last = opening;
      opening = undefined;
      await Promise.all([last?.source.close(), trying]);
    },
  };
}

/** An opener that throws is a defect, but of one line and not of the console: it is told, and tried again. */
async function openSafely(open: OpenByteSource): Promise<Result<ByteSource, OpenFailure>> {
  try {
    return await open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('failed', `The line could not be opened: ${why}. Check its address and settings.`);
  }
}
