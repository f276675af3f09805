/**
 * Branded quantities, so that Wh and kWh, W and kW cannot meet by accident. The brand costs nothing at run time.
 * Internal units are the small ones (Wh, W); kWh and kW exist only at the wire and on the screen.
 */
declare const unit: unique symbol;

export type EnergyWh = number & { readonly [unit]: 'Wh' };
export type PowerW = number & { readonly [unit]: 'W' };

export function energyWh(value: number): EnergyWh {
  return value as EnergyWh;
}

export function powerW(value: number): PowerW {
  return value as PowerW;
}

/** Rounded to whole Wh, since OCPI carries kWh with at most four decimals (OCPI 2.2.1, 16.4 number). */
export function energyFromKwh(kwh: number): EnergyWh {
  return energyWh(Math.round(kwh * 1000));
}

export function powerFromKw(kw: number): PowerW {
  return powerW(Math.round(kw * 1000));
}
