/** A line with one utility meter, and a device server on loopback behind which one sends by itself. */
import { createServer, type Server, type Socket } from 'node:net';
import type { LineProtocol } from '../../src/shared/domain/metering/line-protocol.ts';
import type { DeclaredLine } from '../../src/main/metering/lines/declared-line.ts';
import { aLine } from './metering-console.ts';

const PROFILES: Readonly<Record<LineProtocol, string>> = {
  'modbus-rtu': 'eastron-sdm630',
  sml: 'sml-meter',
  'iec62056-push': 'd0-push-meter',
  'iec62056-mode-c': 'd0-meter',
  'dsmr-p1': 'p1-meter',
};

/** @param place a port number on loopback, or the path of a serial port */
export function aUtilityLine(
  protocol: LineProtocol,
  place: number | string,
  changes: Partial<DeclaredLine['meters'][number]> = {},
): DeclaredLine {
  const line = aLine(typeof place === 'number' ? place : 1, [1]);
  const isReadable = protocol === 'iec62056-push' || protocol === 'iec62056-mode-c';
  return {
    ...line,
    protocol,
    ...(typeof place === 'string'
      ? { address: { kind: 'serial-port', adapterSerialNumber: undefined, path: place } }
      : {}),
    settings: isReadable
      ? { baudRate: protocol === 'iec62056-push' ? 9600 : 300, dataBits: 7, parity: 'even', stopBits: 1 }
      : { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
    meters: line.meters.map((meter) => ({
      ...meter,
      unitAddress: undefined,
      profile: PROFILES[protocol],
      ...changes,
    })),
  };
}

/** Whoever connects gets what `send` is given from then on, in pieces of a few bytes. */
export async function startPusher() {
  let server: Server | undefined;
  let port = 0;
  let connections = 0;
  const sockets = new Set<Socket>();
  const plugIn = async (): Promise<void> => {
    const opened = createServer((socket) => {
      sockets.add(socket);
      connections += 1;
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
    });
    server = opened;
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
    const address = opened.address();
    port = typeof address === 'object' && address !== null ? address.port : port;
  };
  const unplug = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing !== undefined) await new Promise<void>((resolve) => closing.close(() => resolve()));
  };
  await plugIn();
  return {
    port,
    plugIn,
    unplug,
    /** How often somebody has connected. */
    connections: () => connections,
    send: (bytes: Uint8Array, pieceLength = 37): void => {
      for (const socket of sockets)
        for (let at = 0; at < bytes.length; at += pieceLength) socket.write(bytes.subarray(at, at + pieceLength));
    },
  };
}
