/**
 * Which unmet need a failed command proves, if any. Only what the network did counts: a start that was refused because the vehicle was
 * elsewhere is our own mistake, and an outcome that is not known proves nothing.
 */
import type { EvseStatus } from '../marketplace/evse.ts';
import type { SessionCommand } from '../marketplace/session-command.ts';
import type { UnmetKind } from './demand-signal.ts';

/** A vehicle farther away than this cannot have been plugged in. */
const AT_THE_CABLE_M = 150;

export function judgeFailure(facts: {
  readonly command: Pick<SessionCommand, 'kind' | 'state'>;
  /** As last heard. */
  readonly evseStatus: EvseStatus;
  /** From the vehicle to the charge point; undefined: not known, or too old. */
  readonly awayM: number | undefined;
}): UnmetKind | undefined {
  const { command, evseStatus, awayM } = facts;
  if (command.state !== 'refused') return undefined;
  if (command.kind !== 'START_SESSION' && command.kind !== 'RESERVE_NOW') return undefined;
  if (evseStatus === 'BLOCKED') return 'evse-blocked';
  if (evseStatus === 'INOPERATIVE' || evseStatus === 'OUTOFORDER') return 'evse-broken';
  if (evseStatus === 'CHARGING' || evseStatus === 'RESERVED') return 'queue';
  const wasThere = awayM !== undefined && awayM <= AT_THE_CABLE_M;
  return command.kind === 'START_SESSION' && wasThere ? 'start-failed' : undefined;
}

/** A signal that is with the marketplace, or may be, is not given a second time. */
export function mayPublish(state: string): boolean {
  return state === 'draft' || state === 'refused';
}
