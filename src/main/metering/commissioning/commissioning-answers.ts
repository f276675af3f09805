/** Commissioning's side of the contract: adapters, the bench, the trace, and lines that operators set up. */
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import { refuse } from '../../../shared/kernel/result.ts';
import type { Store } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import { ACCEPTED, refuseWith } from '../../outbox/command-answer.ts';
import type { OpenByteSource } from '../../serial/byte-source.ts';
import { describeAddress } from '../../serial/describe-line.ts';
import type { LineAddress, LineSettings, ListAdapters, ListedAdapter } from '../../serial/line-address.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { traceSource } from '../../serial/trace-source.ts';
import type { MeterProfile } from '../codec/meter-profile.ts';
import type { DeclaredLine } from '../lines/declared-line.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { showRegisters } from './trace/show-registers.ts';
import { keepTrace, type LineTrace } from './trace/keep-trace.ts';
import { IDLE_BENCH, runBench } from './bench/run-bench.ts';
import { areSamePlace, lineAt } from './same-place.ts';
import { saveLine, withdrawLine } from './save-line.ts';
import { savedLine } from './saved-line.ts';

export type Commissioning = {
  /** The same source, of which the trace hears too. */
  readonly traced: (
    line: Pick<DeclaredLine, 'id' | 'protocol' | 'settings' | 'meters'>,
    open: OpenByteSource,
  ) => OpenByteSource;
  readonly stop: () => void;
};

export type CommissioningParts = {
  readonly store: Store;
  readonly feeds: FeedHub;
  readonly answers: AnswerRegistry;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly profiles: MeterProfiles;
  readonly listAdapters: ListAdapters;
  readonly open: (address: LineAddress, settings: LineSettings) => OpenByteSource;
  readonly lines: () => readonly DeclaredLine[];
  /** The name of the meter that last answered with this serial number. */
  readonly meterOf: (serialNumber: string) => string | undefined;
  /** The lines in the store are others than they were. */
  readonly follow: () => void;
  readonly log: (line: string, detail?: unknown) => void;
};

