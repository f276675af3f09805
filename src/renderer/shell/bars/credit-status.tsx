/** Said in the bottom line while an account will soon be answered NO_CREDIT: early enough to pay, and silent otherwise. */
import { Link } from '@tanstack/react-router';
import { firstWithoutCredit } from '../../account/credit-words.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { useFeed } from '../../link/use-feed.ts';

export function CreditStatus() {
  const { records } = useFeed('account/accounts');
  const now = useNow(5000);
  const first = firstWithoutCredit(records.values(), now);
  if (first === undefined) return null;
  const { account, atMs } = first;
  const isNow = atMs <= now;
  const said = isNow ? 'refuses starts now' : `meets NO_CREDIT in ${wholeAge(atMs - now)}`;
  return (
    <Link
      to="/terms"
      {...({ search: { tab: 'credit', account: account.accountId } } as object)}
      className="status-link"
      title={`Account ${account.name} ${said}. Who is refused first, and what helps, stands on the Terms page (G then T).`}
    >
      <span className="mark" data-priority={isNow ? 2 : 3} aria-hidden="true">
        {isNow ? 2 : 3}
      </span>
      {account.name} <b>{said}</b>
    </Link>
  );
}
