/** Why the console could not start, in words: what happened, why, what to do. The data are untouched in each case. */
import type { StartUpFailure } from '../../shared/ipc/shell-contract.ts';

export type FailureWords = {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly next: readonly string[];
};

export const START_UP_FAILURE_WORDS: Readonly<Record<StartUpFailure, FailureWords>> = {
  'database-corrupt': {
    title: 'The database is damaged',
    what: 'The profile’s database was read and did not pass its check, so the console did not open it.',
    why: 'It may be a disk fault, or a copy that was made while the console was writing.',
    next: [
      'Copy the file to a safe place before anything else.',
      'If there is a file ending in .backup beside it, put a copy of the newest in its place.',
      'Look at the disk’s health before you go on with it.',
    ],
  },
  'database-from-the-future': {
    title: 'The database is from a newer Switchyard',
    what: 'This version does not know the form the database is in, so it did not open it.',
    why: 'It may be that a newer version was used with this profile, and an older one was started now.',
    next: ['Start the newer version, or install it.', 'Or leave this profile and open another.'],
  },
  'database-locked': {
    title: 'Another program holds the database',
    what: 'The database could not be opened, because another program has it open for itself.',
    why: 'It may be a second Switchyard on the same profile, a backup that is running, or a program that looks into the file.',
    next: ['Close the other program, then try again.', 'If nothing is open, wait for the backup to end.'],
  },
  'database-read-only': {
    title: 'The database cannot be written',
    what: 'The database is there, but this user may not write to it.',
    why: 'The file or its folder may be read-only, or lie on a disk that is.',
    next: ['Give this user the right to write to the file and its folder.', 'Then try again.'],
  },
  'disk-full': {
    title: 'The disk is full',
    what: 'There is no room for the database to work.',
    why: 'Something has filled the disk that the profile lies on; it may be another program.',
    next: ['Free some space on that disk: one gigabyte is plenty to start.', 'Then try again.'],
  },
  'demo-failed': {
    title: 'The demo did not start',
    what: 'The simulated fleet and marketplace run in a process of their own, which ended before it was ready.',
    why: 'See the message below.',
    next: ['Try again.', 'If it fails once more, copy the details and send them to support.'],
  },
  'backend-failed': {
    title: 'The console’s backend did not start',
    what: 'The part that stores and links ended before it was ready.',
    why: 'See the message below.',
    next: ['Try again.', 'If it fails once more, copy the details and send them to support.'],
  },
};
