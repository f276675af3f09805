/**
 * What is known of a kind of meter, as data: where its values stand and in which form, how it may be asked, and what it can
 * carry. Instruments differ in scale, word order and in how they say *absent*; all of that is the profile's, so that the
 * decoding is one function. Registers are written in hexadecimal as in the makers' documents, 0-based as on the wire.
 */
import { z } from 'zod';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

const register = z
  .string()
  .regex(/^0x[0-9A-F]{4}$/u, 'a register is written as 0x and four hexadecimal digits')
  .transform((text) => Number.parseInt(text, 16));

/** The registers each type takes, two bytes each. */
export const REGISTERS_OF_TYPE = { float32: 2, u16: 1, s16: 1, u32: 2, s32: 2, u64: 4, s64: 4 } as const;
const registerType = z.enum(['float32', 'u16', 's16', 'u32', 's32', 'u64', 's64']);

const form = {
  type: registerType,
  /** Carlo Gavazzi send the low word first. */
  wordOrder: z.enum(['high-first', 'low-first']).default('high-first'),
  /** Raw patterns that say *no value*; a float that is no number always does. */
  absent: z
    .array(z.string().regex(/^0x[0-9A-F]{4,16}$/u, 'a pattern is written as 0x and whole registers'))
    .default([]),
};

const value = z.strictObject({
  register,
  ...form,
  /** What one step of the register is in the unit of the value's name. */
  scale: z.number().positive().default(1),
});

const block = {
  functionCode: z.union([z.literal(3), z.literal(4)]),
  firstRegister: register,
  neededCount: z.int().min(1).max(125),
  /** Three at least: a late answer is told from the awaited one by its length alone. */
  allowedCounts: z.array(z.int().min(1).max(125)).min(3),
};

const threePhases = z.tuple([value, value, value]);
const range = z
  .tuple([z.number(), z.number()])
  .refine(([least, greatest]) => least < greatest, 'the smaller comes first');

const schema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/u),
    model: z.string().min(1).max(60),
    source: z.string().min(1),
    rated: z.strictObject({ currentA: z.number().positive(), voltageV: z.number().positive() }),
    plausible: z.strictObject({ voltageV: range, frequencyHz: range }),
    reading: z.strictObject(block),
    values: z.strictObject({
      voltageV: threePhases,
      currentA: threePhases,
      phasePowerW: threePhases,
      /** Import positive. */
      powerW: value,
      frequencyHz: value.optional(),
      importWh: value,
      exportWh: value.optional(),
    }),
    serialNumber: z.strictObject({ ...block, ...form }).optional(),
  })
  .superRefine((profile, context) => {
    const blame = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const name of ['reading', 'serialNumber'] as const) {
      const asked = profile[name];
      if (asked === undefined) continue;
      if (new Set(asked.allowedCounts).size !== asked.allowedCounts.length)
        blame([name, 'allowedCounts'], 'the counts must all be different');
      if (asked.allowedCounts.some((count) => count < asked.neededCount))
        blame([name, 'allowedCounts'], `each count must reach the needed ${asked.neededCount}`);
    }
    const { firstRegister, neededCount } = profile.reading;
    for (const [name, places] of Object.entries(profile.values))
      for (const [index, place] of [places].flat().entries())
        if (
          place.register < firstRegister ||
          place.register + REGISTERS_OF_TYPE[place.type] > firstRegister + neededCount
        )
          blame(
            ['values', name, ...(Array.isArray(places) ? [index] : [])],
            'it stands outside the registers that are read',
          );
    const serial = profile.serialNumber;
    if (serial !== undefined && REGISTERS_OF_TYPE[serial.type] > serial.neededCount)
      blame(['serialNumber', 'neededCount'], `a ${serial.type} takes ${REGISTERS_OF_TYPE[serial.type]} registers`);
  });

export type MeterProfile = z.output<typeof schema>;
export type RegisterForm = Pick<z.output<typeof value>, 'type' | 'wordOrder' | 'absent'>;
export type ValuePlace = z.output<typeof value>;

/** @param file its name, for whoever has to mend it */
export function parseMeterProfile(file: string, content: unknown): Result<MeterProfile, 'bad-profile'> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return accept(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  return refuse(
    'bad-profile',
    `The meter profile ${file} cannot be used: “${field}”: ${issue?.message ?? 'unknown reason'}. Mend the file; meters of this kind are not read until then.`,
  );
}
