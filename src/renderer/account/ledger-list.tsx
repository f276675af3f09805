/** The books of one account, newest first: what was paid, held, charged and given back, with the balance after each. */
import './account.css';
import type { AccountStanding, LedgerLine } from '../../shared/domain/account/account.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { formatInZone, zoneName } from '../instruments/clock/zone-time.ts';
import { minorWords } from '../tariff/money-text.ts';
import { LEDGER_WORDS } from './credit-words.ts';

type LedgerListProps = {
  readonly account: AccountStanding;
  readonly lines: readonly LedgerLine[];
  readonly zone: string;
};

export function LedgerList({ account, lines, zone }: LedgerListProps) {
  if (lines.length === 0)
    return (
      <p className="empty">
        <b>Nothing is booked on this account yet.</b>
        The first payment, hold or charge that FLO tells of begins the books.
      </p>
    );
  const { minorDigits, currency } = account;
  return (
    <table className="list ledger">
      <thead>
        <tr>
          <th scope="col">Booked, {zoneName(zone, lines[0]?.atMs ?? 0)}</th>
          <th scope="col">What</th>
          <th scope="col">About</th>
          <th scope="col" className="number">
            Amount, {currency}
          </th>
          <th scope="col" className="number">
            Balance after
          </th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.entryId}>
            <td title={describeInstant(line.atMs, zone)}>
              {formatInZone(line.atMs, zone, 'day')} {formatInZone(line.atMs, zone, 'time')}
            </td>
            <td>{LEDGER_WORDS[line.kind]}</td>
            <td className="mono ledger-about" title={line.reference}>
              {line.reference}
            </td>
            <td className="number">{minorWords(line.amountMinor, minorDigits, { signed: true })}</td>
            <td className="number">{minorWords(line.balanceAfterMinor, minorDigits)}</td>
            <td className="muted ledger-note" title={line.note}>
              {line.note ?? ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
