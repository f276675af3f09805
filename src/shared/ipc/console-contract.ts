/** What the window hears of the console itself: its profile, its clock, its store; and the demo's levers. */
import { z } from 'zod';
import type { ClockLine, EpochMs } from '../kernel/instant.ts';
import { answersWith, command, feed } from './contract.ts';

export type ConsoleFacts = {
  /** Always `console`. */
  readonly id: 'console';
  readonly profileId: string;
  readonly profileKind: 'demo' | 'marketplace';
  readonly profileName: string;
  readonly operator: string;
  readonly clock: ClockLine;
  /** Present in a demo profile only. */
  readonly demo:
    | {
        readonly seed: number;
        readonly vehicles: number;
        readonly rate: number;
        readonly faults: readonly { readonly kind: DemoFault; readonly endsAtMs: EpochMs }[];
        /** A device server with a meter that nobody has set up: `127.0.0.1:21043`. */
        readonly spareMeterAt: string | undefined;
      }
    | undefined;
  readonly store: {
    /** `sparing`: the disk is nearly full, so positions and readings wait, while all else is stored. */
    readonly state: 'saving' | 'sparing' | 'failing';
    /** Since when it is not `saving`, by the wall clock. */
    readonly troubleSinceMs: EpochMs | undefined;
    /** Wall clock. */
    readonly lastCommitAtMs: EpochMs | undefined;
    readonly reason: string | undefined;
    /** Set when the position ring had to drop its oldest hour before 24 hours were over. */
    readonly ringShortenedToHours: number | undefined;
  };
};

export const DEMO_FAULTS = [
  'link-lost',
  'commands-refused',
  'answers-late',
  'answers-missing',
  'results-missing',
  'telematics-silent',
  'meter-unplugged',
  'meter-late',
  'meter-noisy',
  'vehicle-late',
  'departs-early',
  'charger-broken',
  'limit-cut',
] as const;
export type DemoFault = (typeof DEMO_FAULTS)[number];

export type AboutFacts = {
  readonly version: string;
  readonly runtime: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly sqlite: string;
  readonly databasePath: string;
  readonly databaseBytes: number;
  readonly journalMode: string;
  readonly synchronous: string;
  readonly schemaVersion: number;
};

/** Points are [latitude, longitude] in degrees. */
export type GeneratedStreets = {
  readonly cities: readonly {
    readonly name: string;
    readonly polylines: readonly {
      readonly class: 'arterial' | 'street';
      readonly points: readonly (readonly [number, number])[];
    }[];
  }[];
};

export const consoleContract = {
  'console/facts': feed<ConsoleFacts>({ maxRateHz: 2, keyOf: (facts) => facts.id }),
  'console/about': answersWith<AboutFacts>().to(z.strictObject({})),
  'demo/streets': answersWith<GeneratedStreets>().to(z.strictObject({})),
  'demo/set-speed': command({ rate: z.union([z.literal(1), z.literal(10), z.literal(60)]) }),
  'demo/start-fault': command({ kind: z.enum(DEMO_FAULTS), durationS: z.int().min(1).max(600) }),
  'demo/stop-fault': command({ kind: z.enum(DEMO_FAULTS) }),
} as const;
