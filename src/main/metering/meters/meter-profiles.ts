/** The meter profiles that come with the console, checked when it starts. */
import sdm630 from '../../../../resources/meter-profiles/eastron-sdm630.json' with { type: 'json' };
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import { parseMeterProfile, type MeterProfile } from '../codec/meter-profile.ts';

const SHIPPED: Readonly<Record<string, unknown>> = { 'eastron-sdm630.json': sdm630 };

export type MeterProfiles = {
  /** The refusal says which file is to be mended, or that there is none. */
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
      refuse('no-such-profile', `There is no meter profile “${name}”. There are: ${names.join(', ')}.`),
    names,
  };
}
