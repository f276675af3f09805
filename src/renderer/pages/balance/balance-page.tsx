/** The balance page: what came into each node of a depot against what went out of it, and what its meters' error explains. */
import './balance-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import type { DepotBalance } from '../../../shared/domain/metering/balance/balance.ts';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { DepotTabs, neighbourDepot, useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { nowMs, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { sayNothingFound } from '../../metering/balance/balance-words.ts';
import { BudgetTable } from '../../metering/balance/budget-table.tsx';
import { FindingList } from '../../metering/balance/finding-list.tsx';
import { localPeriod, PERIOD_KINDS, type LocalPeriod } from '../../metering/intervals/local-period.ts';
import { PeriodBar } from '../../metering/intervals/period-bar.tsx';
import { useAnswer } from '../use-answer.ts';
import { NodePanel } from './node-panel.tsx';
import { useBalanceSearch, type BalanceSearch, type PatchBalanceSearch } from './balance-search.ts';

export function BalancePage() {
  const [search, patch] = useBalanceSearch();
  const depots = useDepotsInOrder();
  const depot = depots.find(({ id }) => id === search.depot) ?? depots[0];
  if (depot === undefined)
    return (
      <div className="balance-page">
        <section className="card" aria-label="Energy balance">
          <p className="empty">
            <b>No depot is known yet.</b>
            Depots come with the marketplace’s stream; their balance is shown as soon as there is one.
          </p>
        </section>
      </div>
    );
  const period = localPeriod(depot.timeZone, search.per ?? 'day', search.date, nowMs());
  return <BalanceOf depots={depots} depot={depot} period={period} search={search} patch={patch} />;
}

type BalanceOfProps = {
  readonly depots: readonly Depot[];
  readonly depot: Depot;
  readonly period: LocalPeriod;
  readonly search: BalanceSearch;
  readonly patch: PatchBalanceSearch;
};

const REFRESH_MS = 15_000;

