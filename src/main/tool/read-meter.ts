/**
 * `read-meter`: asks one meter once, over a serial port or a device server, and shows each value with its register and the
 * bytes as they came, for whoever compares with the meter's display. No console may use the line meanwhile.
 */
import { acceptReading } from '../../shared/domain/metering/accept-reading.ts';
import { refuse, type Refusal } from '../../shared/kernel/result.ts';
import type { LineAddress, LineSettings } from '../serial/line-address.ts';
import { createRtuMaster } from '../serial/modbus/rtu-master.ts';
import type { RtuEvent, RtuFailure, RtuMaster } from '../serial/modbus/rtu-question.ts';
import { openLine } from '../serial/open-line.ts';
import { listSystemAdapters } from '../serial/open-serial-port.ts';
import { decodeRegisters, decodeSerialNumber } from '../metering/codec/decode-registers.ts';
import type { DecodedReading } from '../metering/codec/decoded-reading.ts';
import type { ModbusProfile, RegisterBlock } from '../metering/codec/meter-profile.ts';
import { judgeFit } from '../metering/codec/profile-fit.ts';
import type { RegisterSpan } from '../metering/codec/register-span.ts';
import { modbusProfiles, openMeterProfiles } from '../metering/meters/meter-profiles.ts';
import { showRegisters } from './show-registers.ts';
import { suggestProfile } from './suggest-profile.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE =
  '(--port PATH | --adapter SERIAL | --host HOST:PORT) --unit N --profile NAME [--baud N, 9600] [--parity none|even|odd] [--rated-current A]';
const OPTIONS = ['port', 'adapter', 'host', 'unit', 'profile', 'baud', 'parity', 'rated-current'] as const;
const TRIES = 3;
const TIMEOUT_MS = 1_000;

type Values = Partial<Record<(typeof OPTIONS)[number], string>>;

export const readMeter: Tool = {
  name: 'read-meter',
  summary:
    'Asks one meter for its serial number and its values and shows them with their registers and raw bytes. ' +
    'Exits with 1 when it cannot be read or its values are not plausible.',
  usage: USAGE,
  run: async (args) => {
    const { values } = readToolArgs(args, OPTIONS, `read-meter ${USAGE}`);
    const unitAddress = Number(values.unit);
    if (!Number.isInteger(unitAddress) || unitAddress < 1 || unitAddress > 247)
      throw usage('--unit is the meter’s address, 1 to 247.');
    const ratedCurrent = values['rated-current'];
    if (ratedCurrent !== undefined && !(Number(ratedCurrent) > 0))
      throw usage('--rated-current is in amperes, above 0.');
    const profiles = openMeterProfiles();
    const profile = profiles.of(values.profile ?? '');
    if (!profile.ok) throw new ToolError(profile.code, profile.message);
    const chosen = profile.value;
    if (chosen.protocol !== 'modbus-rtu')
      throw usage(
        `The profile ${chosen.name} is of a meter that speaks ${chosen.protocol}; only Modbus meters are asked.`,
      );
    const settings = readSettings(values);
    const opened = await openLine(readAddress(values), settings, listSystemAdapters)();
    if (!opened.ok) throw new ToolError(opened.code, opened.message);
    const heard: RtuEvent[] = [];
    const master = createRtuMaster({
      line: { use: (take) => take(opened.value) },
      settings,
      onEvent: (event) => heard.push(event),
    });
    try {
      const others = modbusProfiles(profiles);
      const shown = await read(master, chosen, others, unitAddress, heard, ratedCurrent);
      return { place: opened.value.place, ...shown };
    } finally {
      master.stop();
      await opened.value.close();
    }
  },
};

