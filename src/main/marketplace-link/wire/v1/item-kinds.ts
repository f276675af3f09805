/** Which kinds of item each stream carries, and the schema of each kind's body. */
import { z } from 'zod';
import { account, contract, payment } from './account-objects.ts';
import { commandResult } from './commands.ts';
import type { StreamName } from './envelope.ts';
import { deletedObject, depot, duty, positionBatch, vehicle } from './fleet-objects.ts';
import { chargeDetailRecord } from './ocpi/charge-detail-record.ts';
import { hubClientInfo } from './ocpi/hub-client-info.ts';
import { deletedTariff, tariff } from './ocpi/tariff.ts';
import { token } from './ocpi/token.ts';
import { evse, evseStatus, location, session, sessionPatch } from './ocpi-objects.ts';
import { ciString, dateTime } from './primitives.ts';

export const itemKinds = {
  fleet: {
    'depot.put': depot,
    'vehicle.put': vehicle,
    'vehicle.delete': deletedObject,
    'duty.put': duty,
    'duty.delete': deletedObject,
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
    'party.put': hubClientInfo,
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
  tariffs: {
    'tariff.put': tariff,
    'tariff.delete': deletedTariff,
  },
  accounts: {
    'contract.put': contract,
    'account.put': account,
    'payment.put': payment,
    'token.put': token,
  },
  records: {
    'cdr.put': chargeDetailRecord,
  },
} as const satisfies Record<StreamName, Record<string, z.ZodType>>;

export type ItemBody<S extends keyof typeof itemKinds, K extends keyof (typeof itemKinds)[S]> =
  (typeof itemKinds)[S][K] extends z.ZodType<infer B> ? B : never;
