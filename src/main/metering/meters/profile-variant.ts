/**
 * A kind of meter whose values stand otherwise than its maker's document says: Eastron's word order is switchable at the
 * meter, and documents of Schneider's iEM3000 differ by one register. Commissioning finds out which; from then on the meter
 * is read by a variant of its profile, whose name says what is different.
 *
 * Only what a profile says its kind may differ in is a variant of it: swapped words read one register aside give the right
 * high words with the neighbours' low ones, which is plausible and up to a hundredth wrong.
 */
import { PROFILE_VARIANTS, REGISTERS_OF_TYPE, type ModbusProfile, type ValuePlace } from '../codec/meter-profile.ts';

export type ProfileVariant = (typeof PROFILE_VARIANTS)[number];

const MODEL: Readonly<Record<ProfileVariant, string>> = {
  swapped: 'words swapped',
  'plus-1': 'one register further',
  'minus-1': 'one register before',
};
const SHIFT: Readonly<Record<ProfileVariant, number>> = { swapped: 0, 'plus-1': 1, 'minus-1': -1 };

/** `eastron-sdm630-swapped` is `eastron-sdm630` and `swapped`; undefined for a name without a variant. */
export function splitVariant(name: string): { readonly base: string; readonly variant: ProfileVariant } | undefined {
  const variant = PROFILE_VARIANTS.find((one) => name.endsWith(`-${one}`));
  return variant === undefined ? undefined : { base: name.slice(0, -variant.length - 1), variant };
}

export function variantsOf(profile: ModbusProfile): readonly ModbusProfile[] {
  return profile.differs.map((variant) => varyProfile(profile, variant));
}

/** The serial number moves with the registers, but its words stay: what is switchable is the order of measured values. */
function varyProfile(profile: ModbusProfile, variant: ProfileVariant): ModbusProfile {
  const shift = SHIFT[variant];
  const place = (given: ValuePlace): ValuePlace => ({
    ...given,
    register: given.register + shift,
    wordOrder: variant === 'swapped' && REGISTERS_OF_TYPE[given.type] > 1 ? otherOrder(given) : given.wordOrder,
  });
  const { voltageV, currentA, phasePowerW, powerW, frequencyHz, importWh, exportWh } = profile.values;
  const moved = <T extends { readonly firstRegister: number }>(block: T): T => ({
    ...block,
    firstRegister: block.firstRegister + shift,
  });
  return {
    ...profile,
    name: `${profile.name}-${variant}`,
    model: `${profile.model}, ${MODEL[variant]}`,
    blocks: profile.blocks.map(moved),
    values: {
      voltageV: voltageV.map(place),
      currentA: currentA?.map(place),
      phasePowerW: phasePowerW?.map(place),
      powerW: place(powerW),
      frequencyHz: frequencyHz === undefined ? undefined : place(frequencyHz),
      importWh: place(importWh),
      exportWh: exportWh === undefined ? undefined : place(exportWh),
    },
    serialNumber: profile.serialNumber === undefined ? undefined : moved(profile.serialNumber),
  };
}

function otherOrder({ wordOrder }: ValuePlace): ValuePlace['wordOrder'] {
  return wordOrder === 'high-first' ? 'low-first' : 'high-first';
}
