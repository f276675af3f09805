/**
 * The meter lines of the demo's depots: a device server each, three meters behind it, and the scripted faults between.
 * Invariant: what a meter tells is its depot's state as it was last measured, as 32-bit floats.
 */
import path from 'node:path';
import { DEMO_DEPOTS, type DemoDepot } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FaultKind, ScriptedFaults } from '../scripted-faults.ts';
import { hash32 } from '../seeded-random.ts';
import { metersOf, ratedCurrentOf, type DepotMeters } from './demo-meters.ts';
import { startDeviceServer, type DeviceServer } from './device-server.ts';
import { createRtuSlave } from './rtu-slave.ts';
import { SDM630_MOST_REGISTERS, sdm630Holding, sdm630Input } from './sdm630-registers.ts';
import { createSerialLine } from './serial-line.ts';
import type { SiteMeters } from './site-meters.ts';
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
  readonly faults: ScriptedFaults;
};

type MeterLine = {
  readonly depot: number;
  readonly town: DemoDepot;
  readonly id: string;
  readonly meters: DepotMeters;
  readonly server: DeviceServer;
  readonly silence: () => void;
  /** What the current transformers of the line's meters are built for. */
  readonly ratedCurrentA: number;
  readonly counts: { answers: number; late: number; damaged: number };
};

const BAUD_RATE = 9600;
/** 8N1: start, eight data, stop. */
const BITS_PER_BYTE = 10;
/** Below the ports systems give to outgoing connections, so that nobody takes one while its line is unplugged. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

export async function startMeterLines(parts: MeterLinesParts): Promise<MeterLines> {
  const lines: MeterLine[] = [];
  for (const [depot, town] of DEMO_DEPOTS.entries()) lines.push(await startLine(parts, depot, town));
  return {
    obeyFaults: () => {
      for (const line of lines) {
        if (!strikes(parts.faults, 'meter-unplugged', line.town)) line.server.plugIn();
        else {
          line.server.unplug();
          line.silence();
        }
      }
    },
    describe: () => ({ lines: lines.map(describeLine) }),
    truth: () => Object.fromEntries(lines.map((line) => [line.id, describeTruth(line, parts.siteMeters)])),
    stop: () => {
      for (const line of lines) {
        line.server.stop();
        line.silence();
      }
    },
  };
}

async function startLine(parts: MeterLinesParts, depot: number, town: DemoDepot): Promise<MeterLine> {
  const { world, siteMeters, faults } = parts;
  const { seed } = world;
  const id = `LINE-${town.code}-1`;
  const meters = metersOf(seed, depot);
  const counts = { answers: 0, late: 0, damaged: 0 };
  const slaves = meters.map(({ unitAddress, serialNumber }, place) =>
    createRtuSlave({
      unitAddress,
      mostRegisters: SDM630_MOST_REGISTERS,
      inputArea: () => sdm630Input(siteMeters.stateOf(depot)[place as 0 | 1 | 2]),
      holdingArea: () => sdm630Holding(serialNumber),
    }),
  );
  const line = createSerialLine({
    baudRate: BAUD_RATE,
    bitsPerByte: BITS_PER_BYTE,
    toMaster: (bytes) => server.sendToClient(bytes),
    toSlaves: (frame) => {
      for (const slave of slaves) {
        const answer = slave.answer(frame);
        if (!answer) continue;
        counts.answers += 1;
        const late = strikes(faults, 'meter-late', town);
        const noisy = strikes(faults, 'meter-noisy', town);
        const spoiled = spoilAnswer(seed, id, counts.answers, answer, { late, noisy });
        if (spoiled.isLate) counts.late += 1;
        if (spoiled.isDamaged) counts.damaged += 1;
        line.sendToMaster(spoiled.bytes, spoiled.delayMs);
      }
    },
  });
  const wishedPort = FIRST_PORT + (hash32('meter-line', path.resolve(parts.directory), depot) % PORTS);
  const server = await startDeviceServer({ wishedPort, onBytes: line.sendToSlaves });
  const ratedCurrentA = ratedCurrentOf(world, depot);
  return { depot, town, id, meters, ratedCurrentA, server, silence: line.silence, counts };
}

function strikes(faults: ScriptedFaults, kind: FaultKind, town: DemoDepot): boolean {
  const fault = faults.active(kind);
  return fault !== undefined && (fault.depotId === undefined || fault.depotId === town.id);
}

function describeLine({ town, id, meters, ratedCurrentA, server }: MeterLine): unknown {
  return {
    id,
    name: `${town.name}, meter line 1`,
    depot_id: town.id,
    host: server.host,
    port: server.port,
    baud_rate: BAUD_RATE,
    parity: 'none',
    data_bits: 8,
    stop_bits: 1,
    meters: meters.map((meter) => ({
      id: meter.id,
      name: meter.name,
      role: meter.role,
      unit_address: meter.unitAddress,
      profile: 'eastron-sdm630',
      rated_current_a: ratedCurrentA,
    })),
  };
}

function describeTruth({ depot, meters, counts, server }: MeterLine, siteMeters: SiteMeters): unknown {
  const states = siteMeters.stateOf(depot);
  return {
    ...counts,
    client_connected: server.isClientConnected(),
    meters: Object.fromEntries(
      meters.map((meter, place) => {
        const state = states[place as 0 | 1 | 2];
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
