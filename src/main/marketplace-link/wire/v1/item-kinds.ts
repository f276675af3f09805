/** Which kinds of item each stream carries, and the schema of each kind's body. */
import { z } from 'zod';
import { commandResult } from './commands.ts';
import type { StreamName } from './envelope.ts';
import { deletedObject, depot, positionBatch, vehicle } from './fleet-objects.ts';
import { evse, evseStatus, location, session, sessionPatch } from './ocpi-objects.ts';
import { ciString, dateTime } from './primitives.ts';

export const itemKinds = {
  fleet: {
    'depot.put': depot,
    'vehicle.put': vehicle,
    'vehicle.delete': deletedObject,
  },
  network: {
    'location.put': location,
    'evse.put': z.object({ location_id: ciString(36), evse }),
    'evse.status': z.object({
      location_id: ciString(36),
      evse_uid: ciString(36),
      status: evseStatus,
      last_updated: dateTime,
    }),
  },
  sessions: {
    'session.put': session,
    'session.patch': sessionPatch,
  },
  commands: {
    'command.result': commandResult,
  },
  telemetry: {
    positions: positionBatch,
  },
} as const satisfies Record<StreamName, Record<string, z.ZodType>>;

export type ItemBody<S extends keyof typeof itemKinds, K extends keyof (typeof itemKinds)[S]> =
  (typeof itemKinds)[S][K] extends z.ZodType<infer B> ? B : never;
