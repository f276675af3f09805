/**
 * Whether what the marketplace told last may still be shown as the present. States of charge points and sessions change
 * seldom: their own age says nothing, the link's life says everything.
 */
import type { LinkStatus } from '../../shared/ipc/link-contract.ts';
import { useOnlyRecord } from '../link/use-feed.ts';

export type MarketplaceLink = {
  readonly isLive: boolean;
  readonly status: LinkStatus | undefined;
};

export function useMarketplaceLink(): MarketplaceLink {
  const status = useOnlyRecord('link/status');
  return { isLive: status?.state === 'live', status };
}

/** Wall-clock instant up to which the marketplace's words hold. */
export function knownUntilMs(status: LinkStatus | undefined): number | undefined {
  return status?.lastMessageAtMs;
}
