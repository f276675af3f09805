/** A line and the meters on it as somebody declared them: the demo, or whoever commissioned the site. */
import type { Meter } from '../../../shared/domain/metering/meter.ts';
import type { LineRecord } from '../../../shared/ipc/metering-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { describeAddress, describeSettings } from '../../serial/describe-line.ts';
import type { LineAddress, LineSettings } from '../../serial/line-address.ts';

export type DeclaredMeter = Meter & {
  /** Of the installation, where it is not that of the profile: a meter behind current transformers. */
  readonly ratedCurrentA: number | undefined;
};

export type DeclaredLine = {
  readonly id: string;
  readonly name: string;
  readonly depotId: string;
  readonly address: LineAddress;
  readonly settings: LineSettings;
  readonly meters: readonly DeclaredMeter[];
};

/** Why these lines cannot be read together, as a sentence; undefined when they can. */
export function findFault(lines: readonly DeclaredLine[]): string | undefined {
  const lineTwice = findTwice(lines.map(({ id }) => id));
  if (lineTwice !== undefined) return `The line ${lineTwice} is declared twice. Give each line an id of its own.`;
  const meterTwice = findTwice(lines.flatMap(({ meters }) => meters.map(({ id }) => id)));
  if (meterTwice !== undefined) return `The meter ${meterTwice} is declared twice. Give each meter an id of its own.`;
  for (const { name, meters } of lines) {
    const unitTwice = findTwice(meters.map(({ unitAddress }) => unitAddress));
    if (unitTwice !== undefined)
      return `Two meters on ${name} have the address ${unitTwice}; both would answer at once. Give each an address of its own.`;
  }
  return undefined;
}

function findTwice<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/** A line that nobody has tried to open yet. */
export function restingRecord({ id, name, address, settings }: DeclaredLine, nowMs: EpochMs): LineRecord {
  return {
    id,
    name,
    address: describeAddress(address),
    settings: describeSettings(settings),
    state: 'opening',
    sinceMs: nowMs,
    nextTryAtMs: undefined,
    reason: undefined,
    lastByteAtMs: undefined,
    reopened: 0,
    bytesSent: 0,
    bytesHeard: 0,
    bytesDiscarded: 0,
    foreignRequests: 0,
  };
}
