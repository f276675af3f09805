/**
 * Brings the energy balance to life: its answer, who tells it of sessions, and a look at each depot's last day a minute after every
 * quarter hour of the profile's clock, when the quarter hour's end has been read. However fast that clock runs, it looks once in ten
 * seconds at most.
 */
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { AlarmsOfMetering } from '../alarms/watch-metering.ts';
import { readMeters } from '../meters/meter-table.ts';
import { balanceConditions } from './balance-alarms.ts';
import { readBalance, type BalanceParts, type BilledSource } from './read-balance.ts';

export type Balance = {
  /** Who knows what is billed at charge points; until somebody does, nothing is said of sessions. */
  readonly billedBy: (source: BilledSource) => void;
  readonly start: () => void;
  readonly stop: () => void;
};

export const LOOK_EVERY_MS = 10_000;
const SETTLED_AFTER_MS = 60_000;
const LOOK_BACK_MS = 24 * 3_600_000;

export function startBalance(
  parts: Omit<BalanceParts, 'billed'> & {
    readonly answers: Pick<AnswerRegistry, 'query'>;
    readonly alarms?: AlarmsOfMetering | undefined;
    readonly log: (line: string, detail?: unknown) => void;
  },
): Balance {
  const { alarms, clock, store, log } = parts;
  let billed: BilledSource | undefined;
  let lookedToMs: number | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const known: BalanceParts = { ...parts, billed: () => billed };

  function look(to: AlarmsOfMetering): void {
    const toMs = Math.floor((clock.nowMs() - SETTLED_AFTER_MS) / INTERVAL_MS) * INTERVAL_MS;
    if (toMs === lookedToMs) return;
    lookedToMs = toMs;
    const depotIds = new Set(readMeters(store).map(({ depotId }) => depotId));
    const balances = [...depotIds].map((depotId) => readBalance(known, { depotId, fromMs: toMs - LOOK_BACK_MS, toMs }));
    for (const [rule, conditions] of balanceConditions(balances)) to.say(rule, conditions);
  }

  parts.answers.query('metering/balance', (input) => readBalance(known, input));
  return {
    billedBy: (source) => {
      billed = source;
    },
    start: () => {
      if (alarms === undefined) return;
      timer = setInterval(() => {
        try {
          look(alarms);
        } catch (error) {
          log('The energy balance could not be looked at; it is tried again at the next quarter hour.', error);
        }
      }, LOOK_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}
