/**
 * What becomes of a tariff as it is told. The rule, since messages may come in any order and again:
 *
 *   equal content to the newest version      no version; its newest `last_updated` is remembered
 *   `last_updated` not before the newest's   a new version, which takes the newest one's place (equal instants: the log decides)
 *   `last_updated` before the newest's       history: kept for the time it spoke for, never the newest
 *
 * A withdrawal is a version like any other, with the content that was withdrawn. Nothing is ever changed or deleted, for prices charged
 * long ago are checked against what was known then.
 */
import type { Tariff } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { Transaction } from '../database/sqlite.ts';
import { hashTariff } from './hash-tariff.ts';
import {
  confirmVersion,
  insertVersion,
  readCurrentVersion,
  readVersionSaidAt,
  supersede,
  type StoredVersion,
  type TariffName,
} from './tariff-version-table.ts';

export function putTariff(tx: Transaction, tariff: Tariff, learntAtMs: EpochMs): void | 'unchanged' {
  return keep(tx, { tariff, contentHash: hashTariff(tariff), withdrawn: false, atMs: tariff.updatedAtMs, learntAtMs });
}

/** @returns `unchanged` also for a tariff that was never known: there is nothing to withdraw */
export function withdrawTariff(
  tx: Transaction,
  name: TariffName,
  atMs: EpochMs,
  learntAtMs: EpochMs,
): void | 'unchanged' {
  const newest = readCurrentVersion(tx, name);
  if (newest === undefined) return 'unchanged';
  return keep(tx, { tariff: newest.tariff, contentHash: newest.contentHash, withdrawn: true, atMs, learntAtMs });
}

type Word = Pick<StoredVersion, 'tariff' | 'contentHash' | 'withdrawn' | 'learntAtMs'> & { readonly atMs: EpochMs };

function keep(tx: Transaction, word: Word): void | 'unchanged' {
  const { atMs, learntAtMs } = word;
  const version = { ...word, updatedAtMs: atMs, confirmedAtMs: atMs };
  const newest = readCurrentVersion(tx, word.tariff);
  if (newest === undefined) return insertVersion(tx, version);
  const isSame = saysTheSame(newest, word);
  if (isSame && atMs >= newest.updatedAtMs) {
    confirmVersion(tx, newest.number, atMs);
    return 'unchanged';
  }
  if (atMs >= newest.confirmedAtMs) {
    supersede(tx, newest.number, learntAtMs);
    return insertVersion(tx, version);
  }
  const before = readVersionSaidAt(tx, word.tariff, atMs);
  if (before !== undefined && saysTheSame(before, word)) return 'unchanged';
  insertVersion(tx, { ...version, supersededAtMs: learntAtMs });
  if (isSame || atMs < newest.updatedAtMs) return;
  // It fell between two words of the newest version, which therefore began anew with the second of them.
  supersede(tx, newest.number, learntAtMs);
  insertVersion(tx, { ...newest, updatedAtMs: newest.confirmedAtMs, learntAtMs });
}

function saysTheSame(version: StoredVersion, word: Word): boolean {
  return version.contentHash === word.contentHash && version.withdrawn === word.withdrawn;
}
