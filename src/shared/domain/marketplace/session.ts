/** A charging session as the marketplace reports it (OCPI 2.2.1, 9). */
import type { EpochMs } from '../../kernel/instant.ts';
import type { EnergyWh } from '../../kernel/quantity.ts';

export type SessionStatus = 'ACTIVE' | 'COMPLETED' | 'INVALID' | 'PENDING' | 'RESERVATION';

export type Session = {
  readonly id: string;
  readonly status: SessionStatus;
  readonly startAtMs: EpochMs;
  readonly endAtMs: EpochMs | undefined;
  readonly energyWh: EnergyWh;
  readonly evseKey: string;
  readonly connectorId: string;
  readonly vehicleId: string | undefined;
  /** Ties the session to the command that asked for it. */
  readonly authorizationReference: string | undefined;
  /** The CPO's running total without tax, as text with its own decimals; undefined is not "free". */
  readonly totalCost: string | undefined;
  readonly currency: string;
  readonly updatedAtMs: EpochMs;
};

/** COMPLETED and INVALID are final: nothing that arrives later changes them. */
export function isFinalStatus(status: SessionStatus): boolean {
  return status === 'COMPLETED' || status === 'INVALID';
}
