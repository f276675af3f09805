import { describe, expect, it, vi } from 'vitest';
import { openFrameFeed } from '../../../../src/main/feed/frame-feed.ts';

/** Frames here hold their keys as bytes, so that a test can read back what was sent. */
function stage() {
  const feed = openFrameFeed({
    maxRateHz: 5,
    encode: (keys) => new Uint8Array(keys === undefined ? [255] : [...keys].toSorted((a, b) => a - b)).buffer,
  });
  const got: number[][] = [];
  const subscription = feed.subscribe((frame) => got.push([...new Uint8Array(frame)]));
  return { feed, got, subscription };
}

describe('frame feed', () => {
  it('sends the whole first and then only what changed', () => {
    vi.useFakeTimers();
    const { feed, got, subscription } = stage();
    subscription.taken();
    feed.changed([3, 1]);
    feed.changed([3]);
    vi.advanceTimersByTime(200);
    expect(got).toEqual([[255], [1, 3]]);
    feed.stop();
    vi.useRealTimers();
  });

  it('merges for a reader that does not take its frames, and loses no key', () => {
    vi.useFakeTimers();
    const { feed, got, subscription } = stage();
    for (let key = 1; key <= 10; key++) {
      feed.changed([key]);
      vi.advanceTimersByTime(200);
    }
    expect(got).toEqual([[255], [1]]);
    subscription.taken();
    vi.advanceTimersByTime(200);
    expect(got.at(-1)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    subscription.stop();
    vi.useRealTimers();
  });
});
