/**
 * Started by the bench in the place of one of the console's processes: measures how late its event loop is, and then is that
 * process. A line of JSON every few seconds goes to a file, so that measuring costs next to nothing.
 */
import { appendFile } from 'node:fs';
import { pathToFileURL } from 'node:url';

const TICK_MS = 10;
const TELL_EVERY_MS = 5000;

let late: number[] = [];
let expectedMs = performance.now() + TICK_MS;

function tick(): void {
  const nowMs = performance.now();
  // A stall is felt by everything that wanted to happen during it, not once: whoever came half-way waited half as long.
  for (let lateMs = Math.max(0, nowMs - expectedMs); ; lateMs -= TICK_MS) {
    late.push(Math.round(lateMs * 10) / 10);
    if (lateMs <= TICK_MS) break;
  }
  expectedMs = nowMs + TICK_MS;
  setTimeout(tick, TICK_MS).unref();
}

function tell(): void {
  const line = `${JSON.stringify({ atMs: Date.now(), late, heapBytes: process.memoryUsage().heapUsed })}\n`;
  late = [];
  // Nobody is there to be told when the bench's own folder is gone: the process is about to end.
  appendFile(process.env['SWITCHYARD_BENCH_FILE'] ?? '', line, () => {});
}

setTimeout(tick, TICK_MS).unref();
setInterval(tell, TELL_EVERY_MS).unref();
await import(/* @vite-ignore */ pathToFileURL(process.env['SWITCHYARD_BENCH_ENTRY'] ?? '').href);
