/**
 * What the marketplace makes of a command, as pure decisions: first whether it makes sense at all, later what the
 * charge point says. Every refusal is a sentence an operator can act on.
 */
import type { WireCommand, WireCommandResponse, WireCommandResult } from '../../marketplace-link/wire/v1/commands.ts';
import type { DemoEvse } from '../fleet/charging-network.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import type { Intervention, ProfileIntervention } from '../fleet/intervention.ts';
import { distanceM } from '../streets/local-plane.ts';
import { awayParty } from '../commerce/party-hours.ts';
import type { DemoReservation, ReservationBook } from './reservation-book.ts';
import type { SessionLedger } from './session-ledger.ts';
import { vehiclePowerKw } from '../fleet/lay-charge.ts';
import { stageSoc } from '../fleet/vehicle-stage.ts';
import { CONNECTOR_ID } from './wire-objects.ts';

export type CommandContext = {
  readonly world: DemoWorld;
  readonly schedule: FleetSchedule;
  readonly ledger: SessionLedger;
  readonly reservations: ReservationBook;
};

export type CommandVerdict = {
  readonly result: WireCommandResult['result'];
  readonly message: string;
  readonly intervention?: Intervention;
  /** A charge point is held from now on. */
  readonly reservation?: DemoReservation;
  /** The reservation of this id is over: used or cancelled. */
  readonly ended?: DemoReservation;
};

/** Beyond this a vehicle is not at the charge point. */
const NEAR_M = 150;
const SHORTEST_USE_MS = 5 * 60_000;
export const RESULT_TIMEOUT_S = 30;

/** The answer at once. Times are real ones: a command's expiry is a promise about the operator's own clock. */
export function answerCommand(
  context: CommandContext,
  command: WireCommand,
  wallMs: number,
  atMs: number,
): WireCommandResponse {
  const answer = (result: WireCommandResponse['result'], message: string): WireCommandResponse => ({
    command_id: command.command_id,
    result,
    timeout_s: result === 'ACCEPTED' ? RESULT_TIMEOUT_S : 0,
    message,
  });
  if (Date.parse(command.expires_at) <= wallMs) {
    return answer(
      'REJECTED',
      'The command had expired when it reached the marketplace. Give it again if it is still wanted.',
    );
  }
  if (command.kind === 'STOP_SESSION') {
    const { session_id: id } = command.body;
    if (context.ledger.find(id)) return answer('ACCEPTED', 'The charge point is being asked to stop.');
    if (context.ledger.isOver(id)) return answer('REJECTED', `Session ${id} has already ended.`);
    return answer('UNKNOWN_SESSION', `The marketplace knows no session ${id}.`);
  }
  if (command.kind === 'CANCEL_RESERVATION') {
    const { reservation_id: id } = command.body;
    return context.reservations.find(id)
      ? answer('ACCEPTED', 'The charge point is being asked to let it go.')
      : answer('REJECTED', `The marketplace holds no reservation ${id}.`);
  }
  if (command.kind === 'PUBLISH_DEMAND') return answer('ACCEPTED', 'The signal is being listed.');
  if (command.kind === 'SET_CHARGING_PREFERENCES')
    return answer('NOT_SUPPORTED', 'This marketplace passes on no preferences. Give the session a charging profile.');
  if (command.kind === 'SET_CHARGING_PROFILE' || command.kind === 'CLEAR_CHARGING_PROFILE') {
    const { session_id: id } = command.body;
    const session = context.ledger.find(id);
    if (!session) return answer('UNKNOWN_SESSION', `The marketplace knows no running session ${id}.`);
    if ((context.world.charging.evses[session.evse]?.owner ?? -1) < 0)
      return answer('NOT_SUPPORTED', 'This charge point takes no charging profiles.');
    return answer('ACCEPTED', 'The charge point is being told.');
  }
  return answerAtEvse(context, command, atMs, answer);
}

type EvseCommand = StartCommand | ReserveCommand | UnlockCommand;

