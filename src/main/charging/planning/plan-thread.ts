/**
 * Asks the planner in its thread. A planner that dies or does not answer is started again, and whoever waited is told; charge points meanwhile
 * do what they were told last, then their fallback.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ChargingPlan } from '../../../shared/domain/charging/plan-charging.ts';
import type { PlanBefore } from '../../../shared/domain/charging/site-network.ts';
import type { PlanCase } from '../../../shared/domain/charging/plan-case.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

export type PlanThread = {
  /** @param before as `planCharging` takes it */
  readonly plan: (
    plan: PlanCase,
    before?: PlanBefore,
  ) => Promise<Result<ChargingPlan, 'planner-failed' | 'planner-gone'>>;
  /** Ends the thread as a crash would; the next question starts it again. */
  readonly kill: () => void;
  readonly stop: () => void;
};

type Answer = { readonly number: number; readonly result?: ChargingPlan; readonly failure?: string };
type Waiting = (answer: Result<ChargingPlan, 'planner-failed' | 'planner-gone'>) => void;

/** A plan takes milliseconds. */
const PATIENCE_MS = 20_000;
const GONE = 'The planner ended before it answered and is started again. Charge points keep to what they were told.';

/** A first plan that costs nothing warms the code up. */
const WARM_UP: PlanCase = {
  slotHours: 1,
  slots: [{ importPrice: 1, exportPrice: 0, importLimitKw: 1, loadKw: 0, pvKw: 0 }],
  demand: { pricePerKw: 1, peakSoFarKw: 0 },
  feeders: [],
  vehicles: [{ id: '', needKwh: 1, fromSlot: 0, maxKw: [1], feeder: undefined, offers: [], missingPrice: 9 }],
};

export function startPlanThread(log: (line: string, detail?: unknown) => void): PlanThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  let isStopped = false;

  function open(): Worker {
    const opened = new Worker(workerFile());
    opened.unref();
    opened.on('message', ({ number, result, failure }: Answer) => {
      const tell = waiting.get(number);
      waiting.delete(number);
      if (failure !== undefined) log('The planner failed on a case.', failure);
      tell?.(
        result === undefined
          ? refuse(
              'planner-failed',
              'The planner failed on this case; the plan before it still holds. The log has the details.',
            )
          : accept(result),
      );
    });
    opened.on('error', (error) => log('The planner’s thread ended.', error));
    opened.on('exit', () => {
      if (worker === opened) worker = undefined;
      dropAll();
    });
    opened.postMessage({ number: -1, plan: WARM_UP });
    return opened;
  }

  function dropAll(): void {
    const tells = [...waiting.values()];
    waiting.clear();
    for (const tell of tells) tell(refuse('planner-gone', GONE));
  }

  worker = open();
  return {
    plan: (plan, before) =>
      new Promise((resolve) => {
        if (isStopped) {
          resolve(refuse('planner-gone', GONE));
          return;
        }
        const number = ++asked;
        const timer = setTimeout(() => void worker?.terminate(), PATIENCE_MS);
        waiting.set(number, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        worker ??= open();
        worker.postMessage({ number, plan, before });
      }),
    kill: () => void worker?.terminate(),
    stop: () => {
      isStopped = true;
      void worker?.terminate();
      dropAll();
    },
  };
}

/** Beside this module as it is written, or beside the bundle that it has become a part of. */
function workerFile(): URL {
  const places = ['./plan-worker.ts', './plan-worker.js', '../plan-worker.js'].map(
    (place) => new URL(place, import.meta.url),
  );
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  if (found === undefined) throw new Error('The planner’s file is missing from this installation.');
  return found;
}
