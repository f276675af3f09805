/** How a person says where a line is and how it is set. */
import type { LineAddress, LineSettings } from './line-address.ts';

/** `device server 10.0.4.7:4001`, `adapter FT4K2B at /dev/ttyUSB0`; `place` is where the adapter was found, once it was. */
export function describeAddress(address: LineAddress, place?: string): string {
  if (address.kind === 'device-server') return `device server ${hostAndPort(address)}`;
  if (address.adapterSerialNumber === undefined) return `serial port ${address.path ?? 'not named'}`;
  const adapter = `adapter ${address.adapterSerialNumber}`;
  return place === undefined ? adapter : `${adapter} at ${place}`;
}

/** `10.0.4.7:4001`, `[fe80::1]:4001` */
export function hostAndPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `9600 8N1` */
export function describeSettings(settings: LineSettings): string {
  return `${settings.baudRate} ${settings.dataBits}${settings.parity.charAt(0).toUpperCase()}${settings.stopBits}`;
}
