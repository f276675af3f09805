/**
 * Tells how the commands given in this window ended, and offers the opposite as undo: not those of the open vehicle, whose
 * panel tells them. Renders nothing.
 */
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import type { SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { recordStore } from '../../link/record-store.ts';
import { ASIDE } from './toast-place.ts';
import { cancelReservation, issuedHere, startSession, stopSession } from './issue-session-command.ts';
import { adviceFor, describeCommand, DONE_WORDS } from './session-command-words.ts';

export function SessionCommandToasts({ openVehicleId }: { readonly openVehicleId: string | undefined }) {
  const open = useRef(openVehicleId);
  open.current = openVehicleId;
  useEffect(() => {
    const told = new Map<string, SessionCommand['state']>();
    return recordStore('marketplace/session-commands').onChange((change) => {
      for (const command of change.upserted) {
        if (!issuedHere.has(command.commandId) || told.get(command.commandId) === command.state) continue;
        told.set(command.commandId, command.state);
        const vehicleId = vehicleOf(command);
        if (vehicleId === undefined || vehicleId !== open.current) tell(command, registrationOf(vehicleId));
      }
    });
  }, []);
  return null;
}

function registrationOf(vehicleId: string | undefined): string {
  if (vehicleId === undefined) return '';
  return recordStore('fleet/vehicles').view().records.get(vehicleId)?.registration ?? vehicleId;
}

/** A stop names only its session. */
function vehicleOf(command: SessionCommand): string | undefined {
  if (command.vehicleId !== undefined || command.sessionId === undefined) return command.vehicleId;
  return recordStore('marketplace/sessions').view().records.get(command.sessionId)?.vehicleId;
}

function tell(command: SessionCommand, name: string): void {
  const look = describeCommand(command, true);
  const subject = name === '' ? '' : `${name}: `;
  // One toast a command: what comes later replaces what was said before.
  const options = { id: command.commandId, duration: 12_000, position: ASIDE } as const;
  if (command.state === 'done') {
    const label = UNDO_LABELS[command.kind];
    toast(`${subject}${DONE_WORDS[command.kind]}`, {
      ...options,
      ...(label === undefined ? {} : { action: { label, onClick: () => void undo(command) } }),
    });
  } else if (look.shape === 'failed')
    toast.error(`${subject}${look.sentence}`, { ...options, description: adviceFor(command) });
  else if (look.shape === 'unknown' && command.setAsideAtMs === undefined)
    toast.warning(`${subject}${look.sentence}`, { ...options, duration: 20_000, description: adviceFor(command) });
}

/** What has no opposite, such as a cable that is free, offers none. */
const UNDO_LABELS: Readonly<Partial<Record<SessionCommand['kind'], string>>> = {
  START_SESSION: 'Stop',
  STOP_SESSION: 'Start again',
  RESERVE_NOW: 'Cancel',
};

/** The opposite command. It is judged anew: the world may have moved on. */
async function undo(command: SessionCommand): Promise<void> {
  if (command.kind === 'RESERVE_NOW') {
    await cancelReservation({ reservationId: command.reservationId ?? command.commandId });
    return;
  }
  const sessions = [...recordStore('marketplace/sessions').view().records.values()];
  if (command.kind === 'START_SESSION') {
    const started = sessions.find((session) => session.authorizationReference === command.commandId);
    if (started !== undefined) await stopSession(started);
    else
      toast.error('The session has not been reported yet.', {
        position: ASIDE,
        description: 'Stop it from the vehicle’s panel once it shows.',
      });
    return;
  }
  const stopped = sessions.find((session) => session.id === command.sessionId);
  if (stopped?.vehicleId === undefined) {
    toast.error('This session is not known here any more.', {
      position: ASIDE,
      description: 'Start it from the vehicle’s panel.',
    });
    return;
  }
  await startSession({ vehicleId: stopped.vehicleId, evseKey: stopped.evseKey, connectorId: stopped.connectorId });
}
