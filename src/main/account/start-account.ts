/**
 * Brings contracts and money to life: the stream, the answers, the feed of standings. Who runs and what was used lies uphill and is
 * handed down. Standings are read from the books once a second and told when they changed, since others write into the books within
 * their own transactions.
 */
import type { AccountStanding } from '../../shared/domain/account/account.ts';
import type { Contract } from '../../shared/domain/account/contract.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import { openLocalTime } from '../../shared/kernel/local-time.ts';
import type { Store } from '../database/sqlite.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { ACCOUNT_RULES, accountConditions, type AlarmsOfAccounts } from './account-alarms.ts';
import { answerAccounts } from './account-answers.ts';
import { accountsStream } from './accounts-stream.ts';
import { releaseUnheardOf } from './move-holds.ts';
import { NOTHING_RUNS, readAccountStandings, type WhatRuns } from './read-standings.ts';

/** Energy charged under a contract by charges that began in [fromMs, toMs), in kWh. */
export type UsageSource = (contractId: string, fromMs: EpochMs, toMs: EpochMs) => DecimalText;

export type Account = {
  /** Who knows what runs; until somebody does, nothing is predicted. */
  readonly runningBy: (source: () => WhatRuns) => void;
  /** Who knows what was charged; until somebody does, every month has used nothing. */
  readonly usageBy: (source: UsageSource) => void;
  /** Used under the contract from the beginning of its month up to an instant: what volume steps go by. */
  readonly monthKwh: (contract: Contract, atMs: EpochMs) => DecimalText;
  readonly stop: () => void;
};

const LOOK_EVERY_MS = 1_000;
/** What runs is asked for less often than the books are read: its prices are previews. */
const ASK_EVERY_LOOKS = 10;
const SWEEP_EVERY_LOOKS = 600;

export function startAccount(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: Pick<AnswerRegistry, 'query'>;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly alarms?: AlarmsOfAccounts | undefined;
}): Account {
  const { alarms, clock, log, store } = parts;
  let usage: UsageSource = () => '0';
  let askWhatRuns: () => WhatRuns = () => NOTHING_RUNS;
  let runs = NOTHING_RUNS;
  let looks = 0;
  let told = new Map<string, string>();

  const monthKwh = (contract: Contract, atMs: EpochMs): DecimalText => {
    const month = openLocalTime(contract.timeZone)?.spanOf('month', atMs);
    return month === undefined ? '0' : usage(contract.id, month.beginMs, atMs);
  };
  const standings = (): AccountStanding[] => readAccountStandings(store, runs, clock.nowMs());
  const topic = parts.feeds.open('account/accounts', { load: standings });

  /** The instant alone is no change. */
  const textOf = ({ asOfMs: _, ...standing }: AccountStanding): string => JSON.stringify(standing);

  function look(): void {
    if (looks % ASK_EVERY_LOOKS === 0) runs = askWhatRuns();
    if (looks % SWEEP_EVERY_LOOKS === 0) store.write((tx) => releaseUnheardOf(tx, clock.nowMs()));
    looks += 1;
    const now = standings();
    topic.upsert(now.filter((standing) => told.get(standing.accountId) !== textOf(standing)));
    told = new Map(now.map((standing) => [standing.accountId, textOf(standing)]));
    for (const [rule, conditions] of accountConditions(now)) alarms?.say(rule, conditions);
  }

  parts.link.registerStream(accountsStream({ clock }));
  answerAccounts(parts.answers, {
    store,
    clock,
    runs: () => runs,
    monthKwh: (contract) => monthKwh(contract, clock.nowMs()),
  });
  alarms?.register('account', ACCOUNT_RULES);
  let isRefused = false;
  const timer = setInterval(() => {
    try {
      look();
      isRefused = false;
    } catch (error) {
      if (!isRefused) log('The accounts could not be looked at; it is tried again every second.', error);
      isRefused = true;
    }
  }, LOOK_EVERY_MS);

  return {
    runningBy: (source) => {
      askWhatRuns = source;
      looks = 0;
    },
    usageBy: (source) => {
      usage = source;
    },
    monthKwh,
    stop: () => clearInterval(timer),
  };
}
