/**
 * Which declared line is at the same place. An adapter may be named by its serial number on one line and by its path on
 * another: what the computer lists now tells that they are one.
 */
import type { LineAddress, ListedAdapter } from '../../serial/line-address.ts';
import type { DeclaredLine } from '../lines/declared-line.ts';

export function lineAt<L extends Pick<DeclaredLine, 'address'>>(
  address: LineAddress,
  lines: readonly L[],
  adapters: readonly ListedAdapter[],
): L | undefined {
  return lines.find((line) => areSamePlace(line.address, address, adapters));
}

export function areSamePlace(one: LineAddress, other: LineAddress, adapters: readonly ListedAdapter[]): boolean {
  if (one.kind === 'device-server')
    return (
      other.kind === 'device-server' && one.port === other.port && one.host.toLowerCase() === other.host.toLowerCase()
    );
  if (other.kind === 'device-server') return false;
  if (one.adapterSerialNumber !== undefined && one.adapterSerialNumber === other.adapterSerialNumber) return true;
  const [mine, theirs] = [pathOf(one, adapters), pathOf(other, adapters)];
  return mine !== undefined && mine === theirs;
}

function pathOf(
  { adapterSerialNumber, path }: Extract<LineAddress, { kind: 'serial-port' }>,
  adapters: readonly ListedAdapter[],
): string | undefined {
  if (adapterSerialNumber === undefined) return path;
  return adapters.find(({ serialNumber }) => serialNumber === adapterSerialNumber)?.path;
}
