/**
 * Why a line can not be saved as somebody drew it up, as a sentence; pure. The tree of a depot's meters is whole afterwards:
 * every parent is there, in the same depot, and no meter is its own ancestor.
 */
import { describeAddress } from '../../serial/describe-line.ts';
import type { ListedAdapter } from '../../serial/line-address.ts';
import { findFault, type DeclaredLine, type DeclaredMeter } from '../lines/declared-line.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { lineAt } from './same-place.ts';

export type LineFault = { readonly code: string; readonly message: string };

/** @param others every declared line but this one */
export function checkLine(
  line: DeclaredLine,
  others: readonly DeclaredLine[],
  known: { readonly profiles: MeterProfiles; readonly adapters: readonly ListedAdapter[] },
): LineFault | undefined {
  const { address } = line;
  if (address.kind === 'serial-port' && address.adapterSerialNumber === undefined && address.path === undefined)
    return fault('no-address', `${line.name} names no adapter. Choose one, by its serial number where it has one.`);
  const before = lineAt(address, others, known.adapters);
  if (before !== undefined)
    return fault(
      'address-taken',
      `${describeAddress(address)} bears ${before.name} already. Withdraw that line first, or choose another adapter.`,
    );
  const meterTwice = findFault([...others, line]);
  if (meterTwice !== undefined) return fault('bad-lines', meterTwice);
  return checkProfiles(line, known.profiles) ?? checkTree([...others, line]);
}

/** @param lines what would be left */
export function checkTree(lines: readonly DeclaredLine[]): LineFault | undefined {
  const meters = new Map(lines.flatMap((line) => line.meters.map((meter) => [meter.id, meter])));
  for (const meter of meters.values()) {
    if (meter.parentId === undefined) continue;
    const parent = meters.get(meter.parentId);
    if (parent === undefined)
      return fault(
        'no-parent',
        `${meter.name} hangs on the meter ${meter.parentId}, which would not be there. Hang it on another first.`,
      );
    if (parent.depotId !== meter.depotId)
      return fault(
        'parent-elsewhere',
        `${meter.name} hangs on ${parent.name}, which measures another depot. Choose one of its own.`,
      );
    if (isItsOwnAncestor(meter, meters))
      return fault(
        'parent-cycle',
        `${meter.name} would feed itself, by way of ${parent.name}. Hang one of them on another meter.`,
      );
  }
  return undefined;
}

function isItsOwnAncestor(meter: DeclaredMeter, meters: ReadonlyMap<string, DeclaredMeter>): boolean {
  const seen = new Set<string>();
  for (let id = meter.parentId; id !== undefined && !seen.has(id); id = meters.get(id)?.parentId) {
    if (id === meter.id) return true;
    seen.add(id);
  }
  return false;
}

function checkProfiles({ name, protocol, meters }: DeclaredLine, profiles: MeterProfiles): LineFault | undefined {
  for (const meter of meters) {
    const profile = profiles.of(meter.profile);
    if (!profile.ok) return fault(profile.code, profile.message);
    if (profile.value.protocol !== protocol)
      return fault(
        'wrong-profile',
        `${meter.name} has the profile of a meter that speaks ${profile.value.protocol}, but ${name} speaks ${protocol}. Choose another profile.`,
      );
  }
  return undefined;
}

function fault(code: string, message: string): LineFault {
  return { code, message };
}
