/**
 * The meter lines of the demo's depots: a device server each with the meters behind it, and the scripted faults between,
 * which strike the first line of a depot. Invariant: what a meter tells is its part's state as it was last measured, in the
 * numbers its kind has room for.
 */
import path from 'node:path';
import type { DemoClock } from '../demo-clock.ts';
import { DEMO_DEPOTS, type DemoDepot } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FaultKind, ScriptedFaults } from '../scripted-faults.ts';
import { hash32 } from '../seeded-random.ts';
import { metersOf, type DemoMeter, type MeteredPart } from './demo-meters.ts';
import { startDeviceServer, type DeviceServer } from './device-server.ts';
import { abbB23Areas } from './registers/abb-b23-registers.ts';
import { em300Areas } from './registers/em300-registers.ts';
import { iem3000Areas } from './registers/iem3000-registers.ts';
import { janitzaAreas } from './registers/janitza-registers.ts';
import { sdm630Areas, SDM630_MOST_REGISTERS } from './registers/sdm630-registers.ts';
import { smlTelegram } from './registers/sml-telegram.ts';
import { createRtuSlave, type RegisterArea } from './rtu-slave.ts';
import { createSerialLine, type SerialLine } from './serial-line.ts';
import type { MeterState, SiteMeters } from './site-meters.ts';
import { spoilAnswer } from './spoil-answer.ts';

export type MeterLines = {
  /** Called whenever a scripted fault began or ended. */
  readonly obeyFaults: () => void;
  /** As `GET /demo/lines` tells it. */
  readonly describe: () => unknown;
  /** What the meters ought to say, and what the line did with it: for tests. */
  readonly truth: () => unknown;
  readonly stop: () => void;
};

export type MeterLinesParts = {
  readonly world: DemoWorld;
  /** The demo's own; a line keeps its port over a restart there. */
  readonly directory: string;
  readonly siteMeters: SiteMeters;
  readonly clock: Pick<DemoClock, 'nowMs'>;
  readonly faults: ScriptedFaults;
};

type LineKind = {
  readonly number: 1 | 2 | 3 | 4;
  readonly protocol: 'modbus-rtu' | 'sml';
  readonly baudRate: number;
  readonly parity: 'none' | 'even';
};

type MeterOnLine = Pick<DemoMeter, 'part' | 'unitAddress' | 'model' | 'serialNumber'>;

type MeterLine<M extends MeterOnLine = DemoMeter> = LineKind & {
  readonly depot: number;
  readonly town: DemoDepot;
  readonly id: string;
  readonly meters: readonly M[];
  readonly server: DeviceServer;
  readonly silence: () => void;
  readonly counts: { answers: number; late: number; damaged: number };
};

const LINE_KINDS: readonly LineKind[] = [
  { number: 1, protocol: 'modbus-rtu', baudRate: 9600, parity: 'none' },
  { number: 2, protocol: 'modbus-rtu', baudRate: 19_200, parity: 'even' },
  { number: 3, protocol: 'sml', baudRate: 9600, parity: 'none' },
];
/** A meter that nobody has set up: somebody who tries the demo may do it. */
const SPARE: MeterOnLine = {
  part: 'building',
  unitAddress: 7,
  model: 'carlo-gavazzi-em300',
  serialNumber: 40_700_123,
};
const SPARE_LINE: LineKind = { number: 4, protocol: 'modbus-rtu', baudRate: 19_200, parity: 'even' };
const MOST_REGISTERS = 125;
const PUSH_EVERY_MS = 1000;
const RENEWED_EVERY_MS = 1000;
/** Below the ports systems give to outgoing connections, so that nobody takes one while its line is unplugged. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

export async function startMeterLines(parts: MeterLinesParts): Promise<MeterLines> {
  const lines: MeterLine[] = [];
  for (const [depot, town] of DEMO_DEPOTS.entries()) {
    const meters = metersOf(parts.world, depot);
    for (const kind of LINE_KINDS) {
      const here = meters.filter(({ line }) => line === kind.number);
      if (here.length > 0) lines.push(await startLine(parts, depot, town, kind, here));
    }
  }
  const spare = await startLine(parts, 0, DEMO_DEPOTS[0], SPARE_LINE, [SPARE]);
  return {
    obeyFaults: () => {
      for (const line of lines) {
        if (!strikes(parts.faults, 'meter-unplugged', line)) line.server.plugIn();
        else {
          line.server.unplug();
          line.silence();
        }
      }
    },
    describe: () => ({ lines: lines.map(describeLine), spare: `${spare.server.host}:${spare.server.port}` }),
    truth: () => Object.fromEntries(lines.map((line) => [line.id, describeTruth(line, parts.siteMeters)])),
    stop: () => {
      for (const line of [...lines, spare]) {
        line.server.stop();
        line.silence();
      }
    },
  };
}

async function startLine<M extends MeterOnLine>(
  parts: MeterLinesParts,
  depot: number,
  town: DemoDepot,
  kind: LineKind,
  meters: readonly M[],
): Promise<MeterLine<M>> {
  const { world, faults } = parts;
  const id = `LINE-${town.code}-${kind.number}`;
  const counts = { answers: 0, late: 0, damaged: 0 };
  const slaves = meters.flatMap(({ unitAddress, part, model, serialNumber }) =>
    unitAddress === undefined
      ? []
      : createRtuSlave({
          unitAddress,
          mostRegisters: model === 'eastron-sdm630' ? SDM630_MOST_REGISTERS : MOST_REGISTERS,
          areas: (functionCode) => areasOf(model, functionCode, measured(parts, depot, part), serialNumber),
        }),
  );
  const line: SerialLine = createSerialLine({
    baudRate: kind.baudRate,
    // Start, eight data, stop, and the parity where there is one.
    bitsPerByte: kind.parity === 'none' ? 10 : 11,
    toMaster: (bytes) => server.sendToClient(bytes),
    toSlaves: (frame) => {
      for (const slave of slaves) {
        const answer = slave.answer(frame);
        if (!answer) continue;
        counts.answers += 1;
        const late = strikes(faults, 'meter-late', { town, number: kind.number });
        const noisy = strikes(faults, 'meter-noisy', { town, number: kind.number });
        const spoiled = spoilAnswer(world.seed, id, counts.answers, answer, { late, noisy });
        if (spoiled.isLate) counts.late += 1;
        if (spoiled.isDamaged) counts.damaged += 1;
        line.sendToMaster(spoiled.bytes, spoiled.delayMs);
      }
    },
  });
  const place = DEMO_DEPOTS.length * (kind.number - 1) + depot;
  const wishedPort = FIRST_PORT + (hash32('meter-line', path.resolve(parts.directory), place) % PORTS);
  const server = await startDeviceServer({ wishedPort, onBytes: line.sendToSlaves });
  const stopPushing =
    kind.protocol === 'sml'
      ? push(meters, ({ part, serialNumber }, telegram) => {
          counts.answers += 1;
          line.sendToMaster(smlTelegram(measured(parts, depot, part), serialNumber, telegram), 0);
        })
      : () => {};
  const silence = (): void => {
    stopPushing();
    line.silence();
  };
  return { ...kind, depot, town, id, meters, server, silence, counts };
}

/** A meter renews its registers about once a second of its own time, also where that time runs faster than the fleet's rounds. */
function measured({ siteMeters, clock }: MeterLinesParts, depot: number, part: MeteredPart): MeterState {
  const nowMs = clock.nowMs();
  if (nowMs - siteMeters.stateOf(depot, part).atMs >= RENEWED_EVERY_MS) siteMeters.advance(nowMs);
  return siteMeters.stateOf(depot, part);
}

