/**
 * Double entry: what every movement of money does to an account's books. The postings of one entry add up to nought, so money is
 * moved and never made. A prepaid account's own money is in the `wallet`; of a postpaid one the `payable` book is what is owed, as a
 * negative amount. What is set aside for starts and running sessions is in `holds`, of either kind.
 */
import { assert } from '../../kernel/assert.ts';
import type { AccountKind, LedgerLine, MinorUnits } from './account.ts';

/** `bank`: outside of the account. `flo`: what charging cost. */
export type Book = 'wallet' | 'payable' | 'holds' | 'flo' | 'bank';

export type Posting = { readonly book: Book; readonly amountMinor: MinorUnits };

export type Entry = {
  readonly kind: LedgerLine['kind'];
  readonly postings: readonly Posting[];
};

/** A movement as it is meant; amounts are never negative. */
export type Movement =
  | { readonly kind: 'top-up' | 'payout' | 'invoice-payment' | 'credit'; readonly amountMinor: MinorUnits }
  | { readonly kind: 'hold' | 'release'; readonly amountMinor: MinorUnits }
  /** From one amount held to another. */
  | { readonly kind: 'hold-change'; readonly fromMinor: MinorUnits; readonly toMinor: MinorUnits }
  /** What was held for it goes back; what was charged leaves, be it more or less. */
  | { readonly kind: 'capture'; readonly chargedMinor: MinorUnits; readonly heldMinor: MinorUnits };

export function enterMovement(accountKind: AccountKind, movement: Movement): Entry {
  const own: Book = accountKind === 'prepaid' ? 'wallet' : 'payable';
  switch (movement.kind) {
    case 'top-up':
    case 'invoice-payment':
      return entryOf(movement.kind, [move('bank', own, movement.amountMinor)]);
    case 'payout':
      return entryOf('payout', [move(own, 'bank', movement.amountMinor)]);
    case 'credit':
      return entryOf('credit', [move('flo', own, movement.amountMinor)]);
    case 'hold':
      return entryOf('hold', [move(own, 'holds', movement.amountMinor)]);
    case 'release':
      return entryOf('release', [move('holds', own, movement.amountMinor)]);
    case 'hold-change': {
      const moreMinor = movement.toMinor - movement.fromMinor;
      const grown = moreMinor >= 0 ? move(own, 'holds', moreMinor) : move('holds', own, -moreMinor);
      return entryOf('hold-change', [grown]);
    }
    case 'capture':
      return entryOf('capture', [move('holds', own, movement.heldMinor), move(own, 'flo', movement.chargedMinor)]);
  }
}

/** What an entry does to the figures of an account: the balance is all that is its own, held or not. */
export function effectOf(entry: Entry): { readonly balanceMinor: MinorUnits; readonly holdsMinor: MinorUnits } {
  const sum = (books: readonly Book[]): MinorUnits =>
    entry.postings
      .filter(({ book }) => books.includes(book))
      .reduce((minor, { amountMinor }) => minor + amountMinor, 0);
  return { balanceMinor: sum(['wallet', 'payable', 'holds']), holdsMinor: sum(['holds']) };
}

function move(from: Book, to: Book, amountMinor: MinorUnits): readonly Posting[] {
  assert(Number.isSafeInteger(amountMinor) && amountMinor >= 0, `${amountMinor} is an amount to move`);
  return [
    { book: from, amountMinor: -amountMinor },
    { book: to, amountMinor },
  ];
}

/** One posting a book; books that nothing happened to are left out. */
function entryOf(kind: Entry['kind'], moves: readonly (readonly Posting[])[]): Entry {
  const byBook = new Map<Book, MinorUnits>();
  for (const { book, amountMinor } of moves.flat()) byBook.set(book, (byBook.get(book) ?? 0) + amountMinor);
  const postings = [...byBook]
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([book, amountMinor]) => ({ book, amountMinor }));
  const sumMinor = postings.reduce((minor, { amountMinor }) => minor + amountMinor, 0);
  assert(sumMinor === 0, `the postings of a ${kind} add up to nought`);
  return { kind, postings };
}
