/**
 * The objects of a P1 telegram (DSMR P1 5.0.2, 6.12; eMUCS-P1 1.7 for Belgium; 2.2, 6.10 for the gas meter of old): a value
 * with its unit, a time before the value where it is another meter's or a maximum, and logs of what is over.
 */
import { refusedValue, type DecodedValue } from '../decoded-value.ts';
import { obisOfText, obisText, type ObisCode } from '../obis-code.ts';
import { readDataSets, type DataGroup, type DataSet } from '../iec62056/data-set.ts';
import { readBrackets } from '../iec62056/value-in-brackets.ts';

export type P1Lines = {
  readonly values: readonly DecodedValue[];
  readonly isWhole: boolean;
  /** Versions from 4 on name themselves, and have a checksum. */
  readonly namesVersion: boolean;
};

type Quality = 'good' | 'unchecked';

/** @param at where the text stands in the stream */
export function readP1Lines(text: string, at: number, quality: Quality): P1Lines {
  const { sets, unreadable } = readDataSets(text, at);
  const refused = unreadable.map((line) =>
    refusedValue('', 'malformed-line', `“${line.text.slice(0, 80)}” is no data line.`, {
      from: line.at,
      length: line.text.length,
    }),
  );
  return {
    values: [...sets.flatMap((set) => readSet(set, quality)), ...refused],
    isWhole: unreadable.length === 0 && sets.length > 0,
    namesVersion: sets.some(({ address }) => /^(?:1-3:0\.2\.8|0-0:96\.1\.4)$/u.test(address)),
  };
}

function readSet({ address, groups }: DataSet, quality: Quality): readonly DecodedValue[] {
  const code = obisOfText(address);
  const kind = code === undefined ? '' : `${code.c}.${code.d}`;
  if (kind === '24.3') return readOldOtherMeter(address, groups, quality);
  if (kind === '99.97' || kind === '98.1') return readLog(groups, quality);
  return readTimed(code, address, groups, quality);
}

/** `(161129200000W)(00981.443*m3)`: a time belongs to the value behind it. */
function readTimed(
  code: ObisCode | undefined,
  address: string,
  groups: readonly DataGroup[],
  quality: Quality,
): readonly DecodedValue[] {
  const values: DecodedValue[] = [];
  let measuredAt: string | undefined;
  for (const [index, group] of groups.entries()) {
    const time = localTime(group.text);
    if (time !== undefined && index + 1 < groups.length) measuredAt = time;
    else values.push(readBrackets(code, address, group.text, quality, { ...placeOf(group), measuredAt }));
  }
  return values;
}

function placeOf(group: DataGroup): { from: number; length: number } {
  return { from: group.at, length: group.text.length + 2 };
}

/**
 * Version 2.2 and 3: `0-1:24.3.0(time)(status)(minutes)(n)(code)(unit)…(value)`, where code and unit are told n times and
 * the values follow on the next line.
 */
function readOldOtherMeter(address: string, groups: readonly DataGroup[], quality: Quality): readonly DecodedValue[] {
  const [time, status, , count, ...rest] = groups;
  const columns = Number(count?.text);
  const first = groups[0] ?? { text: '', at: 0 };
  if (!/^[1-9]$/u.test(count?.text ?? '') || rest.length !== 3 * columns) {
    const why = 'The other meter’s value is not built as DSMR P1 2.2 says.';
    return [refusedValue(address, 'malformed-object', why, placeOf(first))];
  }
  const measuredAt = localTime(time?.text ?? '');
  return rest.slice(2 * columns).map((value, index) => {
    const named = rest[2 * index]?.text ?? '';
    const unit = rest[2 * index + 1]?.text ?? '';
    const place = { ...placeOf(value), measuredAt, status: status?.text };
    return readBrackets(obisOfText(named), named, `${value.text}*${unit}`, quality, place);
  });
}

/**
 * `(n)(code)…` and then n records of times and values: failures of the mains, the highest demand of each month. They are over,
 * and none of them is the register of that code.
 */
function readLog(groups: readonly DataGroup[], quality: Quality): readonly DecodedValue[] {
  const values: DecodedValue[] = [];
  let code: ObisCode | undefined;
  let named = '';
  let measuredAt: string | undefined;
  for (const group of groups.slice(1)) {
    const time = localTime(group.text);
    const heading = values.length === 0 && measuredAt === undefined ? obisOfText(group.text) : undefined;
    if (heading !== undefined) {
      code = heading;
      named = obisText(heading);
    } else if (time !== undefined) measuredAt = time;
    else if (group.text !== '') {
      values.push(readBrackets(code, named, group.text, quality, { ...placeOf(group), measuredAt, past: true }));
      measuredAt = undefined;
    }
  }
  return values;
}

/**
 * `YYMMDDhhmmss` and W or S for winter or summer time (6.4); the meter's own local time, whose zone it does not say.
 * Undefined where it is no time.
 */
function localTime(text: string): string | undefined {
  const [whole, year, month, day, hour, minute, second, season] =
    /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})([WS]?)$/u.exec(text) ?? [];
  if (whole === undefined) return undefined;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 23)
    return undefined;
  const names: Readonly<Record<string, string>> = { W: ' winter time', S: ' summer time' };
  return `20${year}-${month}-${day} ${hour}:${minute}:${second}${names[season ?? ''] ?? ''}`;
}
