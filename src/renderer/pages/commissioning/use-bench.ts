/** The bench as the page works with it: the draft of this profile, what the backend says of the search, and the commands. */
import { useEffect, useMemo, useState } from 'react';
import type { BenchRecord, FoundMeter } from '../../../shared/ipc/metering/commissioning-contract.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useShellState } from '../../link/shell-bridge.ts';
import { useOnlyRecord } from '../../link/use-feed.ts';
import { changeDraft, useDraft } from '../../metering/commissioning/draft/draft-store.ts';
import type { LineDraft, WhereDraft } from '../../metering/commissioning/draft/line-draft.ts';
import { addressKey, readAddress } from '../../metering/commissioning/draft/line-place.ts';
import { mergeFound } from '../../metering/commissioning/draft/merge-found.ts';
import { planScan, type ScanPlan } from '../../metering/commissioning/draft/scan-plan.ts';

/** How long "opening" is said without a word of the backend. */
const PENDING_MS = 3000;

export function useBench() {
  const shell = useShellState();
  const profile = shell?.phase === 'running' ? shell.profileName : '';
  const draft = useDraft(profile);
  const bench = useOnlyRecord('metering/bench');
  const [refused, setRefused] = useState<Extract<ScanPlan, { readonly ok: false }>>();
  const [isPending, setPending] = useState(false);
  const onDraft = useMemo(() => (change: (before: LineDraft) => LineDraft) => changeDraft(profile, change), [profile]);

  const found = foundHere(bench, draft.where);
  const foundAt = bench?.address === undefined ? undefined : addressKey(bench.address);
  useEffect(() => {
    if (found.length > 0) changeDraft(profile, (before) => mergeFound(before, found, foundAt));
  }, [found, foundAt, profile]);
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = window.setTimeout(() => setPending(false), PENDING_MS);
    return () => window.clearTimeout(timer);
  }, [isPending]);
  // The backend's first word of the new search ends the waiting.
  useEffect(() => setPending(false), [bench?.state, bench?.startedAtMs]);

  /** @param inService the line that is read there now, and is to be searched all the same */
  const search = async (inService: string | undefined) => {
    const plan = planScan(draft.where, draft.how);
    setRefused(plan.ok ? undefined : plan);
    if (!plan.ok) return;
    setPending(true);
    const isFree =
      inService === undefined ||
      (await sendCommand('metering/withdraw-line', { lineId: inService }, 'Putting the line out of service'));
    const isBegun = isFree && (await sendCommand('metering/scan-line', plan.request, 'The search'));
    if (!isBegun) setPending(false);
  };

  return {
    draft,
    onDraft,
    bench,
    found,
    isPending,
    /** Problems of the fields are said once a search was asked for, and go as soon as they are mended. */
    scanProblems: useStillWrong(refused, draft),
    search,
    stop: () => void sendCommand('metering/stop-scan', {}, 'Stopping the search'),
    close: () => void sendCommand('metering/close-bench', {}, 'Closing the line'),
  };
}

const NOTHING_FOUND: readonly FoundMeter[] = [];

/** What answered at the draft's own line: the bench may still hold another. */
function foundHere(bench: BenchRecord | undefined, where: WhereDraft): readonly FoundMeter[] {
  const place = readAddress(where);
  if (bench?.address === undefined || !place.ok) return NOTHING_FOUND;
  return addressKey(place.address) === addressKey(bench.address) ? bench.found : NOTHING_FOUND;
}

function useStillWrong(refused: Extract<ScanPlan, { readonly ok: false }> | undefined, draft: LineDraft) {
  const plan = refused === undefined ? undefined : planScan(draft.where, draft.how);
  return plan === undefined || plan.ok ? { where: {}, how: {} } : { where: plan.where, how: plan.how };
}
