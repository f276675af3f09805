/** Which kind of meter answers, from registers alone. */
import { describe, expect, it } from 'vitest';
import { LineLost, recogniseMeter } from '../../../../../../src/main/metering/commissioning/bench/recognise-meter.ts';
import { modbusProfiles, openMeterProfiles } from '../../../../../../src/main/metering/meters/meter-profiles.ts';
import type { RegisterQuestion, RtuFailure } from '../../../../../../src/main/serial/modbus/rtu-question.ts';
import { accept, refuse } from '../../../../../../src/shared/kernel/result.ts';

type Words = ReadonlyMap<string, number>;

/** An SDM630 whose values are no round numbers, so that both words of each say something. */
function sdm630({ swapped = false, energyStepKwh = 0.01 } = {}): () => Words {
  let readings = 0;
  return () => {
    const words = new Map<string, number>();
    const put = (register: number, value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(value);
      const [high, low] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
      words.set(`4 ${register}`, swapped ? low : high);
      words.set(`4 ${register + 1}`, swapped ? high : low);
    };
    for (let register = 0; register < 0x60; register += 2) put(register, 0);
    for (const [phase, volts] of [230.1, 231.7, 229.3].entries()) {
      put(2 * phase, volts);
      put(6 + 2 * phase, 10.3);
      put(12 + 2 * phase, volts * 10.3 * 0.98);
    }
    put(0x34, 691.1 * 10.3 * 0.98);
    put(0x46, 49.98);
    put(0x48, 1_234.56 + readings * energyStepKwh);
    for (let at = 0; at < 8; at++) words.set(`3 ${0xfc00 + at}`, at === 1 ? 4_711 : 0);
    readings += 1;
    return words;
  };
}

function aMeterOf(read: () => Words, fault?: (question: RegisterQuestion, asked: number) => RtuFailure | undefined) {
  const questions: RegisterQuestion[] = [];
  let pausedMs = 0;
  const recognised = recogniseMeter({
    unitAddress: 17,
    profiles: modbusProfiles(openMeterProfiles()),
    firstAnswerMs: 50,
    pause: async (ms) => {
      pausedMs += ms;
    },
    ask: async (question) => {
      questions.push(question);
      const failure = fault?.(question, questions.length);
      if (failure !== undefined) return refuse(failure, 'as the test wants it');
      const words = read();
      const registers = Buffer.alloc(2 * question.neededCount);
      for (let at = 0; at < question.neededCount; at++) {
        const word = words.get(`${question.functionCode} ${question.firstRegister + at}`);
        if (word === undefined) return refuse('excepted', 'illegal data address');
        registers.writeUInt16BE(word, 2 * at);
      }
      return accept({ registers, heardAtMonotonicMs: 0 });
    },
  });
  return { recognised, questions, pausedMs: () => pausedMs };
}

const NOTHING = { profiles: [], serialNumber: undefined, values: undefined };

describe('a meter', () => {
  it('is what its registers say, and each block is asked for once a reading', async () => {
    const { recognised, questions } = aMeterOf(sdm630());
    const { profiles, serialNumber, values } = await recognised;
    expect(profiles[0]?.name).toBe('eastron-sdm630');
    expect(serialNumber).toBe('4711');
    expect(values?.phases[1].voltageV).toBeCloseTo(231.7, 3);
    const ofReading = questions.filter(({ functionCode, neededCount }) => functionCode === 4 && neededCount === 76);
    expect(ofReading).toHaveLength(2);
  });

  it('with its words swapped is read by that variant alone, exactly', async () => {
    const { profiles, values } = await aMeterOf(sdm630({ swapped: true })).recognised;
    expect(profiles[0]?.name).toBe('eastron-sdm630-swapped');
    expect(profiles.every(({ name }) => name.endsWith('-swapped'))).toBe(true);
    expect(values?.phases[0].voltageV).toBe(Math.fround(230.1));
  });

  it('whose energy falls is believed by no profile', async () => {
    expect(await aMeterOf(sdm630({ energyStepKwh: -50 })).recognised).toEqual(NOTHING);
  });

  it('that refuses everything is nothing the console has', async () => {
    expect(await aMeterOf(() => new Map()).recognised).toEqual(NOTHING);
  });

  it('is asked again where an answer was damaged, and left alone while old answers may come', async () => {
    const faults: readonly (RtuFailure | undefined)[] = ['spoiled', undefined, 'resting', 'resting'];
    const { recognised, pausedMs } = aMeterOf(sdm630(), (_, asked) => faults[asked - 1]);
    expect((await recognised).profiles[0]?.name).toBe('eastron-sdm630');
    expect(pausedMs()).toBe(2_000 + 1_200);
  });

  it('is not known when the line goes away meanwhile', async () => {
    const { recognised } = aMeterOf(sdm630(), (_, asked) => (asked === 3 ? 'line-lost' : undefined));
    await expect(recognised).rejects.toThrow(LineLost);
  });
});