function answerAtEvse(
  context: CommandContext,
  command: EvseCommand,
  atMs: number,
  answer: (result: WireCommandResponse['result'], message: string) => WireCommandResponse,
): WireCommandResponse {
  const { body } = command;
  const evse = findEvse(context.world, body.location_id, body.evse_uid);
  const location = context.world.charging.locations[evse?.location ?? -1];
  if (!evse || !location)
    return answer('REJECTED', `There is no EVSE ${body.evse_uid} at location ${body.location_id}.`);
  if (awayParty(location.partyId, atMs))
    return answer('REJECTED', `${location.operator} is not connected to the marketplace. Choose another operator.`);
  if ('connector_id' in body && body.connector_id !== CONNECTOR_ID)
    return answer('REJECTED', `EVSE ${evse.uid} has no connector ${body.connector_id}.`);
  if ('vehicle_id' in body && findVehicle(context.world, body.vehicle_id) < 0)
    return answer('REJECTED', `The marketplace knows no vehicle ${body.vehicle_id}.`);
  if (command.kind === 'RESERVE_NOW' && evse.owner >= 0)
    return answer('NOT_SUPPORTED', `Bays of a depot cannot be reserved.`);
  const asked = { START_SESSION: 'start', RESERVE_NOW: 'be held', UNLOCK_CONNECTOR: 'let go of the cable' };
  return answer('ACCEPTED', `The charge point is being asked to ${asked[command.kind]}.`);
}

/** What the charge point does with it, a moment later. */
export function executeCommand(context: CommandContext, command: WireCommand, atMs: number): CommandVerdict {
  switch (command.kind) {
    case 'START_SESSION':
      return executeStart(context, command, atMs);
    case 'STOP_SESSION':
      return executeStop(context, command, atMs);
    case 'RESERVE_NOW':
      return executeReserve(context, command, atMs);
    case 'CANCEL_RESERVATION':
      return executeCancel(context, command, atMs);
    case 'UNLOCK_CONNECTOR':
      return executeUnlock(context, command);
    case 'PUBLISH_DEMAND':
      return { result: 'ACCEPTED', message: 'The signal is listed; operators in the region see it.' };
    case 'SET_CHARGING_PROFILE':
    case 'CLEAR_CHARGING_PROFILE':
      return executeProfile(context, command, atMs);
    case 'SET_CHARGING_PREFERENCES':
      return { result: 'NOT_SUPPORTED', message: 'This marketplace passes on no preferences.' };
  }
}

type StartCommand = Extract<WireCommand, { kind: 'START_SESSION' }>;
type StopCommand = Extract<WireCommand, { kind: 'STOP_SESSION' }>;
type ReserveCommand = Extract<WireCommand, { kind: 'RESERVE_NOW' }>;
type UnlockCommand = Extract<WireCommand, { kind: 'UNLOCK_CONNECTOR' }>;
type CancelCommand = Extract<WireCommand, { kind: 'CANCEL_RESERVATION' }>;

function executeStart(context: CommandContext, command: StartCommand, atMs: number): CommandVerdict {
  const { world, schedule } = context;
  const evse = findEvse(world, command.body.location_id, command.body.evse_uid);
  const index = findVehicle(world, command.body.vehicle_id);
  const vehicle = world.roster[index];
  if (!evse || !vehicle) return { result: 'FAILED', message: 'The EVSE or the vehicle is no longer known.' };
  const stage = schedule.stageAt(index, atMs);
  const plate = vehicle.registration;
  if (stage.route)
    return { result: 'REJECTED', message: `${plate} is driving. It must stand at the charge point first.` };
  const awayM = distanceM(stage.latitude, stage.longitude, evse.latitude, evse.longitude);
  if (awayM > NEAR_M) {
    const away = awayM > 950 ? `${(awayM / 1000).toFixed(1)} km` : `${Math.round(awayM / 10) * 10} m`;
    return {
      result: 'REJECTED',
      message: `${plate} stands ${away} away; the cable reaches vehicles within ${NEAR_M} m.`,
    };
  }
  if (stage.activity === 'CHARGING') return { result: 'REJECTED', message: `${plate} is already charging.` };
  if (vehiclePowerKw(vehicle, evse) <= 0) {
    return {
      result: 'REJECTED',
      message: `${vehicle.model.name} cannot take ${evse.dc ? 'direct' : 'alternating'} current.`,
    };
  }
  if (stageSoc(stage, atMs) > 0.985) return { result: 'REJECTED', message: `The battery of ${plate} is full.` };
  const unfit = refuseByEvse(context, evse, index, atMs);
  if (unfit) return unfit;
  const untilMs = freeUntilMs(context, evse, index, atMs);
  if (untilMs - atMs < SHORTEST_USE_MS) {
    return { result: 'REJECTED', message: `EVSE ${evse.uid} is reserved for another vehicle in the next minutes.` };
  }
  const intervention = {
    kind: 'start',
    commandId: command.command_id,
    vehicle: index,
    evse: evse.index,
    atMs,
    untilMs,
  } as const;
  schedule.intervene(intervention);
  if (schedule.stageAt(index, atMs).commandId !== command.command_id) {
    schedule.withdraw(intervention);
    return { result: 'FAILED', message: `${plate} leaves too soon to begin charging.` };
  }
  const used = context.reservations.at(evse.index, atMs);
  const verdict = { result: 'ACCEPTED', message: `${plate} is charging at ${evse.uid}.`, intervention } as const;
  return used ? { ...verdict, ended: used } : verdict;
}

