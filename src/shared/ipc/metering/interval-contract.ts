/** What a window may ask of meters' energy by time, and how energies from a file come in. */
import { z } from 'zod';
import type { EnergyInterval, IntervalBasis } from '../../domain/metering/interval.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';
import { answersWith, command } from '../contract.ts';

/** Several intervals as one. */
export type EnergySpan = {
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  /** Sum of what is known; undefined when nothing is. */
  readonly importWh: EnergyWh | undefined;
  readonly exportWh: EnergyWh | undefined;
  /** How many intervals of each basis are in it; they add up to the quarter hours between begin and end that are over. */
  readonly counts: Readonly<Record<IntervalBasis, number>>;
};

export type MeterIntervals =
  | { readonly per: 'quarter'; readonly intervals: readonly EnergyInterval[] }
  /** Days of the depot's time zone: 92, 96 or 100 quarters. */
  | { readonly per: 'hour' | 'day' | 'month'; readonly spans: readonly EnergySpan[] };

/** One register reading, for the register history. */
export type RegisterRow = {
  readonly atMs: EpochMs;
  /** Wall-clock. */
  readonly wallAtMs: EpochMs;
  readonly seriesId: number | undefined;
  readonly serialNumber: string | undefined;
  readonly quality: 'plain' | 'confirmed' | 'refused';
  readonly refusedCode: string | undefined;
  readonly importWh: EnergyWh | undefined;
  readonly exportWh: EnergyWh | undefined;
  /** As they came, in hexadecimal. */
  readonly raw: string;
};

export type RegisterHistory = {
  /** Newest first. */
  readonly rows: readonly RegisterRow[];
  /** There are older ones. */
  readonly more: boolean;
};

/** Why a line of a file was not taken. */
export type ImportFault = { readonly line: number; readonly text: string; readonly message: string };

/** What a file would bring, before anything is stored. */
export type ImportPreview = {
  /** How the file was understood: delimiter, the columns, the time zone, the unit; as sentences. */
  readonly understood: readonly string[];
  readonly intervals: number;
  readonly fromMs: EpochMs | undefined;
  readonly toMs: EpochMs | undefined;
  readonly importWh: EnergyWh | undefined;
  /** Quarter hours between the first and the last that the file has no energy for. */
  readonly missing: number;
  /** Quarter hours that are measured here already: the file's are not taken for these. */
  readonly measuredHere: number;
  readonly faults: readonly ImportFault[];
  readonly faultCount: number;
  /** When the same content was imported before. */
  readonly importedAtMs: EpochMs | undefined;
};

const meterId = z.string().max(64);
const csv = {
  meterId,
  fileName: z.string().min(1).max(255),
  text: z.string().max(20_000_000),
  /** Column titles as in the file, where they could not be guessed. */
  columns: z.strictObject({ time: z.string().max(120), energy: z.string().max(120) }).optional(),
  /** IANA name, for times without an offset; the depot's when absent. */
  timeZone: z.string().max(64).optional(),
  unit: z.enum(['Wh', 'kWh', 'MWh']).optional(),
  /** Whether a line's time is where its energy begins or ends, where the file does not say. */
  stamps: z.enum(['begin', 'end']).optional(),
};

export const intervalContract = {
  /** Of a range of more than 40 000 spans its end is answered. */
  'metering/intervals': answersWith<MeterIntervals>().to(
    z.strictObject({
      meterId,
      fromMs: z.number(),
      toMs: z.number(),
      per: z.enum(['quarter', 'hour', 'day', 'month']),
    }),
  ),
  'metering/registers': answersWith<RegisterHistory>().to(
    z.strictObject({ meterId, beforeMs: z.number().optional(), limit: z.int().min(1).max(500) }),
  ),
  /** Reads the file and stores nothing. A file that cannot be understood has no intervals and one fault that says why. */
  'metering/preview-import': answersWith<ImportPreview>().to(z.strictObject(csv)),
  /** Stores what the preview showed; the same content twice is refused. */
  'metering/import-intervals': command(csv),
} as const;
