/** How a scan ended, as a person reads it: what was found, or where to look when nothing was. */
import type { FoundMeter } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { BenchRequest } from './plan-scan.ts';

export function sayOutcome(
  found: readonly FoundMeter[],
  garbageAt: readonly string[],
  { address, protocols, unitAddresses: { from, to } }: BenchRequest,
): string {
  const unknown = found.filter(({ profiles }) => profiles.length === 0).length;
  if (found.length > 0) {
    const meters = found.length === 1 ? 'One meter answered' : `${found.length} meters answered`;
    return unknown === 0
      ? `${meters}. Compare serial number and energy with the plate and the display before you save.`
      : `${meters}; ${unknown} of them by no profile the console has. Look at the trace, and at the plate for the model.`;
  }
  if (garbageAt.length > 0)
    return `Bytes came at ${garbageAt.join(' and ')}, but nothing whole: two meters may share an address, or speed and parity are others. Try further settings, and look at the trace.`;
  if (address.kind === 'device-server')
    return 'Nothing answered behind this device server. It sets speed and parity itself: compare them with the meters’, then look at A and B of the line, its supply and the addresses.';
  const where = protocols.includes('modbus-rtu') ? ` at the addresses ${from} to ${to}` : '';
  return `Nothing answered${where} with any of these settings. Look at the meter’s supply, swap A and B, check the termination, then try further settings and addresses.`;
}
