/**
 * A line as a person is setting it up, as they typed it: text that may be wrong still. It outlives the page and a crash of the
 * window, so its shape is checked when it is read back.
 */
import { z } from 'zod';
import { LINE_PROTOCOLS } from '../../../../shared/domain/metering/line-protocol.ts';
import { ACCURACY_CLASSES, METER_ROLES } from '../../../../shared/domain/metering/meter.ts';
import { lineSettingsSchema, type SavedLine } from '../../../../shared/ipc/metering/commissioning-contract.ts';

/** What a person knows of the cable before anything has answered. */
export const METER_KINDS = ['modbus', 'optical', 'p1', 'any'] as const;
export type MeterKind = (typeof METER_KINDS)[number];

const text = z.string().max(300);

const whereSchema = z.object({
  kind: z.enum(['serial-port', 'device-server']),
  /** Of the chosen adapter; empty while none is. */
  adapterSerialNumber: text,
  path: text,
  /** The path was typed, because its adapter is not listed. */
  typesPath: z.boolean(),
  host: text,
  port: text,
});

const howSchema = z.object({
  mode: z.enum(['find', 'exact']),
  kind: z.enum(METER_KINDS),
  protocol: z.enum(LINE_PROTOCOLS),
  baudRate: text,
  frame: text,
  fromAddress: text,
  toAddress: text,
});

const meterDraftSchema = z.object({
  key: text,
  protocol: z.enum(LINE_PROTOCOLS),
  unitAddress: z.number().optional(),
  /** Under which it answered, or was saved. */
  settings: lineSettingsSchema,
  keeps: z.boolean(),
  profile: text,
  name: text,
  /** Empty: as it is proposed. */
  id: text,
  role: z.enum(['', ...METER_ROLES]),
  /** Empty: nothing measures what flows to it. */
  parentId: text,
  evseKey: text,
  ctRatio: text,
  ratedCurrentA: text,
  accuracyClass: z.enum(['', ...ACCURACY_CLASSES]),
});

export const lineDraftSchema = z.object({
  /** Set while a saved line is being changed. */
  lineId: text.optional(),
  name: text,
  depotId: text,
  where: whereSchema,
  how: howSchema,
  /** Key of the address at which the found ones answered. */
  foundAt: text.optional(),
  meters: z.array(meterDraftSchema),
});

export type WhereDraft = Readonly<z.output<typeof whereSchema>>;
export type HowDraft = Readonly<z.output<typeof howSchema>>;
export type MeterDraft = Readonly<z.output<typeof meterDraftSchema>>;
export type LineDraft = Readonly<Omit<z.output<typeof lineDraftSchema>, 'where' | 'how' | 'meters'>> & {
  readonly where: WhereDraft;
  readonly how: HowDraft;
  readonly meters: readonly MeterDraft[];
};

export const EMPTY_DRAFT: LineDraft = {
  name: '',
  depotId: '',
  where: { kind: 'serial-port', adapterSerialNumber: '', path: '', typesPath: false, host: '', port: '' },
  how: {
    mode: 'find',
    kind: 'modbus',
    protocol: 'modbus-rtu',
    baudRate: '9600',
    frame: '8N1',
    fromAddress: '1',
    toAddress: '10',
  },
  meters: [],
};

/** One place on a line: a Modbus address, or the line's only meter. */
export function meterKey(meter: Pick<MeterDraft, 'protocol' | 'unitAddress'>): string {
  return `${meter.protocol} ${meter.unitAddress ?? 'alone'}`;
}

/** A saved line, opened for change. */
export function draftOf(line: SavedLine): LineDraft {
  const { address, settings } = line;
  return {
    lineId: line.id,
    name: line.name,
    depotId: line.depotId,
    where:
      address.kind === 'device-server'
        ? { ...EMPTY_DRAFT.where, kind: 'device-server', host: address.host, port: String(address.port) }
        : {
            ...EMPTY_DRAFT.where,
            adapterSerialNumber: address.adapterSerialNumber ?? '',
            path: address.path ?? '',
          },
    how: {
      ...EMPTY_DRAFT.how,
      mode: 'exact',
      protocol: line.protocol,
      baudRate: String(settings.baudRate),
      frame: `${settings.dataBits}${settings.parity.charAt(0).toUpperCase()}${settings.stopBits}`,
    },
    meters: line.meters.map((meter) => ({
      key: meterKey({ protocol: line.protocol, unitAddress: meter.unitAddress }),
      protocol: line.protocol,
      unitAddress: meter.unitAddress,
      settings,
      keeps: true,
      profile: meter.profile,
      name: meter.name,
      id: meter.id,
      role: meter.role,
      parentId: meter.parentId ?? '',
      evseKey: meter.evseKey ?? '',
      ctRatio: String(meter.ctRatio),
      ratedCurrentA: meter.ratedCurrentA === undefined ? '' : String(meter.ratedCurrentA),
      accuracyClass: meter.accuracyClass ?? '',
    })),
  };
}

/** Nothing in it that somebody would miss. */
export function isUntouched(draft: LineDraft): boolean {
  return JSON.stringify(draft) === JSON.stringify(EMPTY_DRAFT);
}
