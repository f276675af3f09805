/** What the operator's log says of a meter whose readings do not simply go on. */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';

export function saySeries(
  cause: SeriesCause,
  { name, ctRatio, profile }: Pick<NumberedMeter, 'name' | 'ctRatio' | 'profile'>,
  serialNumber: string | undefined,
): string {
  const number = serialNumber === undefined ? 'without a serial number' : `with serial number ${serialNumber}`;
  const sentences: Readonly<Record<SeriesCause, string>> = {
    'first-reading': `${name}, ${number}, is read for the first time.`,
    'other-instrument': `Another instrument, ${number}, answers as ${name}.`,
    'began-again': `The energy registers of ${name} began again.`,
    'rolled-over': `An energy register of ${name} passed its highest number and counts on from zero.`,
    'profile-changed': `${name}, ${number}, is read by the profile ${profile} from now on.`,
    'ratio-changed': `${name} is read with a transformer ratio of ${ctRatio} from now on.`,
    operator: `${name}, ${number}, is believed again: an operator let its registers go on from where they stand.`,
  };
  return sentences[cause];
}

const MS_PER_SECOND = 1_000;

/** @param stepMs forward is positive */
export function sayClockStep(stepMs: number, { name }: Pick<NumberedMeter, 'name'>): string {
  const seconds = Math.round(Math.abs(stepMs) / MS_PER_SECOND);
  return stepMs > 0
    ? `Between two readings of ${name} this computer slept or its clock was put forward: ${seconds} s of the wall’s time did not pass. Energy is the difference of registers, and is not touched by it.`
    : `Between two readings of ${name} this computer’s clock was put back by ${seconds} s. Energy is the difference of registers, and is not touched by it; intervals of that time may lie over each other.`;
}