function BalanceOf({ depots, depot, period, search, patch }: BalanceOfProps) {
  const navigate = useNavigate();
  const page = useRef<HTMLDivElement>(null);
  const [finding, setFinding] = useState(0);
  const tick = useWallNow(REFRESH_MS);
  const { fromMs, toMs } = period;
  // What is not over yet is no gap: it is not asked for.
  const overMs = Math.min(toMs, Math.max(fromMs + INTERVAL_MS, Math.floor(nowMs() / INTERVAL_MS) * INTERVAL_MS));
  const input = useMemo(() => ({ depotId: depot.id, fromMs, toMs: overMs }), [depot.id, fromMs, overMs]);
  const { answer, failure } = useAnswer('metering/balance', input, period.isNow ? tick : undefined);
  // What was answered for another depot or time is not shown under this one's name.
  const balance = answer?.depotId === depot.id && answer.fromMs === fromMs ? answer : undefined;
  const nodes = balance?.nodes ?? [];
  const node = nodes.find(({ meterId }) => meterId === search.node) ?? nodes[0];
  const findings = balance?.findings ?? [];

  const chooseDepot = (id: string | undefined) =>
    id !== undefined && patch({ depot: id, node: undefined, quarter: undefined });
  const toDate = (date: string | undefined) => patch({ date, quarter: undefined }, { replace: true });
  const toKind = (per: LocalPeriod['kind']) =>
    patch({ per: per === 'day' ? undefined : per, quarter: undefined }, { replace: true });
  const toNode = (meterId: string | undefined) => patch({ node: meterId, quarter: undefined }, { replace: true });
  const openMeter = (meter: string) => {
    // A week has no view of its own there: its days are seen in their month.
    const per = period.kind === 'day' ? undefined : ('month' as const);
    const { date } = search;
    void navigate({ to: '/meters', search: withoutEmpty({ meter, view: 'intervals', per, date }) } as never);
  };
  const goToFinding = (by: number) => {
    const inside = document.activeElement?.closest('[data-finding]') !== null;
    const to = Math.min(findings.length - 1, Math.max(0, inside ? finding + by : finding));
    page.current?.querySelector<HTMLElement>(`[data-finding="${to}"]`)?.focus();
  };
  const nextOf = <T,>(list: readonly T[], at: number) => list[(at + 1) % Math.max(1, list.length)];
  useShortcuts('Balance', [
    { keys: 'd', does: 'Next depot', run: () => chooseDepot(neighbourDepot(depots, depot.id, 1)) },
    { keys: '[', does: 'Period before', run: () => toDate(period.before) },
    { keys: ']', does: 'Period after', run: () => period.after !== undefined && toDate(period.after) },
    { keys: 't', does: 'Back to now', run: () => toDate(undefined) },
    {
      keys: 'p',
      does: 'Day, week or month',
      run: () => toKind(nextOf(PERIOD_KINDS, PERIOD_KINDS.indexOf(period.kind)) ?? 'day'),
    },
    {
      keys: 'n',
      does: 'Next node',
      run: () =>
        toNode(
          nextOf(
            nodes,
            nodes.findIndex((each) => each === node),
          )?.meterId,
        ),
    },
    { keys: 'j', does: 'Next finding; Enter opens its meter', run: () => goToFinding(1) },
    { keys: 'k', does: 'Previous finding', run: () => goToFinding(-1) },
    {
      keys: 'q',
      does: 'Read the quarter hours',
      run: () => page.current?.querySelector<HTMLElement>('.quarter-days')?.focus(),
    },
  ]);
  return (
    <div className="balance-page" ref={page}>
      <section className="card balance-head" aria-label={`Energy balance, ${depot.name}`}>
        <header>
          <h2>Balance</h2>
          <DepotTabs depots={depots} chosenId={depot.id} onChoose={chooseDepot} label="Depot" />
          <span className="end">
            <PeriodBar kinds={PERIOD_KINDS} period={period} zone={depot.timeZone} onKind={toKind} onDate={toDate} />
          </span>
        </header>
      </section>
      <section className="card balance-node" aria-label="Node" aria-busy={balance === undefined}>
        {node === undefined || balance === undefined ? (
          <NoNode balance={balance} failure={failure} depot={depot} />
        ) : (
          <NodePanel
            balance={balance}
            node={node}
            period={period}
            zone={depot.timeZone}
            quarterMs={search.quarter}
            onNode={toNode}
            onQuarter={(quarter) => patch({ quarter }, { replace: true })}
            onMeter={openMeter}
          />
        )}
      </section>
      <div className="balance-side">
        <section className="card balance-findings" aria-label="Findings">
          <header>
            <h2>Findings</h2>
            <small>{findings.length === 0 ? '' : findings.length}</small>
            <span className="end">
              <kbd>J</kbd>
              <kbd>K</kbd>
            </span>
          </header>
          <div className="scroller">
            {findings.length === 0 ? (
              <p className="empty">{balance === undefined ? '…' : sayNothingFound(balance.nodes)}</p>
            ) : (
              <FindingList
                findings={findings}
                meters={balance?.meters ?? []}
                zone={depot.timeZone}
                chosen={Math.min(finding, findings.length - 1)}
                onChoose={setFinding}
                onMeter={openMeter}
              />
            )}
          </div>
        </section>
        <section className="card balance-budget" aria-label="What the error explains">
          <header>
            <h2>What the error explains</h2>
            <small>{node === undefined ? '' : 'of this node, whole period'}</small>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="Parts of the error">
            {node !== undefined && balance !== undefined && (
              <BudgetTable row={node.whole} settings={balance.settings} />
            )}
          </div>
        </section>
      </div>
    </div>
  );
}

type NoNodeProps = {
  readonly balance: DepotBalance | undefined;
  readonly failure: string | undefined;
  readonly depot: Depot;
};

function NoNode({ balance, failure, depot }: NoNodeProps) {
  if (failure !== undefined)
    return (
      <p className="empty" role="status">
        <b>The balance could not be worked out.</b>
        {failure}
      </p>
    );
  if (balance === undefined) return null;
  return (
    <div className="empty">
      <b>{depot.name} has no node to balance.</b>
      {balance.meters.length === 0
        ? 'No meter is set up here, so what comes in and what goes out is not known.'
        : 'No meter here is named as feeding another one. Say on the Meters page which meter feeds which, and the balance works itself out from the stored quarter hours.'}
      <ul>
        {balance.treeFaults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </div>
  );
}

function withoutEmpty(search: object): object {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
