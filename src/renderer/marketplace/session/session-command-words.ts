/** What is known of a command, in a sentence that never claims more (see `session-command.ts` for the states). */
import type { SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { assertNever } from '../../../shared/kernel/assert.ts';

/** The store gives a start or stop this long to leave the console; the sentence and the rule must agree. */
export const WAITS_AT_MOST_S = 30;

export type CommandLook = {
  /** Short, for a column. */
  readonly word: string;
  readonly sentence: string;
  readonly shape: 'waiting' | 'done' | 'failed' | 'unknown';
};

type Told = Pick<SessionCommand, 'kind' | 'state' | 'reason' | 'setAsideAtMs'>;

export function describeCommand(command: Told, isLinkLive: boolean): CommandLook {
  const isStart = command.kind === 'START_SESSION';
  switch (command.state) {
    case 'queued':
      return {
        word: 'stored',
        shape: 'waiting',
        sentence: isLinkLive
          ? 'Stored here, about to be sent.'
          : `Stored here. The marketplace is out of reach: it waits at most ${WAITS_AT_MOST_S} s and is then given up.`,
      };
    case 'sent':
      return { word: 'sent', shape: 'waiting', sentence: 'Sent to the marketplace; no answer yet.' };
    case 'accepted':
      return {
        word: 'taken',
        shape: 'waiting',
        sentence: `The marketplace took it; waiting for the charge point to ${isStart ? 'start' : 'stop'}.`,
      };
    case 'done':
      return {
        word: 'done',
        shape: 'done',
        sentence: `The charge point has ${isStart ? 'started' : 'stopped'}.`,
      };
    case 'refused':
      return {
        word: 'refused',
        shape: 'failed',
        sentence: `${isStart ? 'Not started' : 'Not stopped'}: ${command.reason ?? 'the marketplace gave no reason.'}`,
      };
    case 'unknown':
      return {
        word: command.setAsideAtMs === undefined ? 'not known' : 'set aside',
        shape: 'unknown',
        sentence: `It may or may not have ${isStart ? 'started' : 'stopped'}. ${command.reason ?? 'The answer was lost.'}${
          command.setAsideAtMs === undefined ? ' The marketplace is asked again.' : ' You set it aside.'
        }`,
      };
    case 'expired':
      return {
        word: 'given up',
        shape: 'failed',
        sentence: `${isStart ? 'Not started' : 'Not stopped'}. ${command.reason ?? 'It never left the console and will not be sent any more.'}`,
      };
    default:
      return assertNever(command.state);
  }
}

/** What the operator can do now. */
export function adviceFor(command: Told): string | undefined {
  const isStart = command.kind === 'START_SESSION';
  if (command.state === 'refused')
    return isStart ? 'Choose another charge point, or try again.' : 'Try again, or have the cable released on site.';
  if (command.state === 'expired') return 'Try again once the marketplace link is live.';
  if (command.state === 'unknown')
    return `Look at the ${isStart ? 'vehicle' : 'session'} before you do it again; the next answer clears this up by itself.`;
  return undefined;
}
