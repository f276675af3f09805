/**
 * Takes commands, remembers them for ever, lets each take effect at most once. Invariant: the answer leaves only after
 * the command is durable; the effect is written before result and session, which a restart makes up from it.
 */
import type { WireCommand, WireCommandResponse, WireCommandResult } from '../../marketplace-link/wire/v1/commands.ts';
import {
  answerCommand,
  executeCommand,
  RESULT_TIMEOUT_S,
  type CommandContext,
  type CommandVerdict,
} from './decide-command.ts';
import type { EventLog } from '../log/event-log.ts';
import type { LogEntry, LogRecord } from '../log/log-entries.ts';
import type { Intervention } from '../fleet/intervention.ts';
import type { RecordOffice } from '../commerce/record-office.ts';
import type { DemoReservation, ReservationBook } from './reservation-book.ts';
import type { ScriptedFaults } from '../scripted-faults.ts';
import { hashUnit } from '../seeded-random.ts';
import { isoTime } from './wire-objects.ts';

export type CommandState = { response: WireCommandResponse; result?: WireCommandResult };

export type CommandDesk = {
  readonly take: (command: WireCommand) => Promise<WireCommandResponse>;
  readonly stateOf: (commandId: string) => CommandState | undefined;
  /** How often each command took effect: 0 or 1 for all, or something is wrong. */
  readonly effects: () => Record<string, number>;
  readonly releaseResults: () => void;
  readonly stop: () => void;
};

type CommandRecord = LogRecord & { kind: 'command'; command: WireCommand; response: WireCommandResponse };
type EffectRecord = LogRecord & {
  kind: 'effect';
  result: WireCommandResult;
  intervention: Intervention | null;
} & HeldByEffect;

/** What an effect did to reservations. */
type HeldByEffect = { reservation?: DemoReservation; ended?: DemoReservation };

