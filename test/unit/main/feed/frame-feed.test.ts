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

  it('sends soon after a pause, and never more often than its rate', () => {
    vi.useFakeTimers();
    const { feed, got, subscription } = stage();
    const sentAfterMs: number[] = [];
    vi.advanceTimersByTime(1000);
    for (let ms = 0; ms < 1000; ms++) {
      const before = got.length;
      feed.changed([ms % 250]);
      vi.advanceTimersByTime(1);
      subscription.taken();
      if (got.length > before) sentAfterMs.push(ms + 1);
    }
    expect(sentAfterMs[0]).toBeLessThanOrEqual(26);
    const gaps = sentAfterMs.slice(1).map((ms, at) => ms - (sentAfterMs[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
    expect(sentAfterMs.length).toBe(5);
    subscription.stop();
    vi.useRealTimers();
  });
});
