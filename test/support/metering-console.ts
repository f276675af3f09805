/** The console's metering without its shell: real store, real lines, its feeds kept as a window would keep them. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/shared/kernel/instant.ts';
import type { BenchRecord } from '../../src/shared/ipc/metering/commissioning-contract.ts';
import type { CommandAnswer } from '../../src/shared/ipc/contract.ts';
import type { LineRecord, MeterRecord } from '../../src/shared/ipc/metering/metering-contract.ts';
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store } from '../../src/main/database/sqlite.ts';
import { createFeedHub, type FeedHub } from '../../src/main/feed/feed-hub.ts';
import { createAnswers } from '../../src/main/ipc/answers.ts';
import type { DeclaredLine } from '../../src/main/metering/lines/declared-line.ts';
import { startMetering } from '../../src/main/metering/start-metering.ts';
import type { ListAdapters } from '../../src/main/serial/line-address.ts';
import { UNPLACED } from './unplaced-meter.ts';

export function startMeteringConsole(options: {
  readonly path: string;
  readonly lines?: readonly DeclaredLine[];
  readonly clock?: Clock;
  readonly wrapStore?: (store: Store) => Store;
  readonly listAdapters?: ListAdapters;
}) {
  const opened = openStore({ path: options.path });
  const store = options.wrapStore?.(opened) ?? opened;
  const feeds = createFeedHub();
  const answers = createAnswers(() => {});
  const log: string[] = [];
  const metering = startMetering({
    store,
    feeds,
    answers,
    clock: options.clock ?? { nowMs: () => Date.now() },
    log: (line) => log.push(line),
    listAdapters: options.listAdapters,
  });
  const declared = options.lines === undefined ? undefined : metering.declareLines('operator', options.lines);
  if (declared?.ok === false) throw new Error(declared.message);
  metering.start();
  let stopped = false;
  return {
    store,
    log,
    metering,
    meters: follow<MeterRecord>(feeds, 'metering/meters'),
    lines: follow<LineRecord>(feeds, 'metering/lines'),
    bench: follow<BenchRecord>(feeds, 'metering/bench'),
    query: async <T>(name: string, input: unknown): Promise<T> => {
      const answer = await answers.runQuery(name, input);
      if ('error' in answer) throw new Error(answer.error.message);
      return answer.value as T;
    },
    command: (name: string, input: object): Promise<CommandAnswer> =>
      answers.runCommand(name, { commandId: randomUUID(), ...input }, { operator: 'dispatcher' }),
    stop: () => {
      if (stopped) return;
      stopped = true;
      metering.stop();
      feeds.stop();
      opened.close();
    },
  };
}

function follow<R extends { readonly id: string }>(feeds: FeedHub, name: string): ReadonlyMap<string, R> {
  const records = new Map<string, R>();
  feeds.subscribe(name, {
    snapshot: (snapshot) => {
      for (const record of snapshot.records as readonly R[]) records.set(record.id, record);
    },
    delta: (delta) => {
      for (const record of delta.upserted as readonly R[]) records.set(record.id, record);
      for (const key of delta.removedKeys) records.delete(key);
    },
  });
  return records;
}

/** A line to a device server on loopback with a meter at each unit address. */
export function aLine(port: number, units: readonly number[], changes: Partial<DeclaredLine> = {}): DeclaredLine {
  return {
    id: 'LINE-1',
    origin: 'operator',
    protocol: 'modbus-rtu',
    name: 'Yard line',
    depotId: 'DEPOT-1',
    address: { kind: 'device-server', host: '127.0.0.1', port },
    // As fast as a line goes, so that a test does not wait for bits.
    settings: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
    meters: units.map((unitAddress) => ({
      id: `MTR-${unitAddress}`,
      name: `Meter ${unitAddress}`,
      role: 'feeder',
      depotId: 'DEPOT-1',
      lineId: 'LINE-1',
      unitAddress,
      profile: 'eastron-sdm630',
      ratedCurrentA: undefined,
      ...UNPLACED,
    })),
    ...changes,
  };
}
