/** The states of a link and of a command in the operator's words, with the priority that each state has. */
import type { CommandState } from '../../../shared/domain/marketplace/session-command.ts';
import type { LinkState } from '../../../shared/ipc/link-contract.ts';

export type LinkWords = {
  readonly word: string;
  /** undefined: normal, and grey. */
  readonly priority: 1 | 2 | undefined;
  readonly meaning: string;
  /** What the operator can go on doing; said wherever the link is shown as lost. */
  readonly stillWorks: string | undefined;
};

const STILL_WORKS = 'What is stored still shows, with its age; starts and stops queue.';

const LINK_WORDS: Readonly<Record<LinkState, LinkWords>> = {
  connecting: {
    word: 'connecting',
    priority: undefined,
    meaning: 'The console is trying to reach the marketplace.',
    stillWorks: undefined,
  },
  'catching-up': {
    word: 'catching up',
    priority: undefined,
    meaning: 'Connected; reading what happened meanwhile.',
    stillWorks: undefined,
  },
  live: { word: 'live', priority: undefined, meaning: 'Connected, everything read.', stillWorks: undefined },
  lost: {
    word: 'lost',
    priority: 2,
    meaning: 'There is no connection. The console tries again by itself.',
    stillWorks: STILL_WORKS,
  },
  refused: {
    word: 'refused',
    priority: 1,
    meaning: 'The marketplace does not accept this console. Somebody must act: check address and token.',
    stillWorks: STILL_WORKS,
  },
};

export function linkWords(state: LinkState): LinkWords {
  return LINK_WORDS[state];
}

export type CommandWords = { readonly word: string; readonly meaning: string; readonly priority: 2 | 3 | undefined };

const COMMAND_WORDS: Readonly<Record<CommandState, CommandWords>> = {
  queued: { word: 'queued', meaning: 'Stored here, not yet sent.', priority: undefined },
  sent: { word: 'sent', meaning: 'On its way, no answer yet.', priority: undefined },
  accepted: {
    word: 'accepted',
    meaning: 'The marketplace took it; the charge point’s result is awaited.',
    priority: undefined,
  },
  done: { word: 'done', meaning: 'The charge point says it happened.', priority: undefined },
  refused: { word: 'refused', meaning: 'It did not happen.', priority: 3 },
  unknown: {
    word: 'unknown',
    meaning: 'It may or may not have happened. Look at the charge point or the session.',
    priority: 2,
  },
  expired: { word: 'expired', meaning: 'It never left the console within its time and will not be sent.', priority: 3 },
};

export function commandWords(state: CommandState): CommandWords {
  return COMMAND_WORDS[state];
}
