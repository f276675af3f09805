/** The gaps: where the fleet’s need was not met, what a person made of each, and what became of that at the marketplace. */
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { DemandSignal, InfrastructureGap } from '../../../shared/domain/insight/demand-signal.ts';
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import { distanceM } from '../../fleet/distance.ts';
import { GapDetail } from '../../insight/gap-detail.tsx';
import { GapList } from '../../insight/gap-list.tsx';
import { hiddenWords, newestByCell } from '../../insight/gap-words.ts';
import { proposeReview, type ReviewDraft } from '../../insight/review-draft.ts';
import { ReviewForm } from '../../insight/review-form.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { useAnswer } from '../use-answer.ts';
import { GapMap } from './gap-map.tsx';
import { MINIMUM_COUNTS, type NetworkSearch, type PatchNetworkSearch } from './network-search.ts';
import { ReportFailureDialog } from './report-failure-dialog.tsx';
import { useTimeWindow, type TimeWindow } from './use-time-window.ts';
import { nextWindow, USUAL_WINDOW, WINDOW_WORDS, WindowChoice } from './window-choice.tsx';

type GapsTabProps = {
  readonly tabs: ReactNode;
  readonly zone: string;
  readonly search: NetworkSearch;
  readonly patch: PatchNetworkSearch;
};

const AGAIN_MS = 10_000;
const DAY_MS = 86_400_000;
const NO_GAPS: readonly InfrastructureGap[] = [];

export function GapsTab({ tabs, zone, search, patch }: GapsTabProps) {
  const list = useRef<HTMLDivElement>(null);
  const [isReporting, setReporting] = useState(false);
  const [reports, setReports] = useState(0);
  const length = search.window ?? USUAL_WINDOW;
  const window = useTimeWindow(length, AGAIN_MS);
  const minimumCount = search.least ?? MINIMUM_COUNTS[0];
  const input = useMemo(() => ({ ...window, minimumCount }), [window, minimumCount]);
  const { answer, failure } = useAnswer('insight/gaps', input, reports);
  const gaps = answer?.gaps ?? NO_GAPS;
  const nameOf = useGapNames(gaps);
  const signals = useFeed('insight/signals');
  const newest = useMemo(() => newestByCell(signals.records.values()), [signals]);
  const chosen = gaps.find(({ cell }) => cell === search.cell);
  const signal = chosen && newest.get(chosen.cell);
  const choose = (cell: string | undefined) => patch({ cell }, { replace: true });
  const step = (by: number) => {
    const next = gaps[chosen === undefined ? 0 : gaps.indexOf(chosen) + by];
    if (next === undefined) return;
    choose(next.cell);
    list.current?.querySelector<HTMLElement>(`[data-cell="${next.cell}"]`)?.focus();
  };
  const publish = (signalId: string) =>
    void sendCommand('insight/publish-signal', { signalId }, 'Publishing the signal');
  useShortcuts('Gaps', [
    { keys: 'j', does: 'Next gap', run: () => step(1) },
    { keys: 'k', does: 'Previous gap', run: () => step(-1) },
    { keys: 'w', does: 'Next window of time', run: () => patch({ window: nextWindow(length) }, { replace: true }) },
    { keys: 'r', does: 'Report a failure that a driver told of', run: () => setReporting(true) },
    {
      keys: 'p',
      does: 'Publish the signal of the open gap',
      run: () => signal !== undefined && mayBePublished(signal) && publish(signal.signalId),
    },
    { keys: 'Escape', does: 'Close the gap', run: () => choose(undefined) },
  ]);
  return (
    <div className="network-page" data-split={chosen === undefined ? 'none' : 'gap'}>
      <section className="card gaps" aria-label="Gaps">
        <header>
          <h2>Network</h2>
          {tabs}
          <span className="end">
            <WindowChoice chosen={length} onChoose={(next) => patch({ window: next }, { replace: true })} />
            <button type="button" className="btn" onClick={() => setReporting(true)}>
              Report a failure… <kbd>R</kbd>
            </button>
          </span>
        </header>
        <div className="network-bar">
          <p role="status">
            {answer === undefined ? (failure ?? '…') : sayGathered(answer.needs, gaps.length, WINDOW_WORDS[length])}{' '}
            {answer !== undefined && <span className="muted">{hiddenWords(answer.hiddenCells, minimumCount)}</span>}
          </p>
          <LeastChoice chosen={minimumCount} onChoose={(least) => patch({ least }, { replace: true })} />
        </div>
        <GapMap
          gaps={gaps}
          chosen={chosen}
          describe={(gap) => `Near ${nameOf(gap)}: ${grouped(gap.count)} failures of ${grouped(gap.vehicles)} vehicles`}
          onChoose={choose}
        />
        <div className="scroller gap-scroller" ref={list} tabIndex={0} role="region" aria-label="List of gaps">
          {answer !== undefined && gaps.length === 0 ? (
            <NoGaps needs={answer.needs} />
          ) : (
            <GapList
              gaps={gaps}
              chosen={search.cell}
              nameOf={nameOf}
              signalOf={(cell) => newest.get(cell)}
              onChoose={choose}
            />
          )}
        </div>
      </section>
      {chosen !== undefined && (
        <GapDetail
          gap={chosen}
          name={nameOf(chosen)}
          signal={signal}
          review={
            <Review key={`${chosen.cell} ${signal?.signalId ?? ''}`} gap={chosen} signal={signal} window={window} />
          }
          onPublish={publish}
          onClose={() => choose(undefined)}
        />
      )}
      {isReporting && (
        <ReportFailureDialog
          zone={zone}
          onReported={() => setReports((before) => before + 1)}
          onClose={() => setReporting(false)}
        />
      )}
    </div>
  );
}

