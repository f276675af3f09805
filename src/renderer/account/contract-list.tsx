/** The contracts of the fleet, those in force first. */
import './account.css';
import type { ContractRow } from '../../shared/ipc/account-contract.ts';
import { useNow } from '../instruments/clock/profile-clock.ts';
import { grouped } from '../instruments/number/format-number.ts';
import { decimalWords } from '../tariff/money-text.ts';
import { dateWords } from '../tariff/tariff-columns.ts';

type ContractListProps = {
  readonly rows: readonly ContractRow[];
  readonly chosenId: string | undefined;
  /** Prices above terms of the last weeks, by contract. */
  readonly findings: ReadonlyMap<string, number>;
  readonly onChoose: (contractId: string) => void;
};

export function ContractList({ rows, chosenId, findings, onChoose }: ContractListProps) {
  const now = useNow(10_000);
  return (
    <table className="list contract-list">
      <thead>
        <tr>
          <th scope="col">Contract</th>
          <th scope="col">In force</th>
          <th scope="col" className="number">
            Vehicles
          </th>
          <th scope="col" className="number">
            kWh this month
          </th>
          <th scope="col" className="number">
            Above terms
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ version: { contract }, vehicles, monthKwh }) => {
          const found = findings.get(contract.id) ?? 0;
          return (
            <tr key={contract.id} aria-selected={contract.id === chosenId}>
              <td>
                <button
                  type="button"
                  className="btn quiet contract-name"
                  data-contract={contract.id}
                  aria-current={contract.id === chosenId ? 'true' : undefined}
                  onClick={() => onChoose(contract.id)}
                >
                  {contract.name}
                </button>
              </td>
              <td className="muted">{forceWords(contract.validFromMs, contract.validToMs, contract.timeZone, now)}</td>
              <td className="number">{grouped(vehicles)}</td>
              <td className="number">{decimalWords(monthKwh, { fewest: 1, most: 1 })}</td>
              <td className="number">
                {found > 0 && (
                  <span className="mark" data-priority="3" aria-hidden="true">
                    3
                  </span>
                )}{' '}
                {grouped(found)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function forceWords(fromMs: number, toMs: number | undefined, zone: string, nowMs: number): string {
  const day = (atMs: number) => (dateWords(atMs, zone) ?? '').slice(0, -6);
  if (fromMs > nowMs) return `from ${day(fromMs)}`;
  if (toMs === undefined) return `since ${day(fromMs)}`;
  return toMs <= nowMs ? `ended ${day(toMs)}` : `until ${day(toMs)}`;
}
