/** Who may start and stop: the rule that previews in the window and decides in the store. */
import { describe, expect, test } from 'vitest';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';
import {
  isOpen,
  mayStartSession,
  mayStopSession,
  type SessionCommand,
} from '../../../../../src/shared/domain/marketplace/session-command.ts';
import { isFinalStatus, type Session } from '../../../../../src/shared/domain/marketplace/session.ts';
import { energyWh, powerW } from '../../../../../src/shared/kernel/quantity.ts';

const evse: Evse = {
  key: 'L1/E1',
  uid: 'E1',
  evseId: undefined,
  label: 'Bay 1',
  locationId: 'L1',
  locationName: 'Yard',
  operatorName: 'Op',
  timeZone: 'Europe/Berlin',
  latitude: 52,
  longitude: 13,
  status: 'AVAILABLE',
  statusAtMs: 0,
  connectors: [{ id: '1', standard: 'X', current: 'DC', maxPowerW: powerW(1), maxPowerStated: true }],
};
const session: Session = {
  id: 'S1',
  status: 'ACTIVE',
  startAtMs: 0,
  endAtMs: undefined,
  energyWh: energyWh(0),
  evseKey: 'L1/E2',
  connectorId: '1',
  vehicleId: 'V2',
  authorizationReference: undefined,
  totalCost: undefined,
  currency: 'EUR',
  updatedAtMs: 0,
};
const command: SessionCommand = {
  commandId: 'c',
  kind: 'START_SESSION',
  state: 'queued',
  reason: undefined,
  operator: 'A',
  vehicleId: 'V9',
  evseKey: 'L1/E9',
  sessionId: undefined,
  issuedAtMs: 0,
  changedAtMs: 0,
  setAsideAtMs: undefined,
};
const start = (change: Partial<Parameters<typeof mayStartSession>[0]>) => {
  const decided = mayStartSession({
    vehicleId: 'V1',
    vehicleKnown: true,
    evse,
    connectorId: '1',
    activeSessions: [session],
    openCommands: [command],
    ...change,
  });
  return decided.ok ? 'allowed' : decided.code;
};

describe('a start', () => {
  test('is allowed at an available charge point', () => expect(start({})).toBe('allowed'));
  test.for([
    ['vehicle-unknown', { vehicleKnown: false }],
    ['evse-unknown', { evse: undefined }],
    ['evse-unknown', { evse: { ...evse, status: 'REMOVED' } }],
    ['evse-not-available', { evse: { ...evse, status: 'UNKNOWN' } }],
    ['connector-unknown', { connectorId: '2' }],
    ['vehicle-has-session', { activeSessions: [{ ...session, vehicleId: 'V1' }] }],
    ['start-already-open', { openCommands: [{ ...command, vehicleId: 'V1' }] }],
    ['start-already-open', { openCommands: [{ ...command, evseKey: 'L1/E1' }] }],
    ['start-already-open', { openCommands: [{ ...command, evseKey: 'L1/E1', state: 'unknown' }] }],
  ] as const)('is refused: %s', ([code, change]) => expect(start(change)).toBe(code));
  test.for([
    { activeSessions: [{ ...session, vehicleId: 'V1', status: 'COMPLETED' }] },
    { openCommands: [{ ...command, vehicleId: 'V1', state: 'done' }] },
    { openCommands: [{ ...command, vehicleId: 'V1', state: 'unknown', setAsideAtMs: 1 }] },
    { openCommands: [{ ...command, vehicleId: 'V1', kind: 'STOP_SESSION' }] },
  ] as const)('what is over or set aside does not stand in the way: %j', (change) =>
    expect(start(change)).toBe('allowed'),
  );
});

describe('a stop', () => {
  const stop = (held: Session | undefined, openCommands: readonly SessionCommand[] = []) => {
    const decided = mayStopSession({ session: held, openCommands });
    return decided.ok ? 'allowed' : decided.code;
  };
  test('follows the session and the commands still open', () => {
    expect(stop(session)).toBe('allowed');
    expect(stop(undefined)).toBe('session-unknown');
    expect(stop({ ...session, status: 'INVALID' })).toBe('session-ended');
    expect(stop(session, [{ ...command, kind: 'STOP_SESSION', sessionId: 'S1', state: 'accepted' }])).toBe(
      'stop-already-open',
    );
    expect(stop(session, [{ ...command, kind: 'STOP_SESSION', sessionId: 'S2', state: 'accepted' }])).toBe('allowed');
  });
});

test('final and open are closed sets', () => {
  expect(
    ['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION'].filter((status) =>
      isFinalStatus(status as Session['status']),
    ),
  ).toEqual(['COMPLETED', 'INVALID']);
  const states = ['queued', 'sent', 'accepted', 'done', 'refused', 'unknown', 'expired'] as const;
  expect(states.filter((state) => isOpen({ state, setAsideAtMs: undefined }))).toEqual([
    'queued',
    'sent',
    'accepted',
    'unknown',
  ]);
});