function mayBePublished({ state }: DemandSignal): boolean {
  return state === 'draft' || state === 'refused';
}

function isStanding({ state, windowToMs }: DemandSignal, nowMs: number): boolean {
  return (state === 'publishing' || state === 'published' || state === 'unknown') && windowToMs > nowMs;
}

function sayGathered(needs: number, cells: number, words: string): string {
  const told = needs === 1 ? 'One failure' : `${grouped(needs)} failures`;
  return `${told} in the last ${words}, gathered into ${cells === 1 ? 'one cell' : `${grouped(cells)} cells`}.`;
}

type ReviewProps = {
  readonly gap: InfrastructureGap;
  readonly signal: DemandSignal | undefined;
  readonly window: TimeWindow;
};

/** What is with the marketplace, or may be, is not reviewed over it as long as its window lasts. */
function Review({ gap, signal, window }: ReviewProps) {
  const [proposal] = useState(() => proposeReview(gap, (window.toMs - window.fromMs) / DAY_MS, window.toMs));
  const [isOpen, setOpen] = useState(signal === undefined);
  if (signal !== undefined && isStanding(signal, window.toMs)) return null;
  if (!isOpen)
    return (
      <button type="button" className="btn review-again" onClick={() => setOpen(true)}>
        Review again
      </button>
    );
  const send = (decision: 'draft' | 'dismissed', review: ReviewDraft) =>
    void sendCommand('insight/review-gap', { cell: gap.cell, decision, ...review }, 'The review');
  return <ReviewForm proposal={proposal} zone={gap.timeZone} onReview={send} />;
}

type LeastChoiceProps = {
  readonly chosen: number;
  readonly onChoose: (least: NetworkSearch['least']) => void;
};

function LeastChoice({ chosen, onChoose }: LeastChoiceProps) {
  return (
    <label className="least-choice">
      At least
      <select
        className="field"
        aria-label="Fewest failures of a cell"
        value={chosen}
        onChange={(event) => {
          const least = MINIMUM_COUNTS.find((each) => each === Number(event.target.value));
          onChoose(least === MINIMUM_COUNTS[0] ? undefined : least);
        }}
      >
        {MINIMUM_COUNTS.map((each) => (
          <option key={each} value={each}>
            {each} failures
          </option>
        ))}
      </select>
    </label>
  );
}

function NoGaps({ needs }: { readonly needs: number }) {
  return (
    <p className="empty">
      <b>
        {needs === 0
          ? 'No charge failed for want of a network in this window.'
          : 'What failed is too little or too scattered to be told.'}
      </b>
      Starts that operators refuse, charge points found blocked or broken, and what drivers tell gather here by
      themselves. A driver’s word is written down with “Report a failure”.
    </p>
  );
}

/** A cell goes by the place nearest to its middle. */
function useGapNames(gaps: readonly InfrastructureGap[]): (gap: InfrastructureGap) => string {
  const { records } = useFeed('marketplace/places');
  const names = useMemo(
    () => new Map(gaps.map((gap) => [gap.cell, nearestName(gap, records.values())])),
    [gaps, records],
  );
  return useCallback((gap) => names.get(gap.cell) ?? gap.cell, [names]);
}

function nearestName(gap: InfrastructureGap, places: Iterable<ChargePlace>): string | undefined {
  let nearest: { readonly name: string; readonly awayM: number } | undefined;
  for (const place of places) {
    const awayM = distanceM(gap, place);
    if (nearest === undefined || awayM < nearest.awayM) nearest = { name: place.name, awayM };
  }
  return nearest?.name;
}
