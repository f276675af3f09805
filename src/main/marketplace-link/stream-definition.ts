/** What a noun registers with the link: a stream, the schema of each kind of its items, and what to do with them. */
import type { z } from 'zod';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { Refusal } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';

export type ItemMeta = {
  readonly stream: string;
  readonly kind: string;
  readonly offset: number;
  /** When the marketplace logged the item, by its own clock. */
  readonly atMs: EpochMs;
  /** Wall clock. */
  readonly receivedAtMs: EpochMs;
};

/**
 * A refusal quarantines the item with its sentence; what `apply` wrote before refusing stays. `unchanged` says that the
 * item told nothing new: it is counted as a replay.
 */
export type ApplyAnswer = void | 'unchanged' | Refusal;

export type ItemKind = {
  readonly schema: z.ZodType;
  readonly apply: (tx: Transaction, body: never, meta: ItemMeta) => ApplyAnswer;
};

/** Ties a schema to the function that takes what it parses. */
export function itemKind<S extends z.ZodType>(
  schema: S,
  apply: (tx: Transaction, body: z.output<S>, meta: ItemMeta) => ApplyAnswer,
): ItemKind {
  return { schema, apply };
}

export type StreamDefinition = {
  readonly name: string;
  /** Comes by the thousand: while the disk is short of room its pages wait at the marketplace. */
  readonly isBulk?: true;
  readonly kinds: Readonly<Record<string, ItemKind>>;
  /** Before the first item of each transaction: forget what a transaction that was rolled back had gathered. */
  readonly beginPage?: (tx: Transaction) => void;
  /** After the last item of a page, in the same transaction: write what `apply` gathered. */
  readonly endPage?: (tx: Transaction) => void;
  /** The marketplace has a new log and sends everything again from the start: drop what is only a copy of the old one. */
  readonly restart?: (tx: Transaction) => void;
};
