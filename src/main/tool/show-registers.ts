/** The values in a stretch of registers as a tool prints them: what is doubted is refused by name or marked, never a number. */
import { listValues, type ShownValue } from '../metering/codec/decode-registers.ts';
import type { ModbusProfile } from '../metering/codec/meter-profile.ts';
import type { RegisterSpan } from '../metering/codec/register-span.ts';

/** What speaks against all values of a stretch, or for none of them. */
export type Doubt = { readonly quality: 'refused' | 'unchecked'; readonly note: string };

export type ShownRegister = Pick<ShownValue, 'name' | 'register' | 'raw' | 'unit' | 'from' | 'length'> & {
  readonly number: number | null;
  readonly quality: ShownValue['quality'] | 'unchecked';
  readonly exact?: string;
  readonly refusedCode?: string;
  readonly note?: string;
};

export function showRegisters(
  profile: ModbusProfile,
  span: RegisterSpan,
  doubt: Doubt | undefined,
): readonly ShownRegister[] {
  return listValues(profile, span).map(({ number, exact, quality, refusedCode, note, ...value }) => {
    const doubted = quality === 'good' ? doubt : undefined;
    const isRefused = (doubted?.quality ?? quality) === 'refused';
    const code = refusedCode ?? (isRefused ? 'profile-contradicted' : undefined);
    const why = note ?? doubted?.note;
    return {
      ...value,
      number: isRefused ? null : (number ?? null),
      quality: doubted?.quality ?? quality,
      ...(exact !== undefined && (!isRefused || doubted === undefined) && { exact }),
      ...(code !== undefined && { refusedCode: code }),
      ...(why !== undefined && { note: why }),
    };
  });
}