function executeStop(context: CommandContext, command: StopCommand, atMs: number): CommandVerdict {
  const { session_id: id } = command.body;
  const session = context.ledger.find(id);
  const stage = session ? context.schedule.stageAt(session.vehicle, atMs) : undefined;
  if (!session || stage?.activity !== 'CHARGING' || stage.startMs !== session.startMs) {
    return { result: 'FAILED', message: `Session ${id} ended before the charge point could be asked.` };
  }
  const intervention = { kind: 'stop', commandId: command.command_id, vehicle: session.vehicle, atMs } as const;
  context.schedule.intervene(intervention);
  return { result: 'ACCEPTED', message: `Session ${id} has been stopped.`, intervention };
}

type ProfileCommand = Extract<WireCommand, { kind: 'SET_CHARGING_PROFILE' | 'CLEAR_CHARGING_PROFILE' }>;

/** A charge point that is told nothing any more gives its fallback. */
function executeProfile(context: CommandContext, command: ProfileCommand, atMs: number): CommandVerdict {
  const { session_id: id } = command.body;
  const session = context.ledger.find(id);
  const evse = context.world.charging.evses[session?.evse ?? -1];
  if (!session || !evse)
    return { result: 'FAILED', message: `Session ${id} ended before the charge point could be told.` };
  const told =
    command.kind === 'SET_CHARGING_PROFILE'
      ? limitsOf(command.body.charging_profile, atMs)
      : { toMs: atMs, periods: [] };
  if (told === undefined)
    return { result: 'REJECTED', message: 'The charge point takes its limits in W for all phases together.' };
  const intervention = {
    kind: 'profile',
    commandId: command.command_id,
    vehicle: session.vehicle,
    evse: evse.index,
    atMs,
    ...told,
  } as const;
  context.schedule.intervene(intervention);
  return { result: 'ACCEPTED', message: `${evse.uid} follows its profile.`, intervention };
}

type WireProfile = Extract<WireCommand, { kind: 'SET_CHARGING_PROFILE' }>['body']['charging_profile'];

function limitsOf(profile: WireProfile, atMs: number): Pick<ProfileIntervention, 'toMs' | 'periods'> | undefined {
  if (profile.charging_rate_unit !== 'W') return undefined;
  const beginMs = profile.start_date_time === undefined ? atMs : Date.parse(profile.start_date_time);
  return {
    toMs: profile.duration === undefined ? Infinity : beginMs + profile.duration * 1000,
    periods: profile.charging_profile_period.map(({ start_period: afterS, limit }) => ({
      fromMs: beginMs + afterS * 1000,
      limitKw: limit / 1000,
    })),
  };
}

/** The charge point is held, and a driver who is on duty comes after the stop at hand. Buses keep to their line. */
function executeReserve(context: CommandContext, command: ReserveCommand, atMs: number): CommandVerdict {
  const { world, reservations, ledger } = context;
  const evse = findEvse(world, command.body.location_id, command.body.evse_uid);
  const index = findVehicle(world, command.body.vehicle_id);
  const vehicle = world.roster[index];
  if (!evse || !vehicle) return { result: 'FAILED', message: 'The EVSE or the vehicle is no longer known.' };
  const untilMs = Date.parse(command.body.expiry_date);
  if (untilMs <= atMs) return { result: 'REJECTED', message: 'The reservation would have ended before it began.' };
  const held = reservations.at(evse.index, atMs);
  const unfit = refuseByEvse(context, evse, index, atMs);
  if (unfit) return unfit;
  if (ledger.evseStatus(evse.index) !== 'AVAILABLE' && !held)
    return { result: 'EVSE_OCCUPIED', message: `EVSE ${evse.uid} is not free.` };
  if (freeUntilMs(context, evse, index, atMs) < untilMs)
    return {
      result: 'REJECTED',
      message: `EVSE ${evse.uid} is promised to another vehicle before that. Ask for less.`,
    };
  const reservation = { id: command.body.reservation_id, vehicle: index, evse: evse.index, fromMs: atMs, untilMs };
  const message = `EVSE ${evse.uid} is held for ${vehicle.registration}.`;
  if (vehicle.model.class === 'bus') return { result: 'ACCEPTED', message, reservation };
  const { command_id: commandId } = command;
  const intervention = { kind: 'go', commandId, vehicle: index, evse: evse.index, atMs, untilMs } as const;
  context.schedule.intervene(intervention);
  return { result: 'ACCEPTED', message, reservation, intervention };
}

