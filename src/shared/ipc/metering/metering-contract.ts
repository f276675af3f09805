/** What the window hears of meters and the lines they hang on, and what it may ask of their history. */
import { z } from 'zod';
import type { LineProtocol } from '../../domain/metering/line-protocol.ts';
import type { MeterCounts } from '../../domain/metering/meter-health.ts';
import type { Meter, MeterValues } from '../../domain/metering/meter.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh, PowerW } from '../../kernel/quantity.ts';
import { answersWith, feed } from '../contract.ts';

/**
 * opening  trying; `sinceMs` says since when
 * open     bytes can go both ways (which does not say that any meter answers)
 * lost     unplugged, unreachable or busy; trying again at `nextTryAtMs`
 */
export type LineState = 'opening' | 'open' | 'lost';

/** All instants here are wall-clock: a line is a thing of the real world, also in the demo. */
export type LineRecord = {
  readonly id: string;
  readonly name: string;
  readonly depotId: string;
  readonly protocol: LineProtocol;
  /** The demo's own, or set up by an operator, who may change it. */
  readonly origin: 'demo' | 'operator';
  /** Where it is, as a person would say it: `device server 10.0.4.7:4001`, `adapter FT4K2B at /dev/ttyUSB0`. */
  readonly address: string;
  /** `9600 8N1` */
  readonly settings: string;
  readonly state: LineState;
  readonly sinceMs: EpochMs;
  readonly nextTryAtMs: EpochMs | undefined;
  /** Why it is lost, as a sentence that says what to do. */
  readonly reason: string | undefined;
  readonly lastByteAtMs: EpochMs | undefined;
  /** How often the line was opened again after it was lost, since this profile was opened. */
  readonly reopened: number;
  /** Counted since this profile was opened. */
  readonly bytesSent: number;
  readonly bytesHeard: number;
  /** Bytes that were no part of an awaited answer: noise, late answers, other masters. */
  readonly bytesDiscarded: number;
  /** Requests of another master on the same line: there must be none. */
  readonly foreignRequests: number;
};

export type MeterHealth = MeterCounts & {
  /** What is waited for an answer now; late answers raise it. */
  readonly timeoutMs: number;
};

export type MeterRecord = Meter & {
  /** `Eastron SDM630` */
  readonly model: string;
  readonly serialNumber: string | undefined;
  /** The newest reading that was accepted and stored; `atMs` is the profile's clock. It may be old: look at its age. */
  readonly latest: { readonly atMs: EpochMs; readonly values: MeterValues } | undefined;
  /** The newest reading that was refused since then; `atMs` is the profile's clock. */
  readonly refusal: { readonly atMs: EpochMs; readonly code: string; readonly message: string } | undefined;
  readonly health: MeterHealth;
};

export type MeterHistory = {
  /** Oldest first. Thinned to at most `maxPoints`, keeping the first and the last and each point beside a gap. */
  readonly points: readonly {
    readonly atMs: EpochMs;
    readonly powerW: PowerW | undefined;
    readonly importWh: EnergyWh | undefined;
  }[];
  /** How many readings the store holds in the range: what the points stand for. */
  readonly storedCount: number;
};

/** A moment of a line's or meter's life, for the operator's log. Wall-clock. */
export type MeterEvent = {
  readonly id: number;
  readonly atMs: EpochMs;
  /** Empty when it concerns all lines, such as a store that could not be written. */
  readonly lineId: string;
  /** Absent when it concerns the whole line. */
  readonly meterId: string | undefined;
  readonly kind: string;
  readonly note: string;
};

export const meteringContract = {
  'metering/meters': feed<MeterRecord>({ maxRateHz: 2, keyOf: (meter) => meter.id }),
  'metering/lines': feed<LineRecord>({ maxRateHz: 2, keyOf: (line) => line.id }),
  'metering/meter-history': answersWith<MeterHistory>().to(
    z.strictObject({
      meterId: z.string().max(64),
      fromMs: z.number(),
      toMs: z.number(),
      maxPoints: z.int().min(2).max(5000),
    }),
  ),
  /** Newest first; of one meter and its line when `meterId` is given. */
  'metering/events': answersWith<{ readonly events: readonly MeterEvent[] }>().to(
    z.strictObject({ meterId: z.string().max(64).optional(), limit: z.int().min(1).max(500) }),
  ),
} as const;
