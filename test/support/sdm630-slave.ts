/**
 * An SDM630 behind a serial device server, as small as it can be: one TCP listener, the two register blocks of the maker's
 * document, a checksum of its own. Written without the console's frames and codec, so that a mistake there is not made
 * twice.
 */
import { createServer, type Server, type Socket } from 'node:net';

export type SlaveMeter = {
  serialNumber: number;
  powerW: number;
  importKwh: number;
  voltageV: number;
  /** How many registers it has, where they are not all that the tests know of. */
  registerCount?: number;
  /** What it does with the next questions. */
  mood: 'answers' | 'silent' | 'spoils' | { readonly lateMs: number };
};

export type Sdm630Slave = {
  readonly port: number;
  /** By unit address; what is written here is answered from then on. */
  readonly meters: Map<number, SlaveMeter>;
  /** How often each unit was asked. */
  readonly asked: Map<number, number>;
  readonly unplug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function aMeter(changes: Partial<SlaveMeter> = {}): SlaveMeter {
  return { serialNumber: 1001, powerW: 12_000, importKwh: 5_000, voltageV: 230, mood: 'answers', ...changes };
}

export async function startSdm630Slave(
  meters: readonly (readonly [unit: number, meter: SlaveMeter])[],
): Promise<Sdm630Slave> {
  const units = new Map(meters);
  const asked = new Map<number, number>();
  const clients = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  function serve(socket: Socket): void {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      const unit = request.readUInt8(0);
      const meter = units.get(unit);
      if (meter === undefined || request.length !== 8 || checksum(request.subarray(0, 6)) !== request.readUInt16LE(6))
        return;
      asked.set(unit, (asked.get(unit) ?? 0) + 1);
      if (meter.mood === 'silent') return;
      const answer = sdm630Answer(request, meter);
      if (meter.mood === 'spoils') answer.writeUInt8(answer.readUInt8(4) ^ 0x10, 4);
      setTimeout(() => socket.write(answer), typeof meter.mood === 'object' ? meter.mood.lateMs : 5);
    });
  }

  async function plugIn(): Promise<void> {
    const fresh = createServer(serve);
    await new Promise<void>((resolve) => fresh.listen(port, '127.0.0.1', resolve));
    const address = fresh.address();
    if (address !== null && typeof address === 'object') port = address.port;
    server = fresh;
  }

  async function unplug(): Promise<void> {
    const closing = server;
    server = undefined;
    for (const socket of clients) socket.destroy();
    if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  }

  await plugIn();
  return { port, meters: units, asked, plugIn, unplug, stop: unplug };
}

/** What the meter says to a question that was heard whole. */
export function sdm630Answer(request: Buffer, meter: SlaveMeter): Buffer {
  const unit = request.readUInt8(0);
  const [functionCode, first, count] = [request.readUInt8(1), request.readUInt16BE(2), request.readUInt16BE(4)];
  const registers =
    functionCode === 4 ? measured(meter).subarray(0, 2 * (meter.registerCount ?? Infinity)) : identity(meter);
  const offset = functionCode === 4 ? first * 2 : (first - 0xfc00) * 2;
  const refused = count > 80 || count % 2 === 1 || offset < 0 || offset + count * 2 > registers.length;
  const body = refused
    ? Buffer.from([unit, functionCode | 0x80, 2])
    : Buffer.concat([Buffer.from([unit, functionCode, count * 2]), registers.subarray(offset, offset + count * 2)]);
  const tail = Buffer.alloc(2);
  tail.writeUInt16LE(checksum(body));
  return Buffer.concat([body, tail]);
}

function measured(meter: SlaveMeter): Buffer {
  const area = Buffer.alloc(200);
  for (const phase of [0, 1, 2]) {
    area.writeFloatBE(meter.voltageV, phase * 4);
    area.writeFloatBE(meter.powerW / 3 / meter.voltageV, 12 + phase * 4);
    area.writeFloatBE(meter.powerW / 3, 24 + phase * 4);
  }
  area.writeFloatBE(meter.powerW, 0x34 * 2);
  area.writeFloatBE(50, 0x46 * 2);
  area.writeFloatBE(meter.importKwh, 0x48 * 2);
  return area;
}

function identity(meter: SlaveMeter): Buffer {
  const area = Buffer.alloc(16);
  area.writeUInt32BE(meter.serialNumber, 0);
  return area;
}

function checksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
