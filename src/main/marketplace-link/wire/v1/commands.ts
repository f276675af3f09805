/**
 * Commands go up from the console. The shapes follow OCPI 2.2.1, 13 (StartSession, StopSession, CommandResponse,
 * CommandResult); what OCPI does with a response URL is done here with `command_id`, which is also the
 * idempotency key: the server must let a `command_id` take effect at most once and answer a repeat alike.
 */
import { z } from 'zod';
import { demandSignal } from './demand-signal.ts';
import { chargingPreferences, chargingProfile } from './ocpi/charging-profile.ts';
import { ciString, dateTime, text, uuid } from './primitives.ts';

export const startSession = z.object({
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
  vehicle_id: ciString(36),
  /** The reservation it makes use of. */
  reservation_id: ciString(36).optional(),
});

/** OCPI 2.2.1, 13.3.4 ReserveNow, for a vehicle in place of a token. A repeat with the same id moves its end. */
export const reserveNow = z.object({
  location_id: ciString(36),
  evse_uid: ciString(36),
  vehicle_id: ciString(36),
  reservation_id: ciString(36),
  expiry_date: dateTime,
});

export const cancelReservation = z.object({ reservation_id: ciString(36) });

export const unlockConnector = z.object({
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
});

export const stopSession = z.object({ session_id: ciString(36) });

const commandHead = { command_id: uuid, issued_at: dateTime, expires_at: dateTime };

export const command = z.discriminatedUnion('kind', [
  z.object({ ...commandHead, kind: z.literal('START_SESSION'), body: startSession }),
  z.object({ ...commandHead, kind: z.literal('STOP_SESSION'), body: stopSession }),
  z.object({ ...commandHead, kind: z.literal('RESERVE_NOW'), body: reserveNow }),
  z.object({ ...commandHead, kind: z.literal('CANCEL_RESERVATION'), body: cancelReservation }),
  z.object({ ...commandHead, kind: z.literal('UNLOCK_CONNECTOR'), body: unlockConnector }),
  z.object({
    ...commandHead,
    kind: z.literal('SET_CHARGING_PROFILE'),
    body: z.object({ session_id: ciString(36), charging_profile: chargingProfile }),
  }),
  z.object({
    ...commandHead,
    kind: z.literal('CLEAR_CHARGING_PROFILE'),
    body: z.object({ session_id: ciString(36) }),
  }),
  z.object({
    ...commandHead,
    kind: z.literal('SET_CHARGING_PREFERENCES'),
    body: z.object({ session_id: ciString(36), charging_preferences: chargingPreferences }),
  }),
  z.object({ ...commandHead, kind: z.literal('PUBLISH_DEMAND'), body: z.object({ signal: demandSignal }) }),
]);

/** OCPI 2.2.1, 13.4.1 CommandResponseType; `timeout_s` is how long to wait for the result. */
export const commandResponse = z.object({
  command_id: uuid,
  result: z.enum(['ACCEPTED', 'REJECTED', 'NOT_SUPPORTED', 'UNKNOWN_SESSION']),
  timeout_s: z.int().min(0).max(3600),
  message: text(512).optional(),
});

/** OCPI 2.2.1, 13.4.2 CommandResultType. */
export const commandResult = z.object({
  command_id: uuid,
  result: z.enum([
    'ACCEPTED',
    'CANCELED_RESERVATION',
    'EVSE_OCCUPIED',
    'EVSE_INOPERATIVE',
    'FAILED',
    'NOT_SUPPORTED',
    'REJECTED',
    'TIMEOUT',
    'UNKNOWN_RESERVATION',
  ]),
  message: text(512).optional(),
  last_updated: dateTime,
});

export const commandStatusRequest = z.object({ command_ids: z.array(uuid).min(1).max(100) });

/** `known: false` means the server never took the command, so it may be sent (again) without a double effect. */
export const commandStatusAnswer = z.object({
  statuses: z
    .array(
      z.object({
        command_id: uuid,
        known: z.boolean(),
        response: commandResponse.optional(),
        result: commandResult.optional(),
      }),
    )
    .max(100),
});

export type WireCommand = z.infer<typeof command>;
export type WireCommandResponse = z.infer<typeof commandResponse>;
export type WireCommandResult = z.infer<typeof commandResult>;
