/** The meter profiles that come with the console, checked when it starts. */
import abbB23 from '../../../../resources/meter-profiles/abb-b23.json' with { type: 'json' };
import abbB24 from '../../../../resources/meter-profiles/abb-b24.json' with { type: 'json' };
import em300 from '../../../../resources/meter-profiles/carlo-gavazzi-em300.json' with { type: 'json' };
import d0 from '../../../../resources/meter-profiles/d0-meter.json' with { type: 'json' };
import d0Push from '../../../../resources/meter-profiles/d0-push-meter.json' with { type: 'json' };
import sdm120 from '../../../../resources/meter-profiles/eastron-sdm120.json' with { type: 'json' };
import sdm630 from '../../../../resources/meter-profiles/eastron-sdm630.json' with { type: 'json' };
import sdm72 from '../../../../resources/meter-profiles/eastron-sdm72.json' with { type: 'json' };
import janitzaB from '../../../../resources/meter-profiles/janitza-b.json' with { type: 'json' };
import p1 from '../../../../resources/meter-profiles/p1-meter.json' with { type: 'json' };
import iem3000 from '../../../../resources/meter-profiles/schneider-iem3000.json' with { type: 'json' };
import sml from '../../../../resources/meter-profiles/sml-meter.json' with { type: 'json' };
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import { parseMeterProfile, type MeterProfile, type ModbusProfile } from '../codec/meter-profile.ts';
import { splitVariant, variantsOf } from './profile-variant.ts';

const SHIPPED: Readonly<Record<string, unknown>> = {
  'abb-b23.json': abbB23,
  'abb-b24.json': abbB24,
  'carlo-gavazzi-em300.json': em300,
  'd0-meter.json': d0,
  'd0-push-meter.json': d0Push,
  'eastron-sdm120.json': sdm120,
  'eastron-sdm630.json': sdm630,
  'eastron-sdm72.json': sdm72,
  'janitza-b.json': janitzaB,
  'p1-meter.json': p1,
  'schneider-iem3000.json': iem3000,
  'sml-meter.json': sml,
};

export type MeterProfiles = {
  /** A variant of a profile too, by its name. The refusal says which file is to be mended, or that there is none. */
  readonly of: (name: string) => Result<MeterProfile>;
  readonly names: readonly string[];
};

/** @param files the content of each file by its name */
export function openMeterProfiles(files: Readonly<Record<string, unknown>> = SHIPPED): MeterProfiles {
  const profiles = new Map<string, Result<MeterProfile>>();
  for (const [file, content] of Object.entries(files)) {
    const name = file.replace(/\.json$/u, '');
    const parsed = parseMeterProfile(`resources/meter-profiles/${file}`, content);
    profiles.set(
      name,
      parsed.ok && parsed.value.name !== name
        ? refuse('bad-profile', `The meter profile ${file} calls itself “${parsed.value.name}”. Give both one name.`)
        : parsed.ok
          ? accept(parsed.value)
          : parsed,
    );
  }
  const names = [...profiles.keys()];
  return {
    of: (name) =>
      profiles.get(name) ??
      variantOf(profiles, name) ??
      refuse('no-such-profile', `There is no meter profile “${name}”. There are: ${names.join(', ')}.`),
    names,
  };
}

function variantOf(
  profiles: ReadonlyMap<string, Result<MeterProfile>>,
  name: string,
): Result<MeterProfile> | undefined {
  const split = splitVariant(name);
  const base = split === undefined ? undefined : profiles.get(split.base);
  if (split === undefined || base?.ok !== true || base.value.protocol !== 'modbus-rtu') return undefined;
  const variant = variantsOf(base.value).find((one) => one.name === name);
  return variant === undefined ? undefined : accept(variant);
}

/** Those of meters with registers that can be used. */
export function modbusProfiles(profiles: MeterProfiles): readonly ModbusProfile[] {
  return profiles.names.flatMap((name) => {
    const profile = profiles.of(name);
    return profile.ok && profile.value.protocol === 'modbus-rtu' ? [profile.value] : [];
  });
}
