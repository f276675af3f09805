/**
 * Commands go up from the console. The shapes follow OCPI 2.2.1, 13 (StartSession, StopSession, CommandResponse,
 * CommandResult); what OCPI does with a response URL is done here with `command_id`, which is also the
 * idempotency key: the server must let a `command_id` take effect at most once and answer a repeat alike.
 */
import { z } from 'zod';
import { ciString, dateTime, text, uuid } from './primitives.ts';

export const startSession = z.object({
  location_id: ciString(36),
  evse_uid: ciString(36),
  connector_id: ciString(36),
  vehicle_id: ciString(36),
});

export const stopSession = z.object({ session_id: ciString(36) });

const commandHead = { command_id: uuid, issued_at: dateTime, expires_at: dateTime };

export const command = z.discriminatedUnion('kind', [
  z.object({ ...commandHead, kind: z.literal('START_SESSION'), body: startSession }),
  z.object({ ...commandHead, kind: z.literal('STOP_SESSION'), body: stopSession }),
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
