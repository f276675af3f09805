/** The contract's side of signed meter values, and who is told when a person decides about a key. */
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import { pinMeterKey, revokeMeterKey, type KeyDecided } from './decide-on-key.ts';
import { judgeSignedData } from './judge-signed-data.ts';
import { readMeterKeys } from './meter-key-table.ts';

export type SignedValues = {
  /** Uphill, charge records are judged anew when a key is; there is one such listener. */
  readonly onKeyDecided: (listener: KeyDecided) => void;
};

export function startSignedValues(parts: {
  readonly store: Store;
  readonly answers: AnswerRegistry;
  readonly clock: Clock;
}): SignedValues {
  const { store, answers, clock } = parts;
  let listener: KeyDecided = () => undefined;
  const keyParts = { store, clock, decided: ((tx, recordKeys) => listener(tx, recordKeys)) satisfies KeyDecided };
  answers.query('metering/meter-keys', () => readMeterKeys(store));
  answers.query('metering/signed-record', ({ recordKey }) => judgeSignedData(store, recordKey));
  answers.command('metering/pin-meter-key', (input, { operator }) => pinMeterKey(keyParts, input, operator));
  answers.command('metering/revoke-meter-key', (input, { operator }) => revokeMeterKey(keyParts, input, operator));
  return { onKeyDecided: (next) => (listener = next) };
}
