/** How Live, and pages like it, are divided: the width of the right column and the share of its upper part. Kept on this computer. */
import { useCallback, useEffect, useState, type CSSProperties } from 'react';

export type Splits = {
  /** Undefined: as the window's width suggests. */
  readonly sidePx: number | undefined;
  readonly upperShare: number;
};

/** One page's own division; the same object at each render. */
export type SplitPlan = {
  readonly storedAs: string;
  readonly upperShare: number;
  readonly suggestSidePx: (windowWidth: number) => number;
};

const LIVE_SPLITS: SplitPlan = { storedAs: 'switchyard.live.splits', upperShare: 0.5, suggestSidePx: suggestedSidePx };
const NARROWEST_SIDE = 400;
const NARROWEST_MAP = 320;

/** Within what the list needs and what the map can spare. */
export function suggestedSidePx(windowWidth: number): number {
  return Math.round(Math.min(660, Math.max(484, windowWidth * 0.44)));
}

export function clampSide(px: number, windowWidth: number): number {
  return Math.round(Math.max(NARROWEST_SIDE, Math.min(px, windowWidth - NARROWEST_MAP)));
}

export function clampUpper(share: number): number {
  return Math.min(0.8, Math.max(0.2, share));
}

function recall({ storedAs, upperShare }: SplitPlan): Splits {
  const first: Splits = { sidePx: undefined, upperShare };
  try {
    const stored = JSON.parse(localStorage.getItem(storedAs) ?? 'null') as Partial<Splits> | null;
    return {
      sidePx: typeof stored?.sidePx === 'number' ? stored.sidePx : undefined,
      upperShare: typeof stored?.upperShare === 'number' ? clampUpper(stored.upperShare) : upperShare,
    };
  } catch {
    return first;
  }
}

export function useSplits(plan: SplitPlan = LIVE_SPLITS) {
  const [splits, setSplits] = useState(() => recall(plan));
  const [windowWidth, setWindowWidth] = useState(window.innerWidth);
  useEffect(() => {
    const onResize = () => setWindowWidth(window.innerWidth);
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
  useEffect(() => {
    try {
      localStorage.setItem(plan.storedAs, JSON.stringify(splits));
    } catch {
      // A full or forbidden storage costs the memory of the layout and nothing else.
    }
  }, [splits, plan]);
  const sidePx = clampSide(splits.sidePx ?? plan.suggestSidePx(windowWidth), windowWidth);
  const moveSide = useCallback(
    (pixels: number) =>
      setSplits((before) => ({
        ...before,
        sidePx: clampSide((before.sidePx ?? plan.suggestSidePx(window.innerWidth)) - pixels, window.innerWidth),
      })),
    [plan],
  );
  const moveUpper = useCallback(
    (pixels: number, wholePx: number) =>
      setSplits((before) => ({ ...before, upperShare: clampUpper(before.upperShare + pixels / Math.max(1, wholePx)) })),
    [],
  );
  const resetSide = useCallback(() => setSplits((before) => ({ ...before, sidePx: undefined })), []);
  const resetUpper = useCallback(() => setSplits((before) => ({ ...before, upperShare: plan.upperShare })), [plan]);
  const style = {
    '--side': `${sidePx}px`,
    '--upper': `${splits.upperShare}fr`,
    '--lower': `${1 - splits.upperShare}fr`,
  } as CSSProperties;
  return {
    style,
    sideShare: sidePx / windowWidth,
    upperShare: splits.upperShare,
    moveSide,
    moveUpper,
    resetSide,
    resetUpper,
  };
}
