/**
 * What registers would be that are not what a profile says: its neighbours in word order and place, other scales, other
 * meters. It is for a person to look into: nothing is read by it.
 */
import { PROFILE_VARIANTS, type ModbusProfile } from '../metering/codec/meter-profile.ts';
import { judgeFit } from '../metering/codec/profile-fit.ts';
import type { RegisterSpan } from '../metering/codec/register-span.ts';
import { splitVariant, variantsOf } from '../metering/meters/profile-variant.ts';

const VOLTAGE_SCALES = [0.1, 0.01, 0.001, 10, 100, 1000];

/** @param spans what one meter answered */
export function suggestProfile(
  profile: ModbusProfile,
  others: readonly ModbusProfile[],
  spans: readonly RegisterSpan[],
): string {
  let best: { readonly sentence: string; readonly witnesses: number } | undefined;
  for (const { changed, sentence } of neighboursOf(profile, others)) {
    const fit = judgeFit(changed, spans);
    // A neighbour that is off by a whole value fits too, but with fewer.
    if (fit.kind !== 'fits' || fit.witnesses <= (best?.witnesses ?? 0)) continue;
    best = { sentence: `${sentence} (${fit.shown}).`, witnesses: fit.witnesses };
  }
  return best === undefined
    ? 'No profile, word order or neighbouring register that is known fits.'
    : `${best.sentence} Compare with the meter’s display.`;
}

function* neighboursOf(profile: ModbusProfile, others: readonly ModbusProfile[]) {
  const rest = others.filter(({ name }) => name !== profile.name);
  const named = (changed: ModbusProfile) => ({ changed, sentence: `The profile ${changed.name} would fit` });
  const isVariant = splitVariant(profile.name) !== undefined;
  if (!isVariant) yield* variantsOf(profile).map(named);
  yield* rest.map(named);
  yield* rest.flatMap(variantsOf).map(named);
  // No document tells of these, so that there are no such profiles.
  if (!isVariant)
    for (const changed of variantsOf({ ...profile, differs: [...PROFILE_VARIANTS] }))
      yield { changed, sentence: `It would fit as “${changed.model}”` };
  for (const scale of VOLTAGE_SCALES)
    yield {
      changed: withVoltages(profile, scale),
      sentence: `It would fit if a step of the voltages were ${scale} of what ${profile.name} says`,
    };
}

function withVoltages(profile: ModbusProfile, scale: number): ModbusProfile {
  const voltageV = profile.values.voltageV.map((place) => ({ ...place, scale: place.scale * scale }));
  return { ...profile, values: { ...profile.values, voltageV } };
}
