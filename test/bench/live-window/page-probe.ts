/**
 * Runs in the console's own page before the page does, and only watches: frames of the screen, long tasks, telemetry frames
 * as they arrive, and when what they told was painted. The bench takes what it noted through `switchyardBench`.
 */
import { decodeTelemetryFrame } from '../../../src/shared/ipc/telemetry-frame.ts';
import { nameOfFix } from './sampled-fixes.ts';

export type PageNotes = {
  /** From one frame of the screen to the next. */
  readonly frameMs: number[];
  readonly longTaskMs: number[];
  /** The painter's own time for each painted frame, in its worker. */
  readonly paintMs: number[];
  readonly telemetryFrames: number;
  /** Wall clock, by the name of the position: when it came to the page, and when the first frame that shows it was out. */
  readonly shown: (readonly [name: string, atPageMs: number, onScreenMs: number])[];
};

type Waiting = { readonly names: readonly string[]; readonly atPageMs: number; readonly steadyMs: number };

const MOST_KEPT_FRAMES = 75;
const MOST_WAITING = 50;

function emptyNotes() {
  return { frameMs: [], longTaskMs: [], paintMs: [], telemetryFrames: 0, shown: [] };
}

let notes: { -readonly [Key in keyof PageNotes]: PageNotes[Key] } = emptyNotes();
let waiting: Waiting[] = [];
/** The newest frames as they came, for the comparison of layers; the first is the whole fleet. */
const kept: ArrayBuffer[] = [];

const steadyNow = () => performance.timeOrigin + performance.now();

function noteFrame(buffer: ArrayBuffer): void {
  notes.telemetryFrames += 1;
  if (kept.length < MOST_KEPT_FRAMES) kept.push(buffer.slice(0));
  const { atMs, latitudeE7, longitudeE7, count } = decodeTelemetryFrame(buffer);
  const names: string[] = [];
  for (let row = 0; row < count; row++) {
    const name = nameOfFix(atMs[row] as number, latitudeE7[row] as number, longitudeE7[row] as number);
    if (name !== undefined) names.push(name);
  }
  // While cells are shown instead of markers nothing is painted, and nobody waits for it.
  if (waiting.length >= MOST_WAITING) waiting.shift();
  waiting.push({ names, atPageMs: Date.now(), steadyMs: steadyNow() });
}

function watchPorts(): void {
  const plain = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...plain,
    set(this: MessagePort, listener: (event: MessageEvent) => void) {
      plain?.set?.call(this, (event: MessageEvent<{ type?: unknown; frame?: unknown } | null>) => {
        if (event.data?.type === 'frame' && event.data.frame instanceof ArrayBuffer) noteFrame(event.data.frame);
        listener.call(this, event);
      });
    },
  });
}

/** The pixels go out with the next frame of the screen: the task that follows it is the first moment after that. */
function afterNextFrame(then: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      then();
    });
    port1.start();
    port2.postMessage(0);
  });
}

function watchPaint(): void {
  const onPainted = (event: Event) => {
    const { detail } = event as CustomEvent<{ readonly fixesAtMs: number; readonly workMs: number }>;
    notes.paintMs.push(detail.workMs);
    // The layer hands fixes on while their frame is handled, so a batch is at least as young as its frame.
    const shownNow = waiting.filter(({ steadyMs }) => steadyMs <= detail.fixesAtMs);
    if (shownNow.length === 0) return;
    waiting = waiting.filter(({ steadyMs }) => steadyMs > detail.fixesAtMs);
    afterNextFrame(() => {
      const onScreenMs = Date.now();
      for (const { names, atPageMs } of shownNow)
        for (const name of names) notes.shown.push([name, atPageMs, onScreenMs]);
    });
  };
  document.addEventListener('painted', onPainted, true);
}

function watchFrames(): void {
  let lastMs: number | undefined;
  const frame = (atMs: number) => {
    if (lastMs !== undefined) notes.frameMs.push(atMs - lastMs);
    lastMs = atMs;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) notes.longTaskMs.push(entry.duration);
  }).observe({ type: 'longtask' });
}

watchPorts();
watchPaint();
watchFrames();

Object.assign(globalThis, {
  switchyardBench: {
    /** What was noted since it was last asked. */
    take: (): PageNotes => {
      const taken = notes;
      notes = emptyNotes();
      return taken;
    },
    /** The first telemetry frames as base64: the whole fleet, then what changed. */
    frames: (): string[] =>
      kept.map((buffer) => {
        let text = '';
        const bytes = new Uint8Array(buffer);
        for (let at = 0; at < bytes.length; at += 0x8000)
          text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
        return btoa(text);
      }),
  },
});
