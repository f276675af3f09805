/** Where a line is, from what was chosen or typed. A USB adapter is named by its own serial number, so that it is found again. */
import type { AdapterFacts, SavedLine } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { WhereDraft } from './line-draft.ts';

type Address = SavedLine['address'];
export type WhereProblems = Partial<Record<'adapter' | 'path' | 'host' | 'port', string>>;
export type ReadPlace =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly problems: WhereProblems };

export function readAddress(where: WhereDraft): ReadPlace {
  if (where.kind === 'device-server') return readDeviceServer(where);
  const path = where.path.trim();
  if (where.typesPath)
    return path === ''
      ? { ok: false, problems: { path: 'Type the port’s name, such as /dev/ttyUSB0 or COM3.' } }
      : { ok: true, address: { kind: 'serial-port', path } };
  if (where.adapterSerialNumber !== '')
    return { ok: true, address: { kind: 'serial-port', adapterSerialNumber: where.adapterSerialNumber } };
  return path === ''
    ? { ok: false, problems: { adapter: 'Choose the adapter that the meters are wired to.' } }
    : { ok: true, address: { kind: 'serial-port', path } };
}

function readDeviceServer(where: WhereDraft): ReadPlace {
  const problems: WhereProblems = {};
  const host = where.host.trim();
  const port = Number(where.port);
  if (host === '' || /[\s/]/u.test(host)) problems.host = 'Type its address alone, such as 10.0.4.7.';
  if (!/^\d{1,5}$/u.test(where.port.trim()) || port < 1 || port > 65_535)
    problems.port = 'A number from 1 to 65535, often 4001 or 502.';
  return Object.keys(problems).length > 0
    ? { ok: false, problems }
    : { ok: true, address: { kind: 'device-server', host, port } };
}

/** The same for the same place, whatever else is said of it. */
export function addressKey(address: Address): string {
  if (address.kind === 'device-server') return `${address.host}:${address.port}`;
  return address.adapterSerialNumber ?? address.path ?? '';
}

/** The adapter that the draft has chosen. */
export function isChosen(where: WhereDraft, adapter: AdapterFacts): boolean {
  if (where.typesPath) return false;
  return adapter.serialNumber === undefined || where.adapterSerialNumber === ''
    ? where.adapterSerialNumber === '' && adapter.serialNumber === undefined && adapter.path === where.path
    : adapter.serialNumber === where.adapterSerialNumber;
}

export function chooseAdapter(where: WhereDraft, adapter: AdapterFacts): WhereDraft {
  return {
    ...where,
    kind: 'serial-port',
    typesPath: false,
    adapterSerialNumber: adapter.serialNumber ?? '',
    path: adapter.path,
  };
}

/** Chosen before, and not plugged in now. */
export function isAway(where: WhereDraft, adapters: readonly AdapterFacts[]): boolean {
  const hasChosen = where.adapterSerialNumber !== '' || where.path !== '';
  return (
    where.kind === 'serial-port' &&
    !where.typesPath &&
    hasChosen &&
    !adapters.some((adapter) => isChosen(where, adapter))
  );
}