function executeCancel(context: CommandContext, command: CancelCommand, atMs: number): CommandVerdict {
  const held = context.reservations.find(command.body.reservation_id);
  if (!held || held.untilMs <= atMs)
    return { result: 'UNKNOWN_RESERVATION', message: 'The charge point holds no such reservation.' };
  const { command_id: commandId } = command;
  const intervention = { kind: 'stay', commandId, vehicle: held.vehicle, evse: held.evse, atMs } as const;
  context.schedule.intervene(intervention);
  return { result: 'ACCEPTED', message: 'The charge point is free again.', ended: held, intervention };
}

function executeUnlock(context: CommandContext, command: UnlockCommand): CommandVerdict {
  const evse = findEvse(context.world, command.body.location_id, command.body.evse_uid);
  if (!evse) return { result: 'FAILED', message: 'The EVSE is no longer known.' };
  const user = context.world.roster.find((vehicle) => context.ledger.openOf(vehicle.index)?.evse === evse.index);
  if (user)
    return { result: 'FAILED', message: `${user.registration} is charging at ${evse.uid}. Stop the session first.` };
  return { result: 'ACCEPTED', message: `EVSE ${evse.uid} let go of its cable.` };
}

function refuseByEvse(context: CommandContext, evse: DemoEvse, vehicle: number, atMs: number): CommandVerdict | null {
  const status = context.ledger.evseStatus(evse.index);
  if (status === 'INOPERATIVE' || status === 'OUTOFORDER') {
    return { result: 'EVSE_INOPERATIVE', message: `EVSE ${evse.uid} is out of service. Choose another.` };
  }
  if (status === 'CHARGING')
    return { result: 'EVSE_OCCUPIED', message: `EVSE ${evse.uid} is charging another vehicle.` };
  const held = context.reservations.at(evse.index, atMs);
  if (held && held.vehicle !== vehicle)
    return { result: 'EVSE_OCCUPIED', message: `EVSE ${evse.uid} is reserved for another vehicle.` };
  if (status === 'BLOCKED')
    return { result: 'EVSE_OCCUPIED', message: `EVSE ${evse.uid} is blocked by a parked vehicle.` };
  const owner = context.world.roster[evse.owner];
  if (owner && owner.index !== vehicle && context.schedule.stageAt(owner.index, atMs).evse === evse.index) {
    return { result: 'EVSE_OCCUPIED', message: `${owner.registration} is plugged in at EVSE ${evse.uid}.` };
  }
  return null;
}

/** Until when a vehicle may use the EVSE: the next time its owner or whoever booked the hour needs it. */
function freeUntilMs(context: CommandContext, evse: DemoEvse, vehicle: number, atMs: number): number {
  const { world, schedule } = context;
  if (evse.owner >= 0) {
    return evse.owner === vehicle ? Infinity : schedule.nextUseMs(evse.owner, evse.index, atMs) - 120_000;
  }
  const depot = world.charging.locations[evse.location]?.depot ?? 0;
  const days = world.days[depot];
  if (!evse.booked || !days) return atMs + 3 * 3_600_000;
  const today = days.dayOf(atMs);
  for (let hour = Math.floor(days.hourOf(atMs)); hour < 24; hour++) {
    const holder = world.charging.bookedBy.get(evse.index * 24 + hour);
    if (holder !== undefined && holder !== vehicle) return Math.max(atMs, days.instantOf(today, hour * 60) - 120_000);
  }
  return days.instantOf(today + 1, 6 * 60);
}

function findEvse(world: DemoWorld, locationId: string, evseUid: string): DemoEvse | undefined {
  const location = world.charging.locations.find((each) => each.id.toUpperCase() === locationId.toUpperCase());
  const index = location?.evses.find((each) => world.charging.evses[each]?.uid.toUpperCase() === evseUid.toUpperCase());
  return index === undefined ? undefined : world.charging.evses[index];
}

function findVehicle(world: DemoWorld, id: string): number {
  return world.roster.findIndex((vehicle) => vehicle.id.toUpperCase() === id.toUpperCase());
}
