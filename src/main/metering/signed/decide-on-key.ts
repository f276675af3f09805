/**
 * Use cases: a person pins a key to a charge point, having compared it with the meter's, or revokes it. The decision and the log of
 * actions are one transaction, so *accepted* means stored; what was judged with the key is judged anew in it.
 */
import type { MeterKey } from '../../../shared/domain/metering/signed-record.ts';
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import { appendAction, readAction } from '../../outbox/action-log.ts';
import { addSeenKey, decideOnKey, rowsOfKey } from './meter-key-table.ts';
import { recordKeysOfEvses } from './signed-record-table.ts';

/** Told inside the transaction which charge records may be worth something else now. */
export type KeyDecided = (tx: Transaction, recordKeys: readonly string[]) => void;

export type KeyParts = { readonly store: Store; readonly clock: Clock; readonly decided: KeyDecided };

export function pinMeterKey(
  parts: KeyParts,
  input: CommandInput<'metering/pin-meter-key'>,
  operator: string,
): CommandAnswer {
  const { fingerprint, evseKey, reason } = input;
  const body = { fingerprint, evseKey, reason };
  return decide(parts, { commandId: input.commandId, kind: 'PIN_METER_KEY', operator, body }, (tx) => {
    const [known] = rowsOfKey(tx, fingerprint);
    return known === undefined ? [] : [{ ...known, evseKey }];
  });
}

/** At each charge point where it was seen: a key that is not trusted is not trusted anywhere. */
export function revokeMeterKey(
  parts: KeyParts,
  input: CommandInput<'metering/revoke-meter-key'>,
  operator: string,
): CommandAnswer {
  const { fingerprint, reason } = input;
  const command = {
    commandId: input.commandId,
    kind: 'REVOKE_METER_KEY',
    operator,
    body: { fingerprint, reason },
  } as const;
  return decide(parts, command, (tx) => rowsOfKey(tx, fingerprint));
}

function decide(
  { store, clock, decided }: KeyParts,
  command: {
    readonly commandId: string;
    readonly kind: 'PIN_METER_KEY' | 'REVOKE_METER_KEY';
    readonly operator: string;
    readonly body: { readonly fingerprint: string; readonly evseKey?: string; readonly reason: string };
  },
  find: (tx: Transaction) => readonly MeterKey[],
): CommandAnswer {
  const { kind, operator, body } = command;
  const commandId = command.commandId.toLowerCase();
  return store.write((tx) => {
    const before = readAction(tx, commandId);
    if (before !== undefined)
      return before.kind === kind && before.body === JSON.stringify(body)
        ? { outcome: 'accepted' }
        : refuseWith('command-id-reused', 'This request carries the id of another one. Try again.');
    const keys = find(tx);
    if (keys.length === 0)
      return refuseWith('no-such-key', 'No signed record has come with this key. Look for it in the list of keys.');
    const atMs = clock.nowMs();
    const state = kind === 'PIN_METER_KEY' ? 'pinned' : 'revoked';
    for (const key of keys) {
      addSeenKey(tx, { ...key, firstSeenAtMs: atMs });
      decideOnKey(tx, key, { state, atMs, operator, reason: body.reason });
    }
    appendAction(tx, { atMs, operator, commandId, kind, body });
    const evseKeys = keys.map(({ evseKey }) => evseKey);
    decided(tx, recordKeysOfEvses(tx, evseKeys));
    return { outcome: 'accepted' };
  });
}

function refuseWith(code: string, message: string): CommandAnswer {
  return { outcome: 'refused', error: { code, message } };
}
