/** What is left over, on a scale of its own: nought in the middle, around it the likely and the worst error as bands. */
import type { BalanceRow } from '../../../shared/domain/metering/balance/balance.ts';
import { kwh, VERDICT_PRIORITY } from './balance-words.ts';

/** Of the half scale: so far out lies the farther of worst error and what is left. */
const REACH = 0.86;
/** Of the half scale: what a figure with its word takes in a narrow window. */
const WORD_REACH = 0.3;

export function ErrorBand({ row }: { readonly row: BalanceRow }) {
  const { residualWh, budget } = row;
  const farthest = Math.max(budget.worstWh, Math.abs(residualWh ?? 0));
  const scale = farthest === 0 ? 1 : farthest / REACH;
  const at = (energyWh: number) => `${50 + (energyWh / scale) * 50}%`;
  const band = (energyWh: number) => ({ left: at(-energyWh), width: `${(energyWh / scale) * 100}%` });
  const priority = VERDICT_PRIORITY[row.verdict];
  const isBeyond = residualWh !== undefined && Math.abs(residualWh) > budget.worstWh;
  // The two words would lie over each other; the worst error stands in the table of its parts as well.
  const isWorstHidden = (side: 1 | -1) => isBeyond && Math.abs(residualWh * side - budget.worstWh) < scale * WORD_REACH;
  return (
    <div
      className="error-band"
      role="img"
      aria-label={`Left over ${kwh(residualWh)} kWh; error likely ${kwh(budget.likelyWh)} kWh, at worst ${kwh(budget.worstWh)} kWh`}
    >
      <div className="error-scale">
        <i className="worst" style={band(budget.worstWh)} />
        <i className="likely" style={band(budget.likelyWh)} />
        <i className="nought" />
        {residualWh !== undefined && (
          <i className="residual" data-priority={priority} style={{ left: at(residualWh) }} />
        )}
      </div>
      <div className="error-words">
        {!isWorstHidden(-1) && <span style={{ left: at(-budget.worstWh) }}>−{kwh(budget.worstWh)}</span>}
        <span style={{ left: '50%' }}>0</span>
        {!isWorstHidden(1) && <span style={{ left: at(budget.worstWh) }}>+{kwh(budget.worstWh)} worst</span>}
        {isBeyond && (
          <span className="left-over" style={{ left: at(residualWh) }}>
            {kwh(residualWh)} left over
          </span>
        )}
      </div>
    </div>
  );
}
