/**
 * What of the meters an operator has to answer, and what to do then (ISA-18.2: no alarm without a
 * response). All in this shift: what a meter counted meanwhile is in its register still.
 */
import type { AlarmRule } from '../../../shared/domain/alarm/alarm.ts';

/** A meter that fails to answer for so long is told of; it is put before the operator a while later. */
export const UNANSWERED_MS = 30_000;
/** Two masters seldom meet at every question, so one request of the other is remembered for so long. */
export const OTHER_MASTER_HOLDS_MS = 5 * 60_000;

export const LINE_LOST: AlarmRule = {
  name: 'line-lost',
  noun: 'metering',
  priority: 3,
  title: 'Meter line lost',
  response:
    'Check the adapter’s plug or the device server’s power and network. The console opens the line by itself as soon as it can.',
  consequence:
    'None of its meters is read: their power is unknown, and energy used meanwhile is known only as a sum over the gap.',
  onDelayMs: 30_000,
  offDelayMs: 5_000,
};

export const METER_SILENT: AlarmRule = {
  name: 'meter-silent',
  noun: 'metering',
  priority: 3,
  title: 'Meter silent',
  response:
    'Check the meter’s supply, its two bus wires and its address. If the other meters of the line answer, the fault is at this one.',
  consequence: 'Its power is not seen, and its quarter hours are estimated from the registers once it answers again.',
  onDelayMs: 90_000,
  offDelayMs: 5_000,
};

export const READING_REFUSED: AlarmRule = {
  name: 'reading-refused',
  noun: 'metering',
  priority: 3,
  title: 'Readings refused',
  response:
    'Compare with the meter’s own display. If the meter or its transformers were exchanged, begin a new series in its set-up.',
  consequence:
    'Its readings are set aside, so its energy is missing from intervals and balance until one is accepted again.',
  onDelayMs: 60_000,
  offDelayMs: 0,
};

export const OTHER_MASTER: AlarmRule = {
  name: 'other-master',
  noun: 'metering',
  priority: 3,
  title: 'Another master on the line',
  response: 'Find who else asks the meters on this line, a building controller or a laptop, and disconnect it.',
  consequence: 'Answers collide: meters seem silent now and then, and readings come late or are lost.',
  onDelayMs: 0,
  offDelayMs: 0,
};

export const METERING_RULES = [LINE_LOST, METER_SILENT, READING_REFUSED, OTHER_MASTER] as const;
