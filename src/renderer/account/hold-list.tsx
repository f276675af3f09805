/** What is held on one account for which vehicle, and what its session will cost as it looks. */
import './account.css';
import type { AccountStanding, Hold } from '../../shared/domain/account/account.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { formatInZone } from '../instruments/clock/zone-time.ts';
import { minorWords } from '../tariff/money-text.ts';

type HoldListProps = {
  readonly account: AccountStanding;
  readonly holds: readonly Hold[];
  readonly zone: string;
  readonly vehicleName: (vehicleId: string) => string;
};

export function HoldList({ account, holds, zone, vehicleName }: HoldListProps) {
  // Captured and released ones bind nothing any more; the books tell of them.
  const held = holds.filter(({ state }) => state === 'held');
  if (held.length === 0)
    return (
      <p className="empty">
        <b>Nothing is held.</b>
        Money is held when a session is asked for, and released or charged when its record comes.
      </p>
    );
  const { minorDigits, currency } = account;
  return (
    <table className="list holds">
      <thead>
        <tr>
          <th scope="col">Vehicle</th>
          <th scope="col" className="number">
            Held, {currency}
          </th>
          <th scope="col" className="number">
            Will cost about
          </th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {held.map((hold) => (
          <tr key={hold.holdId} title={hold.sessionId === undefined ? hold.holdId : `Session ${hold.sessionId}`}>
            <td>{hold.vehicleId === undefined ? 'not known' : vehicleName(hold.vehicleId)}</td>
            <td className="number">{minorWords(hold.amountMinor, minorDigits)}</td>
            <td className="number">
              {hold.predictedMinor === undefined ? '–' : minorWords(hold.predictedMinor, minorDigits)}
              {(hold.predictedMinor ?? 0) > hold.amountMinor && <span className="muted"> more than held</span>}
            </td>
            <td title={describeInstant(hold.openedAtMs, zone)}>
              {formatInZone(hold.openedAtMs, zone, 'day')} {formatInZone(hold.openedAtMs, zone, 'minute')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
