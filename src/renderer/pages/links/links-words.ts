/** The states of a link in the operator's words, with the priority that each state of a link or command has. */
import type { CommandState } from '../../../shared/domain/marketplace/session-command.ts';
import type { LinkState, LinkStatus } from '../../../shared/ipc/link-contract.ts';
import { WAITS_AT_MOST_S } from '../../marketplace/session/session-command-words.ts';

export type LinkWords = {
  readonly word: string;
  /** undefined: normal, and grey. */
  readonly priority: 1 | 2 | undefined;
  readonly meaning: string;
  /** What the operator can go on doing; said wherever the link is shown as lost. */
  readonly stillWorks: string | undefined;
};

const STORED_SHOWS = 'What is stored still shows, with its age;';

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
    stillWorks: `${STORED_SHOWS} a start or stop waits at most ${WAITS_AT_MOST_S} s.`,
  },
  refused: {
    word: 'refused',
    priority: 1,
    meaning: 'The marketplace does not accept this console. Somebody must act: check address and token.',
    stillWorks: `${STORED_SHOWS} starts and stops are not sent.`,
  },
};

export function linkWords(state: LinkState): LinkWords {
  return LINK_WORDS[state];
}

/** The state in a sentence that claims no more than this very link's figures do. */
export function linkMeaning(status: LinkStatus): string {
  if (status.state !== 'live' || status.lostItems === 0) return linkWords(status.state).meaning;
  return `Connected. Everything still held was read; ${status.lostItems.toLocaleString('en-GB')} lost.`;
}

/** A marketplace that never said a word: whatever is not on the screen is not known, which is not the same as none. */
export function isNeverConnected(status: LinkStatus | undefined): boolean {
  if (status === undefined || status.lastMessageAtMs !== undefined || isConnected(status)) return false;
  // After a restart there is no message yet, but what was stored before tells that there once was one.
  return status.streams.every(({ committed }) => committed === 0);
}

/** Only then do the marketplace's figures hold at this moment. */
export function isConnected(status: LinkStatus): boolean {
  return status.state === 'live' || status.state === 'catching-up';
}

/** Of an open command; its words come from the noun, so that every page says the same. */
export function commandPriority(state: CommandState): 2 | 3 | undefined {
  if (state === 'unknown') return 2;
  return state === 'refused' || state === 'expired' ? 3 : undefined;
}
