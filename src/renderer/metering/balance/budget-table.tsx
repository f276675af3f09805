/** What the instruments' own error can explain, part by part in plain words. */
import type { BalanceRow, BalanceSettings } from '../../../shared/domain/metering/balance/balance.ts';
import { budgetParts, kwh } from './balance-words.ts';

export function BudgetTable({ row, settings }: { readonly row: BalanceRow; readonly settings: BalanceSettings }) {
  const parts = budgetParts(row.budget, settings);
  return (
    <table className="list budget">
      <thead>
        <tr>
          <th scope="col">Part of the error</th>
          <th scope="col" className="number">
            ± kWh
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ name, means, energyWh }) => (
          <tr key={name} title={means}>
            <td>
              {name}
              <small>{means}</small>
            </td>
            <td className="number">{kwh(energyWh)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr title="Root of the sum of squares: errors that know nothing of each other seldom all point one way">
          <td>Likely: warns beyond it</td>
          <td className="number">{kwh(row.budget.likelyWh)}</td>
        </tr>
        <tr title="All at their worst and all one way">
          <td>Worst: alarms beyond it</td>
          <td className="number">{kwh(row.budget.worstWh)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
