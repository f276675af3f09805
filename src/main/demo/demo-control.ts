/** A small client for the demo's own levers (see control-routes.ts), for the backend. */
import type { ClockLine } from '../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { ReportedFailure } from './commerce/reported-failures.ts';
import type { DemoRate } from './demo-clock.ts';
import type { FaultKind } from './scripted-faults.ts';
import type { StreetPolyline } from './streets/street-polylines.ts';

export type DemoClockState = ClockLine & { readonly seed: number; readonly vehicles: number };
export type DemoFault = { readonly kind: FaultKind; readonly until_wall_ms: number; readonly depot_id?: string };
export type DemoStreets = {
  readonly cities: readonly { readonly name: string; readonly polylines: readonly StreetPolyline[] }[];
};

/** One meter's counts before the demo began, as a file of intervals. */
export type DemoEnergyFile = { readonly meter_id: string; readonly file_name: string; readonly csv: string };

export type DemoControl = {
  readonly readClock: () => Promise<Result<DemoClockState>>;
  readonly setSpeed: (rate: DemoRate) => Promise<Result<DemoClockState>>;
  readonly startFault: (kind: FaultKind, durationS: number, depotId?: string) => Promise<Result<DemoFault>>;
  /** Answers with the faults that go on. */
  readonly stopFault: (kind: FaultKind) => Promise<Result<readonly DemoFault[]>>;
  readonly readFaults: () => Promise<Result<readonly DemoFault[]>>;
  readonly readStreets: () => Promise<Result<DemoStreets>>;
  /** Not checked yet. `spare` is where a device server has a meter that nobody set up. */
  readonly readLines: () => Promise<Result<{ readonly lines: unknown; readonly spare: string }>>;
  /** Worked out when it is asked for: seconds for a large fleet. */
  readonly readEnergyHistory: () => Promise<Result<readonly DemoEnergyFile[]>>;
  /** What drivers reported before the demo began. */
  readonly readFailures: () => Promise<Result<readonly ReportedFailure[]>>;
  /** Not checked yet: each yard's settings and terms. */
  readonly readSites: () => Promise<Result<unknown>>;
};

const TIMEOUT_MS = 5000;
const HISTORY_TIMEOUT_MS = 60_000;

export function createDemoControl(url: string, token: string): DemoControl {
  const ask = async <T>(path: string, body?: unknown, timeoutMs = TIMEOUT_MS): Promise<Result<T>> => {
    try {
      const response = await fetch(new URL(path, url), {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
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
    stopFault: async (kind) => faultsOf(await ask('/demo/stop-fault', { kind })),
    readFaults: async () => faultsOf(await ask('/demo/faults')),
    readStreets: () => ask('/demo/streets'),
    readLines: () => ask('/demo/lines'),
    readEnergyHistory: async () => {
      const answer = await ask<{ files: readonly DemoEnergyFile[] }>(
        '/demo/energy-history',
        undefined,
        HISTORY_TIMEOUT_MS,
      );
      return answer.ok ? accept(answer.value.files) : answer;
    },
    readSites: async () => {
      const answer = await ask<{ sites: unknown }>('/demo/sites');
      return answer.ok ? accept(answer.value.sites) : answer;
    },
    readFailures: async () => {
      const answer = await ask<{ failures: readonly ReportedFailure[] }>('/demo/failures');
      return answer.ok ? accept(answer.value.failures) : answer;
    },
  };
}

function faultsOf(answer: Result<{ faults: readonly DemoFault[] }>): Result<readonly DemoFault[]> {
  return answer.ok ? accept(answer.value.faults) : answer;
}
