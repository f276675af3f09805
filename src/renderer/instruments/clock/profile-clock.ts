/**
 * The profile's time in the window: the wall clock, or the demo's virtual clock, read from the line in `console/facts`.
 * Ages tick inside the small components that show them, all in the same instant, so nothing larger renders for it.
 */
import { useEffect, useState } from 'react';
import { readClockLine, WALL_CLOCK_LINE, type ClockLine, type EpochMs } from '../../../shared/kernel/instant.ts';
import { recordStore } from '../../link/record-store.ts';

function clockLine(): ClockLine {
  return recordStore('console/facts').view().records.get('console')?.clock ?? WALL_CLOCK_LINE;
}

/** While a tick is told: its instant. At x60 the milliseconds between two listeners would be seconds on their clocks. */
let tickedWallMs: EpochMs | undefined;

function wallNowMs(): EpochMs {
  return tickedWallMs ?? Date.now();
}

/** Now, by the profile's clock; the same for everybody within one tick. */
export function nowMs(): EpochMs {
  return readClockLine(clockLine(), wallNowMs());
}

/** A wall-clock instant of the last moments, as the profile's clock stood then. */
export function profileTimeOf(wallMs: EpochMs): EpochMs {
  return readClockLine(clockLine(), wallMs);
}

/** As often as the clocks of the bar, so that all clocks of the window show the same second. */
const CLOCK_TICK_MS = 500;

type Listener = () => void;
type Ticker = { readonly listeners: Set<Listener>; readonly timer: number; wallMs: EpochMs };
const tickers = new Map<number, Ticker>();
let watchesLine = false;

function tickAll(): void {
  const wallMs = Date.now();
  for (const ticker of tickers.values()) tell(ticker, wallMs);
}

function tell(ticker: Ticker, wallMs: EpochMs): void {
  ticker.wallMs = wallMs;
  tickedWallMs = wallMs;
  try {
    for (const listener of ticker.listeners) listener();
  } finally {
    tickedWallMs = undefined;
  }
}

/** When the demo changes its speed, or the facts first arrive, every clock moves at once and not a second later. */
function watchClockLine(): void {
  if (watchesLine) return;
  watchesLine = true;
  let known = clockLine();
  recordStore('console/facts').onChange(() => {
    const line = clockLine();
    if (line.rate === known.rate && line.virtualAnchorMs === known.virtualAnchorMs) return;
    known = line;
    tickAll();
  });
}

/** Calls back every so many real milliseconds; all callers of one period share one timer. */
export function onTick(everyMs: number, listener: Listener): () => void {
  watchClockLine();
  let ticker = tickers.get(everyMs);
  if (ticker === undefined) {
    const listeners = new Set<Listener>();
    const timer = window.setInterval(() => {
      const told = tickers.get(everyMs);
      if (told !== undefined) tell(told, Date.now());
    }, everyMs);
    ticker = { listeners, timer, wallMs: Date.now() };
    tickers.set(everyMs, ticker);
  }
  const { listeners, timer } = ticker;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    tickers.delete(everyMs);
  };
}

/** The profile's time as React state, renewed every `everyMs` real milliseconds. Use it in small components only. */
export function useNow(everyMs = CLOCK_TICK_MS): EpochMs {
  return useReading(profileTimeOf, everyMs);
}

/** The wall clock likewise: links and the store live in the real world, also in the demo. */
export function useWallNow(everyMs = 1000): EpochMs {
  return useReading(itself, everyMs);
}

function itself(wallMs: EpochMs): EpochMs {
  return wallMs;
}

/** What appears between two ticks shows the last one, as everything beside it does. */
function useReading(readAt: (wallMs: EpochMs) => EpochMs, everyMs: number): EpochMs {
  const read = () => readAt(tickers.get(everyMs)?.wallMs ?? Date.now());
  const [now, setNow] = useState(read);
  useEffect(() => {
    const take = () => setNow(readAt(tickers.get(everyMs)?.wallMs ?? Date.now()));
    const stop = onTick(everyMs, take);
    take();
    return stop;
  }, [readAt, everyMs]);
  return now;
}

/** An age as people say it: `0.4 s`, `12 s`, `4 min`, `3 h 05 min`, `2 d 4 h`. Never negative. */
export function formatAge(ageMs: number): string {
  const age = Number.isFinite(ageMs) ? Math.max(0, ageMs) : 0;
  if (age < 9_950) return `${(age / 1000).toFixed(1)} s`;
  const seconds = Math.floor(age / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Whole seconds: tenths that run in hundreds of cells are noise, not news. */
export function wholeAge(ageMs: number): string {
  return ageMs < 60_000 ? `${Math.max(0, Math.floor(ageMs / 1000))} s` : formatAge(ageMs);
}

/** `4 min ago`. */
export function formatAgo(ageMs: number): string {
  return `${formatAge(ageMs)} ago`;
}
