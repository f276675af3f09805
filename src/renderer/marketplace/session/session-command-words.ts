/** What is known of a command, in a sentence that never claims more (see `session-command.ts` for the states). */
import type { SessionCommand, SessionCommandKind } from '../../../shared/domain/marketplace/session-command.ts';
import { assertNever } from '../../../shared/kernel/assert.ts';

/** The store gives a start or stop this long to leave the console; the sentence and the rule must agree. */
export const WAITS_AT_MOST_S = 30;

export type CommandLook = {
  /** Short, for a column. */
  readonly word: string;
  readonly sentence: string;
  readonly shape: 'waiting' | 'done' | 'failed' | 'unknown';
};

type KindWords = {
  /** Begins the line of a list. */
  readonly what: string;
  readonly awaits: string;
  readonly done: string;
  readonly notDone: string;
  readonly mayHave: string;
  readonly afterRefusal: string;
  readonly lookAt: string;
};

const KINDS: Readonly<Record<SessionCommandKind, KindWords>> = {
  START_SESSION: {
    what: 'Start',
    awaits: 'to start',
    done: 'The charge point has started.',
    notDone: 'Not started',
    mayHave: 'It may or may not have started.',
    afterRefusal: 'Choose another charge point, or try again.',
    lookAt: 'the vehicle',
  },
  STOP_SESSION: {
    what: 'Stop',
    awaits: 'to stop',
    done: 'The charge point has stopped.',
    notDone: 'Not stopped',
    mayHave: 'It may or may not have stopped.',
    afterRefusal: 'Try again, or have the cable released on site.',
    lookAt: 'the session',
  },
  RESERVE_NOW: {
    what: 'Reserve',
    awaits: 'to hold itself',
    done: 'The charge point is held.',
    notDone: 'Not reserved',
    mayHave: 'It may or may not be held.',
    afterRefusal: 'Choose another charge point, or go without a reservation.',
    lookAt: 'the charge point’s state',
  },
  CANCEL_RESERVATION: {
    what: 'Cancel the reservation',
    awaits: 'to give the reservation up',
    done: 'The reservation is given up.',
    notDone: 'Not cancelled',
    mayHave: 'The reservation may or may not be given up.',
    afterRefusal: 'Try again, or let it expire.',
    lookAt: 'the charge point’s state',
  },
  UNLOCK_CONNECTOR: {
    what: 'Unlock',
    awaits: 'to unlock',
    done: 'The connector is unlocked.',
    notDone: 'Not unlocked',
    mayHave: 'It may or may not be unlocked.',
    afterRefusal: 'Have the cable released on site.',
    lookAt: 'the cable',
  },
};

/** `Start`, `Reserve`: what a command asks for. */
export function commandWhat(kind: SessionCommandKind): string {
  return KINDS[kind].what;
}

/** The command as a subject tells it once it is done: `charging started`. */
export const DONE_WORDS: Readonly<Record<SessionCommandKind, string>> = {
  START_SESSION: 'charging started',
  STOP_SESSION: 'charging stopped',
  RESERVE_NOW: 'charge point reserved',
  CANCEL_RESERVATION: 'reservation cancelled',
  UNLOCK_CONNECTOR: 'connector unlocked',
};

type Told = Pick<SessionCommand, 'kind' | 'state' | 'reason' | 'setAsideAtMs'>;

export function describeCommand(command: Told, isLinkLive: boolean): CommandLook {
  const words = KINDS[command.kind];
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
        sentence: `The marketplace took it; waiting for the charge point ${words.awaits}.`,
      };
    case 'done':
      return { word: 'done', shape: 'done', sentence: words.done };
    case 'refused':
      return {
        word: 'refused',
        shape: 'failed',
        sentence: `${words.notDone}: ${command.reason ?? 'the marketplace gave no reason.'}`,
      };
    case 'unknown':
      return {
        word: command.setAsideAtMs === undefined ? 'not known' : 'set aside',
        shape: 'unknown',
        sentence: `${words.mayHave} ${command.reason ?? 'The answer was lost.'}${
          command.setAsideAtMs === undefined ? ' The marketplace is asked again.' : ' You set it aside.'
        }`,
      };
    case 'expired':
      return {
        word: 'given up',
        shape: 'failed',
        sentence: `${words.notDone}. ${command.reason ?? 'It never left the console and will not be sent any more.'}`,
      };
    default:
      return assertNever(command.state);
  }
}

/** What the operator can do now. */
export function adviceFor(command: Told): string | undefined {
  const words = KINDS[command.kind];
  if (command.state === 'refused') return words.afterRefusal;
  if (command.state === 'expired') return 'Try again once the marketplace link is live.';
  if (command.state === 'unknown')
    return `Look at ${words.lookAt} before you do it again; the next answer clears this up by itself.`;
  return undefined;
}
