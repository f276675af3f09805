/** A small client for the demo's own levers (see control-routes.ts), for the backend. */
import type { ClockLine } from '../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { DemoRate } from './demo-clock.ts';
import type { FaultKind } from './scripted-faults.ts';
import type { StreetPolyline } from './streets/street-polylines.ts';

export type DemoClockState = ClockLine & { readonly seed: number; readonly vehicles: number };
export type DemoFault = { readonly kind: FaultKind; readonly until_wall_ms: number; readonly depot_id?: string };
export type DemoStreets = {
  readonly cities: readonly { readonly name: string; readonly polylines: readonly StreetPolyline[] }[];
};

export type DemoControl = {
  readonly readClock: () => Promise<Result<DemoClockState>>;
  readonly setSpeed: (rate: DemoRate) => Promise<Result<DemoClockState>>;
  readonly startFault: (kind: FaultKind, durationS: number, depotId?: string) => Promise<Result<DemoFault>>;
  readonly readFaults: () => Promise<Result<readonly DemoFault[]>>;
  readonly readStreets: () => Promise<Result<DemoStreets>>;
};

const TIMEOUT_MS = 5000;

export function createDemoControl(url: string, token: string): DemoControl {
  const ask = async <T>(path: string, body?: unknown): Promise<Result<T>> => {
    try {
      const response = await fetch(new URL(path, url), {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as { code?: string; message?: string };
      if (response.ok) return accept(answer as T);
      return refuse(answer.code ?? 'demo-refused', answer.message ?? 'The demo refused without a reason.');
    } catch {
      return refuse('demo-unreachable', 'The demo does not answer. Close the demo profile and open it again.');
    }
  };
  return {
    readClock: () => ask('/demo/clock'),
    setSpeed: (rate) => ask('/demo/speed', { rate }),
    startFault: (kind, durationS, depotId) =>
      ask('/demo/fault', { kind, duration_s: durationS, ...(depotId === undefined ? {} : { depot_id: depotId }) }),
    readFaults: async () => {
      const answer = await ask<{ faults: readonly DemoFault[] }>('/demo/faults');
      return answer.ok ? accept(answer.value.faults) : answer;
    },
    readStreets: () => ask('/demo/streets'),
  };
}
