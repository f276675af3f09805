/** Marketplace facts on the screen: plain while the link lives; otherwise dimmed, hatched, and saying since when. */
import type { ReactNode } from 'react';
import { useWallNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { knownUntilMs, useMarketplaceLink } from './marketplace-link.ts';

export function AsOfLink({ children, says }: { readonly children: ReactNode; readonly says?: 'age' }) {
  const { isLive, status } = useMarketplaceLink();
  const now = useWallNow();
  if (isLive) return <>{children}</>;
  const until = knownUntilMs(status);
  const age = until === undefined ? 'before this start' : `${wholeAge(now - until)} ago`;
  return (
    <span className="live-value stale" title={`The marketplace link is down; last heard ${age}.`}>
      {children}
      {says === 'age' && <span className="live-age"> · as of {age}</span>}
    </span>
  );
}
