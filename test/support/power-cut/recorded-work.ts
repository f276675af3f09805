/**
 * What the recorded work and its judge agree on. Item `n` of the telemetry holds all vehicles at the n-th step; a reading's
 * registers can be told from its meter and instant.
 */
export const RECORDED_DATABASE = 'profile.sqlite';
export const VEHICLES = 12;
export const TELEMETRY_START_MS = Date.UTC(2026, 5, 9, 4);
export const TELEMETRY_STEP_MS = 300_000;
export const METERS = 3;
export const READING_STEP_MS = 2000;

export function registersOf(meterNumber: number, atMs: number): Buffer {
  const registers = Buffer.alloc(160, meterNumber);
  registers.writeDoubleBE(atMs);
  return registers;
}
