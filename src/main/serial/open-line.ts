/** Opens whatever a line's address names. */
import type { OpenByteSource } from './byte-source.ts';
import type { LineAddress, LineSettings, ListAdapters } from './line-address.ts';
import { openDeviceServer } from './open-device-server.ts';
import { openSerialPort } from './open-serial-port.ts';

export function openLine(address: LineAddress, settings: LineSettings, listAdapters?: ListAdapters): OpenByteSource {
  return address.kind === 'device-server' ? openDeviceServer(address) : openSerialPort(address, settings, listAdapters);
}
