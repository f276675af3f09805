/**
 * Setting up lines and meters by hand: look for adapters, try a line, recognise what answers, say where it stands in the
 * depot, save. One bench at a time: a line that is being tried is asked by nobody else.
 */
import { z } from 'zod';
import { ACCURACY_CLASSES, METER_ROLES, type MeterValues } from '../../domain/metering/meter.ts';
import { LINE_PROTOCOLS } from '../../domain/metering/line-protocol.ts';
import type { EpochMs } from '../../kernel/instant.ts';
import { answersWith, command, feed } from '../contract.ts';

export const lineAddressSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('serial-port'),
    /** The USB adapter's own: it is found again wherever it is plugged in. */
    adapterSerialNumber: z.string().min(1).max(120).optional(),
    /** For an adapter without one. */
    path: z.string().min(1).max(255).optional(),
  }),
  z.strictObject({
    kind: z.literal('device-server'),
    host: z.string().trim().min(1).max(255),
    port: z.int().min(1).max(65_535),
  }),
]);

export const lineSettingsSchema = z.strictObject({
  baudRate: z.int().min(300).max(1_000_000),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
});

export type AdapterFacts = {
  readonly path: string;
  readonly serialNumber: string | undefined;
  readonly manufacturer: string | undefined;
  /** `USB 0403:6001`, where the system tells it. */
  readonly product: string | undefined;
  /** Name of the line that it carries already. */
  readonly usedBy: string | undefined;
};

/** One thing that was looked at before a meter is believed. */
export type PlausibilityCheck = {
  readonly name: 'voltage' | 'frequency' | 'power' | 'energy' | 'word-order' | 'register-offset' | 'serial-number';
  readonly outcome: 'passed' | 'doubtful' | 'failed' | 'not-told';
  /** What was seen and what it means. */
  readonly sentence: string;
};

export type FoundMeter = {
  /** Unique on the bench. */
  readonly id: string;
  readonly protocol: (typeof LINE_PROTOCOLS)[number];
  readonly settings: z.output<typeof lineSettingsSchema>;
  /** Modbus only. */
  readonly unitAddress: number | undefined;
  readonly serialNumber: string | undefined;
  /**
   * Best first; the first is proposed. Empty when something answers that no profile fits. A meter whose words or registers
   * stand otherwise than its maker says is proposed with a variant of its profile (`eastron-sdm630-swapped`,
   * `schneider-iem3000-plus-1`), which may be saved like any other and which `metering/profiles` does not list.
   */
  readonly profiles: readonly {
    readonly name: string;
    readonly model: string;
    readonly checks: readonly PlausibilityCheck[];
  }[];
  /** Read by the first profile. */
  readonly values: MeterValues | undefined;
  /** Set when this serial number is a meter of the console already. */
  readonly knownAs: string | undefined;
};

/**
 * idle       nothing is open
 * opening    the line is being opened
 * scanning   settings and addresses are tried
 * open       done or stopped; the line stays open for a second look
 * failed     it could not be opened, or was lost; `message` says why and what to do. It is opened again by itself, under
 *            whatever path its adapter comes back, and the scan goes on where it stood
 */
export type BenchState = 'idle' | 'opening' | 'scanning' | 'open' | 'failed';

export type BenchRecord = {
  /** Always `bench`. */
  readonly id: 'bench';
  readonly state: BenchState;
  readonly address: z.output<typeof lineAddressSchema> | undefined;
  /** Where it is, as a person would say it. */
  readonly place: string | undefined;
  /** What is being tried: `9600 8E1, address 14`. */
  readonly trying: string | undefined;
  readonly tried: number;
  /** Falls when something answers: a line has one baud rate and parity, so that the other settings are tried no more. */
  readonly toTry: number;
  readonly startedAtMs: EpochMs | undefined;
  /** At the rate so far; wall clock. */
  readonly expectedEndMs: EpochMs | undefined;
  /** What is the matter while `failed`; while `open` how the scan ended, such as that nothing answered and what to look at. */
  readonly message: string | undefined;
  readonly found: readonly FoundMeter[];
};

