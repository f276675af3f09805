/** What the window may ask of and hear from the marketplace: charge points, sessions, and commands to them. */
import { z } from 'zod';
import type { Evse } from '../../domain/marketplace/evse.ts';
import type { Reservation } from '../../domain/marketplace/reservation.ts';
import type { Session } from '../../domain/marketplace/session.ts';
import type { SessionCommand } from '../../domain/marketplace/session-command.ts';
import { command, feed } from '../contract.ts';

const id = z.string().min(1).max(80);

export const marketplaceContract = {
  'marketplace/start-session': command({ vehicleId: id, evseKey: id, connectorId: id }),
  'marketplace/stop-session': command({ sessionId: id }),
  /** Holds an available charge point for a vehicle until then, at most a day ahead. The reservation's id is the command's. */
  'marketplace/reserve': command({ vehicleId: id, evseKey: id, expiresAtMs: z.number().min(0).max(4_102_444_800_000) }),
  'marketplace/cancel-reservation': command({ reservationId: z.uuid() }),
  'marketplace/unlock-connector': command({ evseKey: id, connectorId: id }),
  /** The operator need not wait any more for a command whose outcome is unknown. */
  'marketplace/set-aside': command({ setAsideCommandId: z.uuid() }),
  'marketplace/evses': feed<Evse>({ maxRateHz: 4, keyOf: (evse) => evse.key }),
  /** Running sessions, and those that ended in the last 24 hours. */
  'marketplace/sessions': feed<Session>({ maxRateHz: 4, keyOf: (session) => session.id }),
  /** Reservations still held or open, and those of the last 24 hours. */
  'marketplace/reservations': feed<Reservation>({ maxRateHz: 4, keyOf: (reservation) => reservation.reservationId }),
  /** Start and stop commands still open, and those of the last 24 hours. */
  'marketplace/session-commands': feed<SessionCommand>({ maxRateHz: 20, keyOf: (command) => command.commandId }),
} as const;
