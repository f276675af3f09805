/** A line and the meters on it as somebody declared them: the demo, or whoever commissioned the site. */
import type { Meter } from '../../../shared/domain/metering/meter.ts';
import type { LineProtocol } from '../../../shared/domain/metering/line-protocol.ts';
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { describeAddress, describeSettings } from '../../serial/describe-line.ts';
import type { LineAddress, LineSettings } from '../../serial/line-address.ts';

export type DeclaredMeter = Meter & {
  /** Of the installation, where it is not that of the profile: a meter behind current transformers. */
  readonly ratedCurrentA: number | undefined;
};

/** Who declared it: a demo declares its own anew at each start, and never touches those of operators. */
export type LineOrigin = 'demo' | 'operator';

export type DeclaredLine = {
  readonly id: string;
  readonly origin: LineOrigin;
  readonly protocol: LineProtocol;
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
  const addressTwice = findTwice(lines.map(({ address }) => describeAddress(address)));
  if (addressTwice !== undefined)
    return `Two lines are at ${addressTwice}; a line has one owner. Give each an address of its own.`;
  for (const { name, protocol, meters } of lines) {
    if (protocol !== 'modbus-rtu') {
      if (meters.length > 1) return `${name} bears one meter only: ${protocol} has no addresses. Give each a line.`;
      continue;
    }
    const nameless = meters.find(({ unitAddress }) => unitAddress === undefined);
    if (nameless !== undefined) return `${nameless.name} on ${name} has no Modbus address. Give it one, 1 to 247.`;
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
export function restingRecord(line: DeclaredLine, nowMs: EpochMs): LineRecord {
  const { id, name, depotId, protocol, origin, address, settings } = line;
  return {
    id,
    name,
    depotId,
    protocol,
    origin,
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
