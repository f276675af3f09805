/**
 * Takes one page of a stream: parse, apply, set aside what cannot be used, advance the offset, all in one transaction.
 * The answer is made after the commit.
 *
 * Invariants: `committed` and what it counts change together; an item at or before `committed` changes nothing; no
 * page, whatever it holds, throws out of here or stops the stream at the same item twice.
 */
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import { advanceTo, readPlace } from '../link-stream-table.ts';
import { quarantine } from '../quarantine-table.ts';
import { sayIssues } from '../say-issues.ts';
import type { ApplyAnswer, StreamDefinition } from '../stream-definition.ts';
import { item as wireItem, itemHead, pageEnvelope, type PageAnswer } from '../wire/v1/envelope.ts';
import { parseDateTimeMs } from '../wire/v1/primitives.ts';

export type TakenPage = {
  readonly answer: PageAnswer;
  /** The stream the page belongs to, when that could be read. */
  readonly stream: string | undefined;
  /** Offsets advanced: the stream lives. */
  readonly advanced: boolean;
  readonly replayed: number;
  /** Something may have gone into quarantine. */
  readonly setAside: boolean;
  readonly head: number;
};

type Parts = {
  readonly store: Store;
  readonly wallClock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
};

type ReadItem = { readonly offset: number; readonly raw: unknown };

export function takePage(parts: Parts, streams: ReadonlyMap<string, StreamDefinition>, raw: unknown): TakenPage {
  const envelope = pageEnvelope.safeParse(raw);
  if (!envelope.success)
    return refuseMalformed(parts, raw, `The page was not understood: ${sayIssues(envelope.error)}`);
  const definition = streams.get(envelope.data.stream);
  const items = readOffsets(envelope.data.items);
  if (typeof items === 'string') return refuseMalformed(parts, raw, items);
  const place = definition && readPlace(parts.store, definition.name);
  if (definition === undefined || place === undefined) return refused(envelope.data.stream, 'not-subscribed', 0);

  const first = items[0]?.offset ?? 0;
  const last = items.at(-1)?.offset ?? 0;
  if (first > place.committed + 1) return refused(definition.name, 'gap', place.committed);
  const page = { items, logId: place.logId };
  const head = Math.max(envelope.data.head, last);
  if (last <= place.committed) return { ...accepted(definition.name, place.committed, false, items.length), head };
  try {
    const replayed = applyItems(parts, definition, page);
    return { ...accepted(definition.name, last, true, replayed), head };
  } catch (error) {
    if (isStorageFailure(error)) return refuseForStorage(parts, definition.name, error);
    parts.log(`A page of ${definition.name} failed; its items are taken one by one.`, error);
    return { ...takeOneByOne(parts, definition, page), head };
  }
}

type Page = { readonly items: readonly ReadItem[]; readonly logId: string };

/** One transaction. @returns how many items changed nothing */
function applyItems(parts: Parts, definition: StreamDefinition, page: Page): number {
  return parts.store.write((tx) => {
    const committed = readPlace(tx, definition.name)?.committed ?? 0;
    const fresh = page.items.filter((item) => item.offset > committed);
    let replayed = page.items.length - fresh.length;
    definition.beginPage?.(tx);
    for (const item of fresh) if (applyItem(parts, tx, definition, page.logId, item) === 'unchanged') replayed += 1;
    definition.endPage?.(tx);
    const last = fresh.at(-1);
    if (last !== undefined) advanceTo(tx, definition.name, last.offset);
    return replayed;
  }, definition.isBulk && 'bulk');
}

/** After an unforeseen failure: each item alone, so that the one at fault is set aside and the others are not. */
function takeOneByOne(parts: Parts, definition: StreamDefinition, page: Page): Omit<TakenPage, 'head'> {
  let replayed = 0;
  for (const item of page.items) {
    try {
      replayed += applyItems(parts, definition, { ...page, items: [item] });
    } catch (error) {
      if (isStorageFailure(error)) return refuseForStorage(parts, definition.name, error);
      const reason = `Switchyard failed to take this item, which is a defect of its own: ${sayError(error)}`;
      try {
        parts.store.write((tx) => {
          const committed = readPlace(tx, definition.name)?.committed ?? 0;
          // The failure may have come after the commit, from what follows it.
          if (item.offset <= committed) return;
          setAside(parts, tx, definition.name, page.logId, item, reason);
          advanceTo(tx, definition.name, item.offset);
        });
      } catch (failure) {
        return refuseForStorage(parts, definition.name, failure);
      }
    }
  }
  return accepted(definition.name, page.items.at(-1)?.offset ?? 0, true, replayed);
}

