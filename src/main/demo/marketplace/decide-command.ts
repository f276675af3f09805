/**
 * What the marketplace makes of a command, as pure decisions: first whether it makes sense at all, later what the
 * charge point says. Every refusal is a sentence an operator can act on.
 */
import type { WireCommand, WireCommandResponse, WireCommandResult } from '../../marketplace-link/wire/v1/commands.ts';
import type { DemoEvse } from '../fleet/charging-network.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import type { Intervention } from '../fleet/intervention.ts';
import { distanceM } from '../streets/local-plane.ts';
import type { SessionLedger } from './session-ledger.ts';
import { vehiclePowerKw } from '../fleet/stage-builder.ts';
import { stageSoc } from '../fleet/vehicle-stage.ts';
import { CONNECTOR_ID } from './wire-objects.ts';

export type CommandContext = {
  readonly world: DemoWorld;
  readonly schedule: FleetSchedule;
  readonly ledger: SessionLedger;
};

export type CommandVerdict = {
  readonly result: WireCommandResult['result'];
  readonly message: string;
  readonly intervention?: Intervention;
};

/** Beyond this a vehicle is not at the charge point. */
const NEAR_M = 150;
const SHORTEST_USE_MS = 5 * 60_000;
export const RESULT_TIMEOUT_S = 30;

/** The answer at once. Times are real ones: a command's expiry is a promise about the operator's own clock. */
export function answerCommand(context: CommandContext, command: WireCommand, wallMs: number): WireCommandResponse {
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
  const { body } = command;
  const evse = findEvse(context.world, body.location_id, body.evse_uid);
  if (!evse) return answer('REJECTED', `There is no EVSE ${body.evse_uid} at location ${body.location_id}.`);
  if (body.connector_id !== CONNECTOR_ID)
    return answer('REJECTED', `EVSE ${evse.uid} has no connector ${body.connector_id}.`);
  if (findVehicle(context.world, body.vehicle_id) < 0)
    return answer('REJECTED', `The marketplace knows no vehicle ${body.vehicle_id}.`);
  return answer('ACCEPTED', 'The charge point is being asked to start.');
}

/** What the charge point does with it, a moment later. */
export function executeCommand(context: CommandContext, command: WireCommand, atMs: number): CommandVerdict {
  return command.kind === 'START_SESSION' ? executeStart(context, command, atMs) : executeStop(context, command, atMs);
}

type StartCommand = Extract<WireCommand, { kind: 'START_SESSION' }>;
type StopCommand = Extract<WireCommand, { kind: 'STOP_SESSION' }>;

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
  return { result: 'ACCEPTED', message: `${plate} is charging at ${evse.uid}.`, intervention };
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

function refuseByEvse(context: CommandContext, evse: DemoEvse, vehicle: number, atMs: number): CommandVerdict | null {
  const status = context.ledger.evseStatus(evse.index);
  if (status === 'INOPERATIVE' || status === 'OUTOFORDER') {
    return { result: 'EVSE_INOPERATIVE', message: `EVSE ${evse.uid} is out of service. Choose another.` };
  }
  if (status === 'CHARGING')
    return { result: 'EVSE_OCCUPIED', message: `EVSE ${evse.uid} is charging another vehicle.` };
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
