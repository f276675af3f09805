/** One node: its verdict in a sentence, the waterfall, what is left against the error, and every quarter hour of the period. */
import type { DepotBalance, NodeBalance } from '../../../shared/domain/metering/balance/balance.ts';
import { kwh, saySize, VERDICT_PRIORITY, VERDICT_WORDS } from '../../metering/balance/balance-words.ts';
import { ErrorBand } from '../../metering/balance/error-band.tsx';
import { QuarterStrip } from '../../metering/balance/quarter-strip.tsx';
import { WaterfallChart } from '../../metering/balance/waterfall-chart.tsx';
import type { LocalPeriod } from '../../metering/intervals/local-period.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import '../../metering/balance/balance.css';

type NodePanelProps = {
  readonly balance: DepotBalance;
  readonly node: NodeBalance;
  readonly period: LocalPeriod;
  readonly zone: string;
  readonly quarterMs: number | undefined;
  readonly onNode: (meterId: string) => void;
  readonly onQuarter: (beginMs: number) => void;
  readonly onMeter: (meterId: string) => void;
};

export function NodePanel({ balance, node, period, zone, quarterMs, onNode, onQuarter, onMeter }: NodePanelProps) {
  const priority = VERDICT_PRIORITY[node.whole.verdict];
  const isKnown = node.rows.some(({ verdict }) => verdict !== 'unknown');
  return (
    <>
      <header>
        <span className="tabs" role="group" aria-label="Node">
          {balance.nodes.map((each) => (
            <button
              key={each.meterId}
              type="button"
              aria-pressed={each === node}
              onClick={() => onNode(each.meterId)}
              title={VERDICT_WORDS[each.whole.verdict]}
            >
              <Mark priority={VERDICT_PRIORITY[each.whole.verdict]} />
              {balance.meters.find(({ id }) => id === each.meterId)?.name ?? each.meterId}
            </button>
          ))}
        </span>
        <span className="end">
          <kbd>N</kbd>
        </span>
      </header>
      <p className="node-sentence" role="status">
        <Mark priority={priority} />
        <span>
          <b>{capital(VERDICT_WORDS[node.whole.verdict])}.</b> {saySize(node.whole)}
          {!isKnown && period.isNow && (
            <span className="muted">
              {' '}
              A quarter hour is known once every meter was read on both sides of both its ends; the demo’s speed ×60 has
              one every 15 seconds.
            </span>
          )}
        </span>
      </p>
      {balance.treeFaults.length > 0 && (
        <ul className="tree-faults">
          {balance.treeFaults.map((fault) => (
            <li key={fault}>
              <Mark priority={3} /> {fault}
            </li>
          ))}
        </ul>
      )}
      <div
        className="scroller node-waterfall"
        tabIndex={0}
        role="region"
        aria-label="From what came in to what is left"
      >
        <WaterfallChart node={node} meters={balance.meters} onMeter={onMeter} />
      </div>
      <ErrorBand row={node.whole} />
      <div className="node-quarters">
        <QuarterStrip
          node={node}
          zone={zone}
          fromMs={period.fromMs}
          toMs={period.toMs}
          quarterMs={quarterMs}
          onQuarter={onQuarter}
        />
        <Billed balance={balance} zone={zone} />
      </div>
    </>
  );
}

function Billed({ balance, zone }: { readonly balance: DepotBalance; readonly zone: string }) {
  const chargers = balance.meters.filter(({ role }) => role === 'charger');
  if (chargers.length === 0) return null;
  const { billedFromMs, billedToMs } = balance;
  if (balance.billedWh !== undefined && (billedFromMs > balance.fromMs || billedToMs < balance.toMs))
    return (
      <p className="muted node-billed">
        {billedFromMs >= billedToMs
          ? 'No session of this time is known, so nothing is compared with billing.'
          : `Sessions are known from ${formatInZone(billedFromMs, zone, 'full')} to ${formatInZone(billedToMs, zone, 'full')}; what charge points counted before and after is compared with none.`}
      </p>
    );
  const known = chargers.flatMap(({ importWh }) => (importWh === undefined ? [] : [importWh]));
  const counted = known.length === 0 ? undefined : known.reduce((sum, wh) => sum + wh, 0);
  return (
    <p className="muted node-billed">
      Charge points with a meter counted <b>{kwh(counted)}</b> kWh; sessions there claim{' '}
      {balance.billedWh === undefined ? (
        'an energy that is not known here'
      ) : (
        <>
          <b>{kwh(balance.billedWh)}</b> kWh
        </>
      )}
      .
    </p>
  );
}

function Mark({ priority }: { readonly priority: 2 | 3 | undefined }) {
  if (priority === undefined) return null;
  return (
    <span className="mark" data-priority={priority} aria-hidden="true">
      {priority}
    </span>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