function applyItem(
  parts: Parts,
  tx: Transaction,
  definition: StreamDefinition,
  logId: string,
  item: ReadItem,
): ApplyAnswer {
  const spoil = (reason: string): void => setAside(parts, tx, definition.name, logId, item, reason);
  const read = wireItem.safeParse(item.raw);
  if (!read.success) return spoil(`The item was not understood: ${sayIssues(read.error)}`);
  const kind = Object.hasOwn(definition.kinds, read.data.kind) ? definition.kinds[read.data.kind] : undefined;
  if (kind === undefined) return spoil(`Items of this kind are not known here.`);
  const body = kind.schema.safeParse(read.data.body);
  if (!body.success) return spoil(`The body does not fit: ${sayIssues(body.error)}`);
  const answer = kind.apply(tx, body.data as never, {
    stream: definition.name,
    kind: read.data.kind,
    offset: item.offset,
    atMs: parseDateTimeMs(read.data.at),
    receivedAtMs: parts.wallClock.nowMs(),
  });
  if (typeof answer === 'object') return spoil(answer.message);
  return answer;
}

function setAside(parts: Parts, tx: Transaction, stream: string, logId: string, item: ReadItem, reason: string): void {
  const kind = (item.raw as { kind?: unknown }).kind;
  quarantine(tx, {
    stream,
    logId,
    offset: item.offset,
    kind: typeof kind === 'string' ? kind.slice(0, 60) : '?',
    reason,
    raw: item.raw,
    receivedAtMs: parts.wallClock.nowMs(),
  });
}

/** The offsets must be readable and without a hole even where the rest of an item is not; if not, the sentence says so. */
function readOffsets(items: readonly unknown[]): readonly ReadItem[] | string {
  const read: ReadItem[] = [];
  for (const raw of items) {
    const head = itemHead.safeParse(raw);
    if (!head.success)
      return `The offset of the page’s item ${read.length + 1} was not understood: ${sayIssues(head.error)}`;
    const { offset } = head.data;
    const expected = (read.at(-1)?.offset ?? offset - 1) + 1;
    if (offset !== expected) return `The page’s offsets have a hole: expected ${expected}, found ${offset}.`;
    read.push({ offset, raw });
  }
  return read;
}

function refuseMalformed(parts: Parts, raw: unknown, reason: string): TakenPage {
  const named = typeof raw === 'object' && raw !== null ? (raw as { stream?: unknown }).stream : undefined;
  const stream = typeof named === 'string' ? named.slice(0, 40) : undefined;
  const place = stream === undefined ? undefined : readPlace(parts.store, stream);
  try {
    parts.store.write((tx) =>
      quarantine(tx, {
        stream: stream ?? '?',
        logId: place?.logId ?? '?',
        offset: undefined,
        kind: 'page',
        reason,
        raw,
        receivedAtMs: parts.wallClock.nowMs(),
      }),
    );
  } catch (error) {
    return refuseForStorage(parts, stream ?? '?', error);
  }
  return { ...refused(stream ?? '?', 'malformed', place?.committed ?? 0), stream: place && stream };
}

function refuseForStorage(parts: Parts, stream: string, error: unknown): TakenPage {
  parts.log(`A page of ${stream} could not be stored; it is asked for again.`, error);
  return refused(stream, 'storage', readPlace(parts.store, stream)?.committed ?? 0);
}

function accepted(stream: string, committed: number, advanced: boolean, replayed: number): TakenPage {
  return { answer: { ok: true, committed }, stream, advanced, replayed, setAside: advanced, head: committed };
}

function refused(stream: string, reason: string, committed: number): TakenPage {
  const setAside = reason === 'malformed';
  return { answer: { ok: false, reason, committed }, stream, advanced: false, replayed: 0, setAside, head: committed };
}

/** The disk or the file is at fault, not the item. */
function isStorageFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'StoreFailure') return true;
  const code = 'code' in error ? String(error.code) : '';
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CORRUPT|NOTADB|CANTOPEN|PERM|NOMEM|INTERRUPT|PROTOCOL)/u.test(code);
}

function sayError(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