export function startCommissioning(parts: CommissioningParts): Commissioning {
  const { answers, profiles, lineClock, log } = parts;
  const traces = new Map<string, LineTrace>();
  const benchTrace = keepTrace([], lineClock);
  const topic = parts.feeds.open('metering/bench', { load: () => [bench.record()] });
  const bench = runBench({
    open: (address, settings) => traceSource(parts.open(address, settings), settings, benchTrace),
    profiles: () => usable(profiles),
    clock: lineClock,
    knownAs: (serialNumber) => (serialNumber === undefined ? undefined : parts.meterOf(serialNumber)),
    doing: (step) =>
      benchTrace.speaks(
        step.kind === 'ask' ? ['modbus-rtu'] : step.kind === 'listen' ? step.protocols : ['iec62056-mode-c'],
      ),
    changed: () => topic.upsert([bench.record()]),
    log,
  });

  /** Whatever can not be listed is not plugged in, and opening it says why. */
  async function adapters(): Promise<readonly ListedAdapter[]> {
    try {
      return await parts.listAdapters();
    } catch (error) {
      log('The adapters could not be listed.', error);
      return [];
    }
  }

  async function giveBack(address: LineAddress, listed: readonly ListedAdapter[]): Promise<void> {
    const held = bench.address();
    if (held !== undefined && areSamePlace(held, address, listed)) await bench.close();
  }

  answers.query('metering/adapters', async () => {
    const listed = await adapters();
    return {
      adapters: listed.map((adapter) => ({
        path: adapter.path,
        serialNumber: adapter.serialNumber,
        manufacturer: adapter.manufacturer,
        product: adapter.product,
        usedBy: lineAt(addressOf(adapter), parts.lines(), listed)?.name,
      })),
    };
  });
  answers.query('metering/profiles', () => ({
    profiles: usable(profiles).map(({ name, model, protocol, rated }) => ({
      name,
      model,
      protocol,
      ratedCurrentA: rated.currentA,
    })),
  }));
  answers.command(
    'metering/scan-line',
    async ({ address: given, settings, protocols, unitAddresses }): Promise<CommandAnswer> => {
      const address = lineAddress(given);
      const { from, to } = unitAddresses;
      if (from > to)
        return refuseWith(refuse('bad-addresses', `The addresses ${from} to ${to} are none: the smaller comes first.`));
      if (address.kind === 'serial-port' && address.adapterSerialNumber === undefined && address.path === undefined)
        return refuseWith(refuse('no-address', 'No adapter is named. Choose one of those that are plugged in.'));
      const listed = await adapters();
      const holder = lineAt(address, parts.lines(), listed);
      if (holder !== undefined) return refuseWith(refuse('address-taken', sayTaken(address, holder)));
      await bench.scan({ address, settings, protocols, unitAddresses });
      // A line may have been saved while the bench was made free: it has the adapter, and the bench lets go.
      const newHolder = lineAt(address, parts.lines(), listed);
      if (newHolder === undefined) return ACCEPTED;
      await giveBack(address, listed);
      return refuseWith(refuse('address-taken', sayTaken(address, newHolder)));
    },
  );
  answers.command('metering/stop-scan', () => {
    bench.stopScan();
    return ACCEPTED;
  });
  answers.command('metering/close-bench', async () => {
    await bench.close();
    return ACCEPTED;
  });
  answers.command('metering/save-line', async (input, { operator }) => {
    const listed = await adapters();
    const answer = saveLine(parts, input, listed, operator);
    if (answer.outcome === 'accepted') {
      await giveBack(lineAddress(input.address), listed);
      parts.follow();
    }
    return answer;
  });
  answers.command('metering/withdraw-line', (input, { operator }) => {
    const answer = withdrawLine(parts, input, operator);
    if (answer.outcome === 'accepted') parts.follow();
    return answer;
  });
  answers.query('metering/saved-line', ({ lineId }) => ({ line: savedLine(parts.lines(), lineId) }));
  answers.query('metering/trace', ({ line, afterSequence, limit }) => {
    const trace = line === IDLE_BENCH.id ? benchTrace : traces.get(line);
    return trace?.read(afterSequence, limit) ?? { entries: [], droppedBefore: 0 };
  });

  return {
    traced: ({ id, protocol, settings, meters }, open) => {
      const trace = traces.get(id) ?? keepTrace([protocol], lineClock);
      traces.set(id, trace);
      trace.speaks([protocol], showRegisters(meters, profiles));
      return traceSource(open, settings, trace);
    },
    stop: () => {
      void bench.close().catch((error: unknown) => log('The bench did not close.', error));
    },
  };
}

function usable(profiles: MeterProfiles): readonly MeterProfile[] {
  return profiles.names.flatMap((name) => {
    const profile = profiles.of(name);
    return profile.ok ? [profile.value] : [];
  });
}

function sayTaken(address: LineAddress, { name, origin }: DeclaredLine): string {
  const next =
    origin === 'demo'
      ? 'It is the demo’s own; choose another'
      : 'Withdraw that line first; saving it again brings it back';
  return `${describeAddress(address)} is in use: ${name} reads its meters there. ${next}.`;
}

function addressOf({ serialNumber, path }: ListedAdapter): LineAddress {
  return { kind: 'serial-port', adapterSerialNumber: serialNumber, path };
}

type GivenAddress =
  | Extract<LineAddress, { kind: 'device-server' }>
  | {
      readonly kind: 'serial-port';
      readonly adapterSerialNumber?: string | undefined;
      readonly path?: string | undefined;
    };

function lineAddress(given: GivenAddress): LineAddress {
  if (given.kind === 'device-server') return given;
  return { kind: 'serial-port', adapterSerialNumber: given.adapterSerialNumber, path: given.path };
}
