/**
 * SML_Time (SML 1.04, 6.2.10): seconds of the meter's own counter, a UTC time, or one with offsets; some meters leave out which,
 * and some leave out the leading bytes.
 */
import { integerOf, isLeftOut, listOf, type SmlElement } from './sml-element.ts';

const SECONDS_INDEX = 1n;
const TIMESTAMP = 2n;
const LOCAL_TIMESTAMP = 3n;
const GREATEST_SECONDS = 0xffffffffn;

/** Undefined where there is none or it can not be read: a time never decides whether a value is right. */
export function smlTimeText(time: SmlElement | undefined): string | undefined {
  if (time === undefined || isLeftOut(time)) return undefined;
  // Holley's DTZ541 sends the seconds alone.
  if (time.kind === 'unsigned') return secondsText(integerOf(time));
  const [choice, value] = listOf(time, 2) ?? [];
  const form = integerOf(choice);
  if (form === SECONDS_INDEX) return secondsText(integerOf(value));
  if (form === TIMESTAMP && value?.kind === 'unsigned') return utcText(integerOf(value), 0n);
  if (form === TIMESTAMP || form === LOCAL_TIMESTAMP) return localText(value);
  return undefined;
}

function localText(value: SmlElement | undefined): string | undefined {
  const [seconds, offset, season] = (listOf(value, 3) ?? []).map(integerOf);
  return offset === undefined || season === undefined ? undefined : utcText(seconds, offset + season);
}

function secondsText(seconds: bigint | undefined): string | undefined {
  return isSeconds(seconds) ? `second ${seconds} of the meter’s counter` : undefined;
}

/** The local offset is in minutes, and the time itself is UTC. */
function utcText(seconds: bigint | undefined, offsetMinutes: bigint): string | undefined {
  if (!isSeconds(seconds) || offsetMinutes < -1440n || offsetMinutes > 1440n) return undefined;
  const utc = new Date(Number(seconds) * 1000).toISOString().replace('.000', '');
  return offsetMinutes === 0n ? utc : `${utc} (local time ${offsetMinutes > 0n ? '+' : ''}${offsetMinutes} min)`;
}

function isSeconds(seconds: bigint | undefined): seconds is bigint {
  return seconds !== undefined && seconds >= 0n && seconds <= GREATEST_SECONDS;
}
