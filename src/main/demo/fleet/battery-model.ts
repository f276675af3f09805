/**
 * A battery in closed form, so that any instant can be asked without stepping through the ones before. State of
 * charge is a fraction 0 to 1. Below the knee power is constant; above it falls in a straight line to a fifth at full.
 * Invariant: `socAfter` and `timeToChargeS` are inverse to each other.
 */
const KNEE = 0.8;
const FALL = 4;

/** Share of the metered energy that arrives in the battery. */
export const AC_EFFICIENCY = 0.9;
export const DC_EFFICIENCY = 0.95;

/** Fraction of the battery per second at full power. */
export function chargeRate(powerKw: number, efficiency: number, capacityKwh: number): number {
  return (powerKw * efficiency) / capacityKwh / 3600;
}

export function socAfter(socStart: number, rate: number, elapsedS: number): number {
  const toKneeS = Math.max(0, (KNEE - socStart) / rate);
  if (elapsedS <= toKneeS) return socStart + rate * elapsedS;
  const from = Math.max(socStart, KNEE);
  const power = (1 - FALL * (from - KNEE)) * Math.exp(-FALL * rate * (elapsedS - toKneeS));
  return Math.min(1, KNEE + (1 - power) / FALL);
}

/** As `socAfter` where no more than `limit` may be taken: in a straight line until the battery itself takes less. */
export function limitedSocAfter(socStart: number, rate: number, limit: number, elapsedS: number): number {
  if (limit <= 0) return socStart;
  if (limit >= rate) return socAfter(socStart, rate, elapsedS);
  const ownKnee = KNEE + (1 - limit / rate) / FALL;
  const toKneeS = Math.max(0, (ownKnee - socStart) / limit);
  if (elapsedS <= toKneeS) return socStart + limit * elapsedS;
  return socAfter(Math.max(socStart, ownKnee), rate, elapsedS - toKneeS);
}

/** Share of full power at a state of charge. */
export function powerShare(soc: number): number {
  return soc <= KNEE ? 1 : Math.max(0, 1 - FALL * (soc - KNEE));
}

export function timeToChargeS(socStart: number, socEnd: number, rate: number): number {
  if (socEnd <= socStart) return 0;
  const linear = Math.max(0, Math.min(socEnd, KNEE) - socStart) / rate;
  if (socEnd <= KNEE) return linear;
  const from = Math.max(socStart, KNEE);
  return linear + Math.log((1 - FALL * (from - KNEE)) / (1 - FALL * (socEnd - KNEE))) / (FALL * rate);
}

/** How much warmer than the air the battery is after `elapsedS`, on its way to `aimC`. */
export function warmthAfter(startC: number, aimC: number, elapsedS: number): number {
  return aimC + (startC - aimC) * Math.exp(-elapsedS / 2400);
}

/** Air temperature through the day: coolest at five, warmest at three in the afternoon. */
export function airTemperatureC(meanC: number, swingC: number, localHour: number): number {
  return meanC + swingC * Math.sin(((localHour - 10) / 24) * 2 * Math.PI);
}