function areasOf(
  model: DemoMeter['model'],
  functionCode: 3 | 4,
  state: MeterState,
  serialNumber: number,
): readonly RegisterArea[] {
  switch (model) {
    case 'eastron-sdm630':
      return sdm630Areas(functionCode, state, serialNumber);
    case 'abb-b23':
      return functionCode === 3 ? abbB23Areas(state, serialNumber) : [];
    case 'schneider-iem3000':
      return functionCode === 3 ? iem3000Areas(state, serialNumber) : [];
    // These two maps are the same for both functions.
    case 'carlo-gavazzi-em300':
      return em300Areas(state, serialNumber);
    case 'janitza-b':
      return janitzaAreas(state);
    case 'sml-meter':
      return [];
  }
}

/** Each of these meters sends by itself, in turn. */
function push<M>(meters: readonly M[], send: (meter: M, telegram: number) => void): () => void {
  let telegram = 0;
  const timer = setInterval(() => {
    telegram += 1;
    for (const meter of meters) send(meter, telegram);
  }, PUSH_EVERY_MS);
  return () => clearInterval(timer);
}

function strikes(
  faults: ScriptedFaults,
  kind: FaultKind,
  { town, number }: { readonly town: DemoDepot; readonly number: number },
): boolean {
  const fault = faults.active(kind);
  return fault !== undefined && number === 1 && (fault.depotId === undefined || fault.depotId === town.id);
}

function describeLine({ town, id, number, protocol, baudRate, parity, meters, server }: MeterLine): unknown {
  return {
    id,
    name: `${town.name}, meter line ${number}`,
    depot_id: town.id,
    protocol,
    host: server.host,
    port: server.port,
    baud_rate: baudRate,
    parity,
    data_bits: 8,
    stop_bits: 1,
    meters: meters.map((meter) => ({
      id: meter.id,
      name: meter.name,
      role: meter.role,
      unit_address: meter.unitAddress,
      profile: meter.model,
      rated_current_a: meter.ratedCurrentA,
      parent_id: meter.parentId,
      evse_key: meter.evseKey,
      accuracy_class: meter.accuracyClass,
    })),
  };
}

function describeTruth({ depot, meters, counts, server }: MeterLine, siteMeters: SiteMeters): unknown {
  return {
    ...counts,
    client_connected: server.isClientConnected(),
    meters: Object.fromEntries(
      meters.map((meter) => {
        const state = siteMeters.stateOf(depot, meter.part);
        return [
          meter.id,
          {
            serial_number: String(meter.serialNumber),
            at_ms: state.atMs,
            power_w: state.powerW,
            import_wh: state.importWh,
            frequency_hz: state.frequencyHz,
            phases: state.phases.map((phase) => ({
              voltage_v: phase.voltageV,
              current_a: phase.currentA,
              power_w: phase.powerW,
            })),
          },
        ];
      }),
    ),
  };
}
