/** The planner's own thread: a case comes in, its plan goes out. It keeps nothing, so that it can be stopped at any moment. */
import { parentPort } from 'node:worker_threads';
import { planCharging } from '../../../shared/domain/charging/plan-charging.ts';
import type { PlanBefore } from '../../../shared/domain/charging/site-network.ts';
import type { PlanCase } from '../../../shared/domain/charging/plan-case.ts';

export type PlanRequest = { readonly number: number; readonly plan: PlanCase; readonly before?: PlanBefore };

parentPort?.on('message', ({ number, plan, before }: PlanRequest) => {
  try {
    parentPort?.postMessage({ number, result: planCharging(plan, before) });
  } catch (error) {
    parentPort?.postMessage({
      number,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
