/** What the registers of a line's meters say, by their profiles: as they stand, before any transformer ratio. */
import { listValues } from '../../codec/decode-registers.ts';
import type { DeclaredMeter } from '../../lines/declared-line.ts';
import type { MeterProfiles } from '../../meters/meter-profiles.ts';
import type { ShowRegisters } from './explain-rtu.ts';

export function showRegisters(
  meters: readonly Pick<DeclaredMeter, 'unitAddress' | 'profile'>[],
  profiles: MeterProfiles,
): ShowRegisters {
  return (unit, span) => {
    const meter = meters.find(({ unitAddress }) => unitAddress === unit);
    const profile = meter === undefined ? undefined : profiles.of(meter.profile);
    if (profile?.ok !== true || profile.value.protocol !== 'modbus-rtu') return undefined;
    const values = listValues(profile.value, span).map(({ exact, number, unit: of, quality }) =>
      quality === 'good' ? `${exact ?? round(number ?? 0)} ${of}` : quality,
    );
    return values.length === 0 ? undefined : values.join(', ');
  };
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
