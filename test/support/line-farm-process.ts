/**
 * Forty lines of Modbus meters behind device servers, in a process of their own: each answer comes as late as its bytes take
 * on the wires and the meter thinks. Prints the ports as one line of JSON and ends with its standard input.
 *
 * usage: line-farm-process.ts LINES METERS_A_LINE BAUD_RATE
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { aMeter, sdm630Answer, type SlaveMeter } from './sdm630-slave.ts';

const [lines = 40, metersEach = 25, baudRate = 19_200] = process.argv.slice(2).map(Number);
const BYTE_MS = 10_000 / baudRate;
/** What a meter takes to find its answer. */
const THINKS_MS = 10;
const POWER_W = 11_000;

/** One line: questions one after the other, as the wires bear them. */
function openLine(line: number): Promise<number> {
  const meters = new Map<number, SlaveMeter>(
    Array.from({ length: metersEach }, (_, place) => [
      place + 1,
      aMeter({ serialNumber: 1_000_000 + line * 1000 + place, powerW: POWER_W, importKwh: 1000 + place }),
    ]),
  );
  const startedMs = Date.now();
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      const meter = meters.get(request[0] ?? 0);
      if (meter === undefined || request.length !== 8) return;
      const importKwh = meter.importKwh + (POWER_W * (Date.now() - startedMs)) / 3_600_000_000;
      const answer = sdm630Answer(request, { ...meter, importKwh });
      setTimeout(() => socket.write(answer), (request.length + answer.length) * BYTE_MS + THINKS_MS);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const ports = await Promise.all(Array.from({ length: lines }, (_, line) => openLine(line)));
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
