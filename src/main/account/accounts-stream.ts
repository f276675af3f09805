/**
 * The stream `accounts`: contracts, accounts, payments and tokens. They may come in any order, before and after the records they are
 * for: money whose account is not known waits, and is booked with the first word that tells of it.
 */
import type { Clock } from '../../shared/kernel/instant.ts';
import { refuse } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { itemKinds, type ItemBody } from '../marketplace-link/wire/v1/item-kinds.ts';
import { openLocalTime } from '../../shared/kernel/local-time.ts';
import { putAccount, readAccount } from './account-table.ts';
import { bookParkedForAccount, bookParkedForContract } from './payments/book-parked.ts';
import { bookPayment } from './payments/book-payment.ts';
import { putContract } from './contract-table.ts';
import { readWireAccount, readWireContract, readWirePayment, readWireToken } from './read-account-objects.ts';
import { forgetTokens, putToken } from './token-table.ts';

export function accountsStream(parts: { readonly clock: Clock }): StreamDefinition {
  function takeContract(tx: Transaction, wire: ItemBody<'accounts', 'contract.put'>): ApplyAnswer {
    if (openLocalTime(wire.time_zone) === undefined)
      return refuse(
        'zone-unknown',
        `The contract ${wire.id} counts its months in “${wire.time_zone}”, a zone that is not known here. Ask FLO to name one like Europe/Berlin.`,
      );
    if (!putContract(tx, readWireContract(wire), parts.clock.nowMs())) return 'unchanged';
    bookParkedForContract(tx, wire.id);
  }

  function takeAccount(tx: Transaction, wire: ItemBody<'accounts', 'account.put'>): ApplyAnswer {
    const account = readWireAccount(wire);
    const known = readAccount(tx, account.id);
    if (known !== undefined && known.updatedAtMs >= account.updatedAtMs) return 'unchanged';
    if (known !== undefined && (known.kind !== account.kind || known.currency !== account.currency))
      return refuse(
        'account-changed',
        `The account ${account.id} cannot turn from ${known.kind} in ${known.currency} to ${account.kind} in ${account.currency}: its books are kept as they were begun. Ask FLO for a new account.`,
      );
    putAccount(tx, account);
    if (known === undefined) bookParkedForAccount(tx, account.id);
  }

  return {
    name: 'accounts',
    kinds: {
      'contract.put': itemKind(itemKinds.accounts['contract.put'], takeContract),
      'account.put': itemKind(itemKinds.accounts['account.put'], takeAccount),
      'payment.put': itemKind(itemKinds.accounts['payment.put'], (tx, wire) => bookPayment(tx, readWirePayment(wire))),
      'token.put': itemKind(itemKinds.accounts['token.put'], (tx, wire) =>
        putToken(tx, readWireToken(wire)) ? undefined : 'unchanged',
      ),
    },
    // Contracts and books are our evidence and stay; what comes again is known by its content and its keys.
    restart: forgetTokens,
  };
}
