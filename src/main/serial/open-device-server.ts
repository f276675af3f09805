/**
 * Opens a serial device server: a TCP connection whose far end is a serial line. Each question leaves at once (no Nagle),
 * and keep-alive finds a device server that lost its power while nobody was asked.
 */
import { connect, type Socket } from 'node:net';
import { refuse, accept, type Refusal } from '../../shared/kernel/result.ts';
import type { ByteSource, OpenByteSource, OpenFailure } from './byte-source.ts';
import { hostAndPort } from './describe-line.ts';
import type { LineAddress } from './line-address.ts';
import { createSourceEnd } from './source-end.ts';

export type DeviceServerAddress = Extract<LineAddress, { kind: 'device-server' }>;

const KEEP_ALIVE_AFTER_MS = 10_000;

export function openDeviceServer(address: DeviceServerAddress, connectTimeoutMs = 5000): OpenByteSource {
  const place = hostAndPort(address);
  return () =>
    new Promise((resolve) => {
      const socket = connect({
        host: address.host,
        port: address.port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      });
      const limit = setTimeout(() => giveUp('ETIMEDOUT', `nothing within ${connectTimeoutMs} ms`), connectTimeoutMs);
      const onError = (error: NodeJS.ErrnoException): void => giveUp(error.code, error.message);
      function giveUp(code: string | undefined, message: string): void {
        clearTimeout(limit);
        // A destroyed socket may fail once more, and an error nobody listens to would end the process.
        socket.on('error', () => undefined).destroy();
        resolve(sayRefusal(code, message, place));
      }
      socket.once('error', onError);
      socket.once('connect', () => {
        clearTimeout(limit);
        socket.off('error', onError);
        resolve(accept(sourceOf(socket, place)));
      });
    });
}

function sourceOf(socket: Socket, place: string): ByteSource {
  const end = createSourceEnd();
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end.endFor(`The connection to the device server at ${place} broke off (${error.code ?? error.message}).`);
  });
  socket.once('close', () => end.endFor(`The device server at ${place} closed the connection.`));
  return {
    place,
    listen: (listener) => {
      end.listen(listener);
      socket.on('data', end.bytes);
    },
    write: (bytes) => {
      if (!end.isOver()) socket.write(bytes);
    },
    close: () => {
      end.endQuietly();
      if (socket.closed) return Promise.resolve();
      return new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.destroy();
      });
    },
  };
}

function sayRefusal(code: string | undefined, message: string, place: string): Refusal<OpenFailure> {
  switch (code) {
    case 'ECONNREFUSED':
      return refuse(
        'unreachable',
        `The device server at ${place} refuses the connection: check the port number, and that no other program holds its line.`,
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return refuse(
        'unreachable',
        `The device server at ${place} does not answer: check its power, its network cable and its address.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refuse(
        'unreachable',
        `No address is known for the device server at ${place}: check its name, or use its IP address.`,
      );
    default:
      return refuse('failed', `The device server at ${place} could not be reached: ${message}.`);
  }
}
