/** Registers that were read, with where they stand: a whole block of a reading, or what another master asked for. */
import { REGISTERS_OF_TYPE, type ModbusProfile, type ValuePlace } from './meter-profile.ts';

export type RegisterSpan = {
  readonly functionCode: 3 | 4;
  readonly firstRegister: number;
  /** Two a register, most significant first, as they came. */
  readonly bytes: Uint8Array;
};

/** @param registers of a reading: the profile's blocks, one after the other */
export function cutBlocks({ blocks }: ModbusProfile, registers: Uint8Array): readonly RegisterSpan[] {
  let from = 0;
  return blocks.map(({ functionCode, firstRegister, neededCount }) => {
    const bytes = registers.subarray(from, from + 2 * neededCount);
    from += 2 * neededCount;
    return { functionCode, firstRegister, bytes };
  });
}

/** The bytes of a value, and where they begin in the span; undefined where it does not hold all of them. */
export function cutPlace(
  span: RegisterSpan,
  { register, type }: Pick<ValuePlace, 'register' | 'type'>,
): { readonly bytes: Uint8Array; readonly from: number } | undefined {
  const from = 2 * (register - span.firstRegister);
  const end = from + 2 * REGISTERS_OF_TYPE[type];
  return from < 0 || end > span.bytes.length ? undefined : { bytes: span.bytes.subarray(from, end), from };
}
