/** Why the console could not start, in words: what happened, why, what to do. The data are untouched in each case. */
import type { StartUpFailure } from '../../shared/ipc/shell-contract.ts';

export type FailureWords = {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly next: readonly string[];
  /** The failure's own sentence says more than these words. */
  readonly messageAdds?: true;
};

export const START_UP_FAILURE_WORDS: Readonly<Record<StartUpFailure, FailureWords>> = {
  'database-corrupt': {
    title: 'The database is damaged',
    what: 'The profile’s file is no database that can be read, so the console did not open it.',
    why: 'It may be a disk fault, a file that was cut short, or a copy made while the console was writing.',
    next: [
      'Copy the file, and those beginning with its name, to a safe place before anything else.',
      'If there is a file ending in .backup beside it, put a copy of the newest in its place and try again.',
      'Look at the disk’s health before you go on with it.',
    ],
  },
  'database-from-the-future': {
    title: 'The database is from a newer Switchyard',
    what: 'This version does not know the form the database is in, so it did not open it.',
    why: 'A newer version was used with this profile, and an older one was started now.',
    next: ['Start the newer version, or install it.', 'Or leave this profile and open another.'],
    messageAdds: true,
  },
  'database-locked': {
    title: 'Another program holds the database',
    what: 'The database could not be opened, because another program has it open for itself.',
    why: 'It may be a second Switchyard on the same profile, a backup that is running, or a program that looks into the file.',
    next: ['Close the other program, or wait for the backup to end.', 'Then try again.'],
  },
  'database-read-only': {
    title: 'The database cannot be written',
    what: 'The database’s place is there, but this user may not write to it.',
    why: 'The file or its folder is read-only for this user, or the disk is mounted read-only.',
    next: ['Give this user the right to write to the file and its folder.', 'Then try again.'],
  },
  'database-unreachable': {
    title: 'The database’s place is not there',
    what: 'The folder of the database is missing, or something else stands where the file should be.',
    why: 'The disk or network drive it lies on may not be connected, or the folder was moved.',
    next: ['Connect the disk, or put the folder back.', 'Then try again.'],
  },
  'disk-full': {
    title: 'The disk is full',
    what: 'There is no room for the database to work, so the console did not open it.',
    why: 'Something has filled the disk that the profile lies on; it may be another program.',
    next: [
      'Free some space on that disk: one gigabyte is plenty, or as much as the database takes when a new version opens it for the first time.',
      'Then try again.',
    ],
  },
  'disk-failing': {
    title: 'The disk does not read or write',
    what: 'The system reported an error of the disk while the database was opened; the disk is not full.',
    why: 'It may be a failing disk, a loose cable, a network drive that went away, or a limit on this user’s files.',
    next: [
      'Copy the file, and those beginning with its name, to another disk as long as it can be read.',
      'Look at the disk’s health and its connection, then try again.',
    ],
  },
  'demo-failed': {
    title: 'The demo did not start',
    what: 'The simulated fleet and marketplace run in a process of their own, which ended before it was ready.',
    why: 'See the message below.',
    next: ['Try again.', 'If it fails once more, copy the details and send them to support.'],
    messageAdds: true,
  },
  'backend-failed': {
    title: 'The console’s backend did not start',
    what: 'The part that stores and links ended before it was ready.',
    why: 'See the message below.',
    next: ['Try again.', 'If it fails once more, copy the details and send them to support.'],
    messageAdds: true,
  },
};
