/**
 * A thousand meters on forty lines, read by the console's own metering into a real store. What a line can carry at most is
 * measured in the same run by a peer that asks one question after the other and checks nothing: its readings a second,
 * forty times, are the lines' physical limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { questionBytes } from '../../src/main/serial/modbus/rtu-frame.ts';
import { aLine, startMeteringConsole } from '../support/metering-console.ts';
import type { BenchTable } from './bench-table.ts';

const LINES = 40;
const METERS_EACH = 25;
const BAUD_RATE = 19_200;
const WARM_UP_MS = 30_000;
const MEASURED_MS = 60_000;
const PEER_MS = 10_000;
const REGISTERS = 78;
const DAY_MS = 86_400_000;

export async function benchManyMeters(table: BenchTable): Promise<void> {
  table.section(`${LINES * METERS_EACH} meters on ${LINES} lines at ${BAUD_RATE} baud, ${MEASURED_MS / 1000} s`);
  table.machine();
  const farm = spawn(
    process.execPath,
    [path.join(import.meta.dirname, '../support/line-farm-process.ts'), LINES, METERS_EACH, BAUD_RATE].map(String),
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-meters-'));
  try {
    const [said] = (await once(farm.stdout, 'data')) as [Buffer];
    const ports = JSON.parse(said.toString('utf8')) as number[];
    const limit = (await askBare(ports[0] ?? 0)) * LINES;
    await measure(table, ports, limit, path.join(folder, 'meters.sqlite'));
  } finally {
    farm.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Readings a second of one line that is asked without any rule. */
async function askBare(port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  const startedMs = performance.now();
  let readings = 0;
  while (performance.now() - startedMs < PEER_MS) {
    socket.write(questionBytes((readings % METERS_EACH) + 1, 4, 0, REGISTERS));
    let missing = REGISTERS * 2 + 5;
    while (missing > 0) missing -= ((await once(socket, 'data')) as [Buffer])[0].length;
    readings += 1;
  }
  const seconds = (performance.now() - startedMs) / 1000;
  socket.destroy();
  return readings / seconds;
}

async function measure(table: BenchTable, ports: readonly number[], limit: number, file: string): Promise<void> {
  const units = Array.from({ length: METERS_EACH }, (_, place) => place + 1);
  const lines = ports.map((port, number) => {
    const line = aLine(port, units, {
      id: `LINE-${number}`,
      name: `Line ${number}`,
      settings: { baudRate: BAUD_RATE, dataBits: 8, parity: 'none', stopBits: 1 },
    });
    const meters = line.meters.map((meter) => ({ ...meter, id: `${line.id}-${meter.id}`, lineId: line.id }));
    return { ...line, meters };
  });
  const console_ = startMeteringConsole({ path: file, lines });
  const { meters, store } = console_;
  const sum = (of: 'answered' | 'refused' | 'asked'): number =>
    [...meters.values()].reduce((total, { health }) => total + health[of], 0);
  const rows = (): number => store.prepare<[], number>('SELECT count(*) FROM meter_reading').pluck().get() ?? 0;
  const bytes = (): number => {
    store.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    return statSync(file).size;
  };
  try {
    await pause(WARM_UP_MS);
    const before = { answered: sum('answered'), asked: sum('asked'), rows: rows(), bytes: bytes() };
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    await pause(MEASURED_MS);
    const seconds = (performance.now() - startedMs) / 1000;
    const used = process.cpuUsage(cpu);
    delay.disable();
    const answered = sum('answered') - before.answered;
    const asked = sum('asked') - before.asked;
    const newRows = rows() - before.rows;
    const perDay = DAY_MS / 1000 / seconds;
    table.ratio(
      'readings a second, console / what the lines bear',
      answered / seconds / limit,
      0.85,
      `${(answered / seconds).toFixed(1)} / ${limit.toFixed(1)}; ${asked - answered} of ${asked} questions failed`,
    );
    table.atMost(
      'event loop, late by p99',
      delay.percentile(99) / 1e6 - 1,
      20,
      'ms',
      `longest ${(delay.max / 1e6).toFixed(0)}`,
    );
    const oldest = Math.max(...[...meters.values()].map(({ latest }) => Date.now() - (latest?.atMs ?? 0)));
    table.atMost('the oldest reading of any meter', oldest / 1000, 10, 's');
    table.say('of one core', `${((used.user + used.system) / 1e4 / seconds).toFixed(0)} %`);
    table.say('rows a day', `${Math.round((newRows * perDay) / 1000)} thousand`);
    table.say('bytes a day', `${(((bytes() - before.bytes) * perDay) / 1e6).toFixed(0)} MB`);
    if (sum('refused') > 0) table.say('readings refused', String(sum('refused')));
  } finally {
    console_.stop();
  }
}
