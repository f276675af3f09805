/**
 * What is known of a kind of meter, as data: where its values stand and in which form, how it may be asked, and what it can
 * carry. Instruments differ in scale, word order and in how they say *absent*; all of that is the profile's, so that the
 * decoding is one function. Registers are written in hexadecimal as in the makers' documents, 0-based as on the wire.
 */
import { z } from 'zod';
import { LINE_PROTOCOLS } from '../../../shared/domain/metering/line-protocol.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

const register = z
  .string()
  .regex(/^0x[0-9A-F]{4}$/u, 'a register is written as 0x and four hexadecimal digits')
  .transform((text) => Number.parseInt(text, 16));

/** The registers each type takes, two bytes each. */
export const REGISTERS_OF_TYPE = { float32: 2, u16: 1, s16: 1, u32: 2, s32: 2, u64: 4, s64: 4 } as const;

const WORD_ORDERS = ['high-first', 'low-first'] as const;

/** Words of each value the other way round; every register one further, or one before. */
export const PROFILE_VARIANTS = ['swapped', 'plus-1', 'minus-1'] as const;

const form = {
  type: z.enum(['float32', 'u16', 's16', 'u32', 's32', 'u64', 's64']),
  /** Of a number of several registers. Carlo Gavazzi send the low word first. */
  wordOrder: z.enum(WORD_ORDERS).default('high-first'),
  /** Raw patterns that say *no value*, as the number reads: high word first. A float that is no number always does. */
  absent: z
    .array(
      z
        .string()
        .regex(/^0x(?:[0-9A-F]{4})+$/u, 'a pattern is written as 0x and whole registers')
        .transform((text) => (text.slice(2).match(/../gu) ?? []).map((byte) => Number.parseInt(byte, 16))),
    )
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

/** Of L1, or of L1, L2 and L3. */
const phases = z.array(value).refine(({ length }) => length === 1 || length === 3, 'one phase or three have it');
const range = z
  .tuple([z.number(), z.number()])
  .refine(([least, greatest]) => least < greatest, 'the smaller comes first');

const common = {
  name: z.string().regex(/^[a-z0-9-]{1,40}$/u),
  model: z.string().min(1).max(60),
  /** The document that says so, and where in it. */
  source: z.string().min(1),
  rated: z.strictObject({ currentA: z.number().positive(), voltageV: z.number().positive() }),
  plausible: z.strictObject({ voltageV: range, frequencyHz: range }),
  /** Where the energy registers begin again at zero, in Wh; absent where nobody has said. */
  rollsOverAtWh: z.number().positive().optional(),
};

const modbus = z
  .strictObject({
    protocol: z.literal('modbus-rtu'),
    ...common,
    /** How meters of this kind are known to differ from what their document says: commissioning tries these too, and no others. */
    differs: z.array(z.enum(PROFILE_VARIANTS)).default([]),
    /** Functions 3 and 4 read the same registers of it. */
    eitherFunction: z.boolean().default(false),
    /** Read one after the other; a reading is all of them, at the instant of the last. */
    blocks: z.array(z.strictObject(block)).min(1),
    values: z.strictObject({
      /** No profile goes without: a voltage tells whether the others stand where they are read, and in which order. */
      voltageV: phases,
      currentA: phases.optional(),
      phasePowerW: phases.optional(),
      /** Import positive. */
      powerW: value,
      frequencyHz: value.optional(),
      importWh: value,
      exportWh: value.optional(),
    }),
    /** A number, or letters: two a register, the first in its high byte. */
    serialNumber: z
      .strictObject({ ...block, type: z.enum(['u16', 'u32', 'u64', 'ascii']), wordOrder: form.wordOrder })
      .optional(),
  })
  .superRefine((profile, context) => {
    const blame = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { serialNumber: serial } = profile;
    const asked = [
      ...profile.blocks.map((each, index) => ({ path: ['blocks', index], each })),
      ...(serial === undefined ? [] : [{ path: ['serialNumber'], each: serial }]),
    ];
    for (const { path, each } of asked) {
      if (new Set(each.allowedCounts).size !== each.allowedCounts.length)
        blame([...path, 'allowedCounts'], 'the counts must all be different');
      if (each.allowedCounts.some((count) => count < each.neededCount))
        blame([...path, 'allowedCounts'], `each count must reach the needed ${each.neededCount}`);
    }
    const last = profile.blocks.at(-1);
    for (const name of ['importWh', 'exportWh'] as const) {
      const energy = profile.values[name];
      if (energy !== undefined && last !== undefined && !holds(last, energy))
        blame(
          ['values', name],
          'energy stands in the block that is read last: a reading’s instant is that of its answer',
        );
    }
    const places = placesOf(profile);
    for (const { name, phase, place } of places) {
      const path = ['values', name, ...(phase === undefined ? [] : [phase])];
      if (!profile.blocks.some((each) => holds(each, place)))
        blame(path, 'it stands outside the registers that are read');
      if (places.some((other) => areEntangled(place, other.place)))
        blame(path, 'it shares some of its registers with another value');
      if (place.absent.some((pattern) => pattern.length !== 2 * REGISTERS_OF_TYPE[place.type]))
        blame([...path, 'absent'], `a pattern of a ${place.type} has ${4 * REGISTERS_OF_TYPE[place.type]} digits`);
    }
    if (serial !== undefined && serial.type !== 'ascii' && REGISTERS_OF_TYPE[serial.type] > serial.neededCount)
      blame(['serialNumber', 'neededCount'], `a ${serial.type} takes ${REGISTERS_OF_TYPE[serial.type]} registers`);
  });

/** A meter that sends whole telegrams: its values stand under their OBIS codes, so that nothing more is to be said of it. */
const telegrams = z.strictObject({
  protocol: z.enum(LINE_PROTOCOLS).exclude(['modbus-rtu']),
  ...common,
});

const schema = z.discriminatedUnion('protocol', [modbus, telegrams]);

export type ModbusProfile = z.output<typeof modbus>;
export type TelegramProfile = z.output<typeof telegrams>;
export type MeterProfile = ModbusProfile | TelegramProfile;
export type RegisterBlock = ModbusProfile['blocks'][number];
export type WordOrder = (typeof WORD_ORDERS)[number];
export type ValuePlace = z.output<typeof value>;
export type ValueName = keyof ModbusProfile['values'];

export type PlacedValue = {
  readonly name: ValueName;
  /** From 0, where it is one phase's. */
  readonly phase: number | undefined;
  readonly place: ValuePlace;
};

/** Every value of the profile with where it stands. */
export function placesOf({ values }: Pick<ModbusProfile, 'values'>): readonly PlacedValue[] {
  return (Object.entries(values) as [ValueName, ValuePlace | ValuePlace[] | undefined][]).flatMap(([name, places]) => {
    if (places === undefined) return [];
    return Array.isArray(places)
      ? places.map((place, phase): PlacedValue => ({ name, phase, place }))
      : [{ name, phase: undefined, place: places }];
  });
}

/** Under another function the same number is another register, unless the maker says that it is not. */
export function isReadWith(profile: ModbusProfile, place: ValuePlace, functionCode: 3 | 4): boolean {
  return profile.eitherFunction || profile.blocks.find((block) => holds(block, place))?.functionCode === functionCode;
}

function holds(block: Pick<RegisterBlock, 'firstRegister' | 'neededCount'>, place: ValuePlace): boolean {
  return (
    place.register >= block.firstRegister &&
    place.register + REGISTERS_OF_TYPE[place.type] <= block.firstRegister + block.neededCount
  );
}

/** One of them is off: a register is a part of one value, though a value may have two names. */
function areEntangled(one: ValuePlace, other: ValuePlace): boolean {
  const isSame = one.register === other.register && one.type === other.type;
  return (
    !isSame &&
    one.register < other.register + REGISTERS_OF_TYPE[other.type] &&
    other.register < one.register + REGISTERS_OF_TYPE[one.type]
  );
}

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
