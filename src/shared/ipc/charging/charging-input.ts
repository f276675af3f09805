/** The shapes of what a person enters for charging plans; the types are the domain's. */
import { z } from 'zod';
import { powerW } from '../../kernel/quantity.ts';

const id = z.string().min(1).max(80);
const name = z.string().min(1).max(120);
const epochMs = z.number().min(0).max(4_102_444_800_000);
const watts = z.number().min(0).max(1_000_000_000).transform(powerW);
/** Net, per unit, of the main unit. */
const price = z.string().regex(/^-?\d{1,7}(?:\.\d{1,8})?$/u);

export const wishTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pin'), vehicleId: id, fromMs: epochMs, toMs: epochMs, powerW: watts }),
  z.strictObject({ kind: z.literal('lock'), vehicleId: id }),
  z.strictObject({ kind: z.literal('boost'), vehicleId: id }),
  z.strictObject({ kind: z.literal('exclude'), vehicleId: id }),
  z.strictObject({ kind: z.literal('priority'), vehicleId: id, level: z.int().min(-3).max(3) }),
  z.strictObject({ kind: z.literal('later-departure'), vehicleId: id, departAtMs: epochMs }),
  z.strictObject({ kind: z.literal('lower-target'), vehicleId: id, targetPercent: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal('charge-outside'), vehicleId: id, energyKwh: z.number().min(0).max(2000) }),
  z.strictObject({ kind: z.literal('site-cap'), capW: watts }),
]);

const localTimes = z.strictObject({
  months: z.array(z.int().min(1).max(12)).optional(),
  weekdays: z.array(z.int().min(1).max(7)).optional(),
  fromMinute: z.int().min(0).max(1440).optional(),
  toMinute: z.int().min(0).max(1440).optional(),
});

export const siteTermsInput = z.strictObject({
  depotId: id,
  validFromMs: epochMs,
  name,
  currency: z.string().regex(/^[A-Z]{3}$/u),
  energy: z
    .array(z.strictObject({ name, pricePerKwh: price, when: localTimes }))
    .min(1)
    .max(50),
  dynamic: z.array(z.strictObject({ fromMs: epochMs, toMs: epochMs, pricePerKwh: price })).max(3000),
  exportPricePerKwh: price,
  demand: z.array(z.strictObject({ name, per: z.enum(['kW', 'kVA']), pricePerUnit: price, when: localTimes })).max(5),
  powerFactor: z.number().min(0.1).max(1),
});

export const siteSettingsInput = z.strictObject({
  depotId: id,
  steering: z.enum(['advise', 'steer']),
  gridMeterId: id.optional(),
  buildingMeterIds: z.array(id).max(20),
  feeders: z.array(z.strictObject({ id, name, parent: id.optional(), limitW: watts })).max(200),
  bays: z
    .array(
      z.strictObject({
        evseKey: id,
        name,
        feeder: id.optional(),
        maxW: watts,
        minW: watts,
        phases: z.array(z.union([z.literal(1), z.literal(2), z.literal(3)])).max(3),
        voltageV: z.number().min(50).max(1500),
        fallbackW: watts,
      }),
    )
    .max(2000),
  reserveShare: z.number().min(0).max(1),
  reserveLeadMinutes: z.number().min(0).max(600),
});
