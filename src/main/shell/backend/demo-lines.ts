/** The meter lines the demo tells of (`GET /demo/lines`), checked like whatever comes from another process. */
import { z } from 'zod';
import { LINE_PROTOCOLS } from '../../../shared/domain/metering/line-protocol.ts';
import { ACCURACY_CLASSES, METER_ROLES } from '../../../shared/domain/metering/meter.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { DeclaredLine } from '../../metering/lines/declared-line.ts';

const id = z.string().min(1).max(64);
const name = z.string().min(1).max(120);

const schema = z.array(
  z.object({
    id,
    name,
    depot_id: id,
    protocol: z.enum(LINE_PROTOCOLS),
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    baud_rate: z.int().min(300).max(1_000_000),
    parity: z.enum(['none', 'even', 'odd']),
    data_bits: z.union([z.literal(7), z.literal(8)]),
    stop_bits: z.union([z.literal(1), z.literal(2)]),
    meters: z.array(
      z.object({
        id,
        name,
        role: z.enum(METER_ROLES),
        /** Of Modbus only. */
        unit_address: z.int().min(1).max(247).optional(),
        parent_id: id.optional(),
        evse_key: z.string().min(1).max(120).optional(),
        accuracy_class: z.enum(ACCURACY_CLASSES).optional(),
        profile: z.string().min(1).max(40),
        /** Of a meter behind current transformers; the profile's when absent. */
        rated_current_a: z.number().positive().optional(),
      }),
    ),
  }),
);

export function parseDemoLines(told: unknown): Result<readonly DeclaredLine[], 'bad-lines'> {
  const parsed = schema.safeParse(told);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join('.') ?? '';
    return refuse('bad-lines', `The demo’s meter lines were not understood at “${where}”: ${issue?.message ?? ''}.`);
  }
  return accept(
    parsed.data.map((line) => ({
      id: line.id,
      origin: 'demo',
      protocol: line.protocol,
      name: line.name,
      depotId: line.depot_id,
      address: { kind: 'device-server', host: line.host, port: line.port },
      settings: {
        baudRate: line.baud_rate,
        dataBits: line.data_bits,
        parity: line.parity,
        stopBits: line.stop_bits,
      },
      meters: line.meters.map((meter) => ({
        id: meter.id,
        name: meter.name,
        role: meter.role,
        depotId: line.depot_id,
        lineId: line.id,
        unitAddress: meter.unit_address,
        profile: meter.profile,
        ratedCurrentA: meter.rated_current_a,
        parentId: meter.parent_id,
        evseKey: meter.evse_key,
        accuracyClass: meter.accuracy_class,
        // The demo's meters know their transformers themselves.
        ctRatio: 1,
      })),
    })),
  );
}
