/**
 * What an account should come to, told a second way: no ledger, no holds that grow, no order of events. Balances are what was paid in less
 * what distinct records and credits came to; holds are what is open at the end. The books must agree with it to the last unit.
 */
export type PlainBooks = {
  readonly pay: (paymentId: string, minor: number) => void;
  readonly charge: (recordKey: string, minor: number) => void;
  readonly credit: (recordKey: string, creditedKey: string, minor: number) => void;
  readonly balanceMinor: () => number;
  /** Distinct records that were charged. */
  readonly charged: () => number;
};

export function keepPlainBooks(): PlainBooks {
  const paid = new Map<string, number>();
  const charges = new Map<string, number>();
  const credits = new Map<string, { by: string; minor: number }>();
  const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, minor) => total + minor, 0);
  return {
    pay: (paymentId, minor) => void (paid.has(paymentId) || paid.set(paymentId, minor)),
    charge: (recordKey, minor) => void (charges.has(recordKey) || charges.set(recordKey, minor)),
    credit: (recordKey, creditedKey, minor) =>
      void (credits.has(creditedKey) || credits.set(creditedKey, { by: recordKey, minor })),
    balanceMinor: () =>
      sum(paid.values()) - sum(charges.values()) + sum([...credits.values()].map(({ minor }) => minor)),
    charged: () => charges.size,
  };
}
