/** One account: what is there, what is bound, what a start may still cost, and who is refused first if nobody does anything. */
import './account.css';
import type { AccountStanding } from '../../shared/domain/account/account.ts';
import { useNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { minorWords } from '../tariff/money-text.ts';
import { accountMoney, compareStated, creditOutlook } from './credit-words.ts';

type CreditCardProps = {
  readonly account: AccountStanding;
  readonly zone: string;
  readonly isChosen: boolean;
  readonly vehicleName: (vehicleId: string) => string;
  readonly onChoose: () => void;
};

export function CreditCard({ account, zone, isChosen, vehicleName, onChoose }: CreditCardProps) {
  const now = useNow();
  const outlook = creditOutlook(account, now, zone, vehicleName);
  const { runningSessions, predictedMinor, asOfMs, kind } = account;
  return (
    <section className="card credit-card" aria-label={`Account ${account.name}`} data-chosen={isChosen}>
      <header>
        <h2>{account.name}</h2>
        <small>{kind}</small>
        <span className="end">
          <button type="button" className="btn" aria-pressed={isChosen} onClick={onChoose}>
            Books
          </button>
        </span>
      </header>
      <div className="credit-body">
        <p className="credit-available">
          <span className="muted">Available, {account.currency}</span>
          <b>{minorWords(account.availableMinor, account.minorDigits)}</b>
        </p>
        <dl className="credit-figures">
          <Figures account={account} />
        </dl>
        <CreditBar account={account} />
        <p className="credit-outlook">
          {outlook.priority !== undefined && (
            <span className="mark" data-priority={outlook.priority} aria-hidden="true">
              {outlook.priority}
            </span>
          )}
          <span>{outlook.sentence}</span>
        </p>
        <p className="muted">
          {runningSessions === 0
            ? 'No session is running.'
            : `${runningSessions === 1 ? 'One session is running and' : `${runningSessions} sessions are running and`} will cost about ${accountMoney(predictedMinor, account)} more than is held.`}
        </p>
        <Stated account={account} zone={zone} now={now} />
        <p className="muted" title={describeInstant(asOfMs, zone)}>
          Our books as of {wholeAge(now - asOfMs)} ago
        </p>
      </div>
    </section>
  );
}

function Figures({ account }: { readonly account: AccountStanding }) {
  const { kind, balanceMinor, holdsMinor, creditLimitMinor, exposureMinor, startMinimumMinor, minorDigits } = account;
  const figures =
    kind === 'prepaid'
      ? [
          ['Balance', balanceMinor],
          ['Held', holdsMinor],
          ['A start needs', startMinimumMinor],
        ]
      : [
          ['Limit', creditLimitMinor],
          ['Exposure', exposureMinor],
          ['Of it held', holdsMinor],
          ['A start needs', startMinimumMinor],
        ];
  return figures.map(([name, minor]) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{typeof minor === 'number' ? minorWords(minor, minorDigits) : 'not stated'}</dd>
    </div>
  ));
}

/** How much of what there is is taken; only a picture of the figures above it. */
function CreditBar({ account }: { readonly account: AccountStanding }) {
  const { kind, balanceMinor, holdsMinor, creditLimitMinor, exposureMinor, availableMinor, startMinimumMinor } =
    account;
  const whole = kind === 'prepaid' ? balanceMinor : (creditLimitMinor ?? 0);
  if (whole <= 0) return null;
  const taken = kind === 'prepaid' ? holdsMinor : (exposureMinor ?? 0);
  const percent = Math.min(100, Math.max(0, (taken / whole) * 100));
  return (
    <span className="credit-bar" aria-hidden="true" data-short={availableMinor < startMinimumMinor}>
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}

type StatedProps = { readonly account: AccountStanding; readonly zone: string; readonly now: number };

function Stated({ account, zone, now }: StatedProps) {
  const compared = compareStated(account);
  const { stated } = account;
  if (compared === undefined || stated === undefined)
    return <p className="muted">FLO has made no statement of this account yet.</p>;
  return (
    <p className="credit-outlook" title={describeInstant(stated.atMs, zone)}>
      {!compared.isSame && (
        <span className="mark" data-priority="3" aria-hidden="true">
          3
        </span>
      )}
      <span>
        {compared.sentence}{' '}
        <span className="muted">
          Balance {accountMoney(stated.balanceMinor, account)}
          {stated.holdsMinor !== undefined && `, held ${accountMoney(stated.holdsMinor, account)}`},{' '}
          {wholeAge(now - stated.atMs)} ago.
        </span>
      </span>
    </p>
  );
}
