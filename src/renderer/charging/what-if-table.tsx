/** Two plans side by side: the one that holds, and the one that would. */
import './charging.css';
import type { PlanSummary, WhatIf } from '../../shared/domain/charging/site-plan.ts';
import { money, grouped } from '../instruments/number/format-number.ts';
import { kw, kwh } from './charging-words.ts';

const MOVES_SHOWN = 6;

export function WhatIfTable({ whatIf, currency }: { readonly whatIf: WhatIf; readonly currency: string }) {
  const rows: readonly (readonly [string, (side: PlanSummary) => string])[] = [
    ['Cost', ({ cost }) => money(cost, currency)],
    ['Cannot cost less than', ({ bound }) => money(bound, currency)],
    ['Highest import', ({ peakW }) => kw(peakW)],
    ['Missing', ({ missingWh }) => kwh(missingWh)],
    ['Vehicles short', ({ vehiclesAtRisk }) => grouped(vehiclesAtRisk)],
  ];
  const { moves } = whatIf;
  return (
    <>
      <table className="what-if">
        <thead>
          <tr>
            <th scope="col">Until the plan’s end</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, say]) => (
            <tr key={name} data-differs={say(whatIf.now) !== say(whatIf.other)}>
              <th scope="row">{name}</th>
              <td>{say(whatIf.now)}</td>
              <td>{say(whatIf.other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{whatIf.sentence}</p>
      {moves.length > 0 && (
        <ul className="muted">
          {moves.slice(0, MOVES_SHOWN).map((move) => (
            <li key={move.vehicleId}>{move.sentence}</li>
          ))}
          {moves.length > MOVES_SHOWN && <li>and {moves.length - MOVES_SHOWN} more</li>}
        </ul>
      )}
    </>
  );
}
