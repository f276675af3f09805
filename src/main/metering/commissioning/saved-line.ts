/** An operator's line as it was saved, for whoever changes it or brings it back. What a demo declares is nobody's to change. */
import type { SavedLine } from '../../../shared/ipc/metering/commissioning-contract.ts';
import type { DeclaredLine, DeclaredMeter } from '../lines/declared-line.ts';

export function savedLine(lines: readonly DeclaredLine[], lineId: string): SavedLine | undefined {
  const line = lines.find(({ id, origin }) => id === lineId && origin === 'operator');
  if (line === undefined) return undefined;
  const { id, name, depotId, protocol, address, settings, meters } = line;
  return { id, name, depotId, protocol, address: savedAddress(address), settings, meters: meters.map(savedMeter) };
}

function savedAddress(address: DeclaredLine['address']): SavedLine['address'] {
  if (address.kind === 'device-server') return address;
  const { kind, adapterSerialNumber, path } = address;
  return {
    kind,
    ...(adapterSerialNumber !== undefined && { adapterSerialNumber }),
    ...(path !== undefined && { path }),
  };
}

function savedMeter(meter: DeclaredMeter): SavedLine['meters'][number] {
  const { id, name, role, unitAddress, profile, parentId, evseKey, accuracyClass, ctRatio, ratedCurrentA } = meter;
  return {
    id,
    name,
    role,
    profile,
    ctRatio,
    ...(unitAddress !== undefined && { unitAddress }),
    ...(parentId !== undefined && { parentId }),
    ...(evseKey !== undefined && { evseKey }),
    ...(accuracyClass !== undefined && { accuracyClass }),
    ...(ratedCurrentA !== undefined && { ratedCurrentA }),
  };
}