/** One stretch of bytes on a line with its meaning. */
export type TraceEntry = {
  readonly sequence: number;
  /** Wall clock. */
  readonly atMs: EpochMs;
  /** sent: by us; heard: a frame; discarded: bytes that are no frame, with the reason; note: opened, lost, baud rate changed. */
  readonly kind: 'sent' | 'heard' | 'discarded' | 'note';
  /** Bytes in hexadecimal, at most 512 of them. */
  readonly bytes: string;
  readonly byteCount: number;
  /** `unit 1: read 76 input registers from 0x0000` */
  readonly meaning: string;
};

const id = z.string().trim().min(1).max(64);
const name = z.string().trim().min(1).max(120);

const newMeter = z.strictObject({
  id,
  name,
  role: z.enum(METER_ROLES),
  unitAddress: z.int().min(1).max(247).optional(),
  profile: z.string().min(1).max(40),
  parentId: id.optional(),
  evseKey: z.string().max(120).optional(),
  accuracyClass: z.enum(ACCURACY_CLASSES).optional(),
  ctRatio: z.number().positive().max(100_000),
  ratedCurrentA: z.number().positive().max(100_000).optional(),
});

const savedLine = z.strictObject({
  id,
  name,
  depotId: id,
  protocol: z.enum(LINE_PROTOCOLS),
  address: lineAddressSchema,
  settings: lineSettingsSchema,
  meters: z.array(newMeter).min(1).max(247),
});
export type SavedLine = z.output<typeof savedLine>;

/** `line` names a declared line; `bench` stands for the one that is being tried. */
const traced = z.string().min(1).max(64);

export const commissioningContract = {
  'metering/bench': feed<BenchRecord>({ maxRateHz: 4, keyOf: (bench) => bench.id }),
  'metering/adapters': answersWith<{ readonly adapters: readonly AdapterFacts[] }>().to(z.strictObject({})),
  'metering/profiles': answersWith<{
    readonly profiles: readonly {
      readonly name: string;
      readonly model: string;
      readonly protocol: (typeof LINE_PROTOCOLS)[number];
      readonly ratedCurrentA: number;
    }[];
  }>().to(z.strictObject({})),
  /**
   * Opens the line and tries these settings and addresses in turn; a bench that is busy is stopped first. Refused where a
   * declared line uses the same address: that one would have to be put out of service first. All settings are tried in an
   * order of the bench's own, the most common first, until something answers under one of them; to look for meters with other
   * settings beside it, scan for those alone. A device server has its own settings: only the first are tried. Modbus addresses
   * are of no use to the other protocols.
   */
  'metering/scan-line': command({
    address: lineAddressSchema,
    settings: z.array(lineSettingsSchema).min(1).max(40),
    protocols: z.array(z.enum(LINE_PROTOCOLS)).min(1),
    unitAddresses: z.strictObject({ from: z.int().min(1).max(247), to: z.int().min(1).max(247) }),
  }),
  /** Ends the scan; what was found stays. */
  'metering/stop-scan': command({}),
  /** Closes the bench's line and clears the bench: `idle`, nothing found. */
  'metering/close-bench': command({}),
  /**
   * A line with all its meters, new or changed; the bench is closed if it holds the same address. What is no longer among its
   * meters is withdrawn; its readings stay.
   */
  'metering/save-line': command(savedLine.shape),
  /** An operator's line as it was saved: to change it, or to bring it back after it was withdrawn. */
  'metering/saved-line': answersWith<{ readonly line: SavedLine | undefined }>().to(z.strictObject({ lineId: id })),
  /** Its readings stay. Saving it again brings it back, so this can be undone. */
  'metering/withdraw-line': command({ lineId: id }),
  /**
   * After somebody looked at the meter's own display: its register may go on from where it stands now, as a new series. For a
   * register that fell and stays fallen, or jumped for a good reason.
   */
  'metering/begin-series': command({ meterId: id, reason: z.string().trim().min(3).max(200) }),
  /**
   * What went over the line lately, oldest first: at most `limit` entries after `afterSequence`. Kept in memory only;
   * `droppedBefore` counts the entries after `afterSequence` that were forgotten before anybody asked for them.
   */
  'metering/trace': answersWith<{ readonly entries: readonly TraceEntry[]; readonly droppedBefore: number }>().to(
    z.strictObject({ line: traced, afterSequence: z.int().min(0), limit: z.int().min(1).max(2000) }),
  ),
} as const;