export function createCommandDesk(
  context: CommandContext,
  log: EventLog,
  faults: ScriptedFaults,
  nowMs: () => number,
  office: RecordOffice,
): CommandDesk {
  const commands = new Map<string, CommandState>();
  const answering = new Map<string, Promise<WireCommandResponse>>();
  const effects = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const withheld: LogEntry[] = [];

  const later = (delayMs: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
  };

  const execute = async (command: WireCommand): Promise<void> => {
    const atMs = nowMs();
    const late = Date.now() > Date.parse(command.expires_at) + RESULT_TIMEOUT_S * 1000;
    const verdict: CommandVerdict = late
      ? { result: 'TIMEOUT', message: 'The marketplace was away too long; the command was not carried out.' }
      : executeCommand(context, command, atMs);
    const result = {
      command_id: command.command_id,
      result: verdict.result,
      message: verdict.message,
      last_updated: isoTime(atMs),
    };
    const { intervention, reservation, ended } = verdict;
    const record: EffectRecord = {
      kind: 'effect',
      result,
      intervention: intervention ? storable(intervention) : null,
      ...(reservation ? { reservation } : {}),
      ...(ended ? { ended } : {}),
    };
    applyHeld(context.reservations, office, record);
    const told: LogEntry = { stream: 'commands', at: isoTime(atMs), kind: 'command.result', body: result };
    const hidden = faults.active('results-missing') !== undefined;
    if (hidden) withheld.push(told);
    const moved = intervention ? context.ledger.follow(intervention.vehicle, atMs) : [];
    office.watch(moved);
    if (verdict.result === 'ACCEPTED') effects.set(command.command_id, (effects.get(command.command_id) ?? 0) + 1);
    await log.append(hidden ? moved : [told, ...moved], [record]);
    const state = commands.get(command.command_id);
    if (state && !hidden) state.result = result;
  };

  const schedule = (command: WireCommand): void =>
    later(
      500 + 1500 * hashUnit(context.world.seed, 'delay', command.command_id),
      () => void execute(command).catch(ignore),
    );

  const accept = async (command: WireCommand): Promise<WireCommandResponse> => {
    const refused = faults.active('commands-refused') !== undefined;
    const response: WireCommandResponse = refused
      ? {
          command_id: command.command_id,
          result: 'REJECTED',
          timeout_s: 0,
          message: 'The charge point operator refuses commands at the moment.',
        }
      : answerCommand(context, command, Date.now(), nowMs());
    const record: CommandRecord = { kind: 'command', command, response };
    await log.append([], [record]);
    commands.set(command.command_id, { response });
    answering.delete(command.command_id);
    if (response.result === 'ACCEPTED') schedule(command);
    return response;
  };

  const release = async (): Promise<void> => {
    const late = withheld.splice(0);
    if (late.length === 0) return;
    await log.append(late);
    for (const { body } of late) {
      const result = body as WireCommandResult;
      const state = commands.get(result.command_id);
      if (state) state.result = result;
    }
  };

  for (const record of effectRecords(log)) applyHeld(context.reservations, office, record);
  restoreCommands(log, commands, effects, withheld).forEach(schedule);
  return {
    take: (command) => {
      const known = commands.get(command.command_id);
      if (known) return Promise.resolve(known.response);
      let answer = answering.get(command.command_id);
      if (!answer) {
        answer = accept(command);
        answering.set(command.command_id, answer);
      }
      return answer;
    },
    stateOf: (commandId) => commands.get(commandId),
    effects: () => Object.fromEntries([...commands.keys()].map((id) => [id, effects.get(id) ?? 0])),
    releaseResults: () => void release().catch(ignore),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** The interventions of the log, in the order they happened. */
export function loggedInterventions(log: EventLog): Intervention[] {
  return effectRecords(log).flatMap(({ intervention }): Intervention[] => {
    if (intervention === null) return [];
    if (intervention.kind === 'start') return [{ ...intervention, untilMs: intervention.untilMs ?? Infinity }];
    if (intervention.kind === 'profile') return [{ ...intervention, toMs: intervention.toMs ?? Infinity }];
    return [intervention];
  });
}

/** Fills the desk from the log; gives the commands that were accepted but not yet carried out. */
function restoreCommands(
  log: EventLog,
  commands: Map<string, CommandState>,
  effects: Map<string, number>,
  withheld: LogEntry[],
): WireCommand[] {
  const open = new Map<string, WireCommand>();
  for (const record of log.records) {
    if (record.kind !== 'command') continue;
    const { command, response } = record as CommandRecord;
    commands.set(command.command_id, { response });
    if (response.result === 'ACCEPTED') open.set(command.command_id, command);
  }
  const told = new Set<string>();
  for (const item of log.read('commands', 1, Infinity, Infinity)) {
    told.add(String((item.body as { command_id?: unknown } | null)?.command_id));
  }
  for (const { result } of effectRecords(log)) {
    open.delete(result.command_id);
    if (result.result === 'ACCEPTED') effects.set(result.command_id, (effects.get(result.command_id) ?? 0) + 1);
    const state = commands.get(result.command_id);
    if (state && told.has(result.command_id)) state.result = result;
    // A crash may have swallowed a result that was held back.
    if (!told.has(result.command_id)) {
      withheld.push({ stream: 'commands', at: result.last_updated, kind: 'command.result', body: result });
    }
  }
  return [...open.values()];
}

function applyHeld(book: ReservationBook, office: RecordOffice, record: EffectRecord): void {
  if (record.reservation) book.add(record.reservation);
  if (!record.ended) return;
  book.end(record.ended.id);
  if (record.intervention?.kind === 'start') office.noteReservation(record.intervention.commandId, record.ended.fromMs);
}

function effectRecords(log: EventLog): EffectRecord[] {
  return log.records.filter((record): record is EffectRecord => record.kind === 'effect');
}

/** JSON has no infinity: an open end is left out and put back when read. */
function storable(intervention: Intervention): Intervention {
  if (intervention.kind === 'start' && !Number.isFinite(intervention.untilMs)) {
    const { untilMs: _open, ...rest } = intervention;
    return rest as Intervention;
  }
  if (intervention.kind === 'profile' && !Number.isFinite(intervention.toMs)) {
    const { toMs: _open, ...rest } = intervention;
    return rest as Intervention;
  }
  return intervention;
}

/** The log fails only when the disk does or the demo is being stopped; both end the process elsewhere. */
function ignore(): void {}