async function read(
  master: RtuMaster,
  profile: ModbusProfile,
  others: readonly ModbusProfile[],
  unitAddress: number,
  heard: readonly RtuEvent[],
  ratedCurrent: string | undefined,
) {
  const serial = profile.serialNumber === undefined ? undefined : await ask(master, profile.serialNumber, unitAddress);
  const serialNumber = serial?.ok === true ? decodeSerialNumber(profile, serial.value.registers) : undefined;
  const spans: RegisterSpan[] = [];
  let failed: Refusal<RtuFailure> | undefined;
  let monotonicMs = 0;
  for (const { functionCode, firstRegister, ...counts } of profile.blocks) {
    const answer = await ask(master, { functionCode, firstRegister, ...counts }, unitAddress);
    if (answer.ok) {
      spans.push({ functionCode, firstRegister, bytes: answer.value.registers });
      monotonicMs = answer.value.heardAtMonotonicMs;
    } else failed ??= answer;
  }
  if (failed !== undefined && spans.length === 0) {
    const sounds = [...new Set(heard.map(({ kind }) => kind))];
    throw new ToolError(failed.code, `${failed.message}${sounds.length === 0 ? '' : ` Heard: ${sounds.join(', ')}.`}`);
  }
  const fit = judgeFit(profile, spans);
  const contradiction =
    fit.kind === 'contradicts'
      ? refuse('profile-contradicted', `${fit.why} ${suggestProfile(profile, others, spans)}`)
      : undefined;
  const decoded = failed === undefined ? decodeRegisters(profile, joined(spans)) : undefined;
  const refusal =
    failed ?? contradiction ?? (decoded && judge(profile, decoded, { monotonicMs, serialNumber, ratedCurrent }));
  if (refusal !== undefined) process.exitCode = 1;
  const doubt = contradiction && ({ quality: 'refused', note: contradiction.message } as const);
  return {
    unitAddress,
    model: profile.model,
    serialNumber: serial?.ok === false ? { refused: serial.code, why: serial.message } : (serialNumber ?? null),
    verdict: refusal === undefined ? 'plausible' : { refused: refusal.code, why: refusal.message },
    ...(decoded !== undefined && { energyResolutionWh: decoded.resolutionWh }),
    values: spans
      .flatMap((span) => showRegisters(profile, span, doubt))
      .map(({ number, from: _from, length: _length, ...value }) => ({ ...value, value: number })),
  };
}

/** Why the console would not believe it. */
function judge(
  profile: ModbusProfile,
  { values, resolutionWh }: DecodedReading,
  known: {
    readonly monotonicMs: number;
    readonly serialNumber: string | undefined;
    readonly ratedCurrent: string | undefined;
  },
): Refusal | undefined {
  const { monotonicMs, serialNumber, ratedCurrent } = known;
  const decision = acceptReading(
    undefined,
    { reading: { atMs: Date.now(), monotonicMs, serialNumber, values }, resolutionWh },
    {
      ...profile.plausible,
      ratedCurrentA: ratedCurrent === undefined ? profile.rated.currentA : Number(ratedCurrent),
      ratedVoltageV: profile.rated.voltageV,
      phaseCount: profile.values.voltageV.length,
    },
  );
  return decision.outcome === 'refused' ? refuse(decision.code, decision.message) : undefined;
}

function joined(spans: readonly RegisterSpan[]): Uint8Array {
  return Buffer.concat(spans.map(({ bytes }) => bytes));
}

/** Again when it is lost: the first question after an opening may fall into somebody's sentence. */
async function ask(
  master: RtuMaster,
  block: Pick<RegisterBlock, 'functionCode' | 'firstRegister' | 'neededCount' | 'allowedCounts'>,
  unitAddress: number,
): ReturnType<RtuMaster['ask']> {
  const { functionCode, firstRegister, neededCount, allowedCounts } = block;
  const question = { unitAddress, functionCode, firstRegister, neededCount, allowedCounts, timeoutMs: TIMEOUT_MS };
  let answer = await master.ask(question);
  for (let tries = 1; tries < TRIES && !answer.ok && answer.code !== 'line-lost'; tries++)
    answer = await master.ask(question);
  return answer;
}

function readAddress({ port, adapter, host }: Values): LineAddress {
  const named = [port, adapter, host].filter((place) => place !== undefined);
  if (named.length !== 1) throw usage('Name one of --port, --adapter and --host.');
  if (host === undefined) return { kind: 'serial-port', adapterSerialNumber: adapter, path: port };
  const [, name, number] = /^(.+):(\d{1,5})$/u.exec(host) ?? [];
  if (name === undefined || Number(number) > 65_535) throw usage('--host is HOST:PORT.');
  return { kind: 'device-server', host: name, port: Number(number) };
}

function readSettings({ baud = '9600', parity = 'none' }: Values): LineSettings {
  const baudRate = Number(baud);
  if (!Number.isInteger(baudRate) || baudRate < 300) throw usage('--baud is the line’s speed, such as 9600.');
  if (parity !== 'none' && parity !== 'even' && parity !== 'odd') throw usage('--parity is none, even or odd.');
  // Without a parity bit, Modbus over serial line (V1.02, 2.5.1) wants two stop bits, but meters are shipped with one.
  return { baudRate, dataBits: 8, parity, stopBits: 1 };
}

function usage(sentence: string): ToolError {
  return new ToolError('usage', `${sentence} Usage: read-meter ${USAGE}`);
}
