/** Whether what was read can be a meter's. */
import { describe, expect, it } from 'vitest';
import {
  isMeter,
  judgePlausibility,
  scoreOf,
} from '../../../../../../src/main/metering/commissioning/bench/judge-plausibility.ts';
import type { MeterValues, PhaseValues } from '../../../../../../src/shared/domain/metering/meter.ts';
import { energyWh, powerW } from '../../../../../../src/shared/kernel/quantity.ts';

const LIMITS = { ratedCurrentA: 100, ratedVoltageV: 230, voltageV: [180, 280], frequencyHz: [45, 65] } as const;

function phase(voltageV: number | undefined = 230, currentA: number | undefined = 10, watts = 2_300): PhaseValues {
  return { voltageV, currentA, powerW: powerW(watts) };
}

function values(changes: Partial<MeterValues> = {}): MeterValues {
  const phases = [phase(), phase(), phase()] as const;
  return { powerW: powerW(6_900), importWh: energyWh(5_000), exportWh: undefined, frequencyHz: 50, phases, ...changes };
}

function judge(first: MeterValues, second: MeterValues | undefined = first) {
  const reading = (read: MeterValues) => ({ values: read, resolutionWh: 1 });
  const checks = judgePlausibility(reading(first), second && reading(second), LIMITS, '4711');
  const outcome = (name: string) => checks.find((check) => check.name === name)?.outcome;
  return { checks, outcome, isMeter: isMeter(checks) };
}

describe('values of a meter', () => {
  it('pass where everything agrees', () => {
    expect(judge(values()).checks.map(({ outcome }) => outcome)).toEqual(Array(5).fill('passed'));
  });

  it('are none where voltage or frequency are not the mains’', () => {
    expect(judge(values({ phases: [phase(230), phase(400), phase(230)] }))).toMatchObject({ isMeter: false });
    expect(judge(values({ frequencyHz: 5_000 })).isMeter).toBe(false);
    const dead = judge(values({ phases: [phase(0), phase(1e-41), phase(0)] }));
    expect(dead.outcome('voltage')).toBe('failed');
  });

  it('are doubted, and still a meter’s, where one phase is dead', () => {
    const oneDead = judge(values({ powerW: powerW(4_600), phases: [phase(), phase(), phase(0, 0, 0)] }));
    expect(oneDead.outcome('voltage')).toBe('doubtful');
    expect(oneDead.isMeter).toBe(true);
  });

  it('are doubted where more power flows than voltage times current, or its phases add up to another', () => {
    expect(judge(values({ powerW: powerW(9_000) })).outcome('power')).toBe('doubtful');
    expect(judge(values({ powerW: powerW(3_000) })).outcome('power')).toBe('doubtful');
    expect(
      judge(
        values({
          powerW: powerW(-6_900),
          phases: [phase(230, 10, -2_300), phase(230, 10, -2_300), phase(230, 10, -2_300)],
        }),
      ).checks[2]?.sentence,
    ).toContain('backwards');
    expect(judge(values({ powerW: powerW(1e9) })).outcome('power')).toBe('failed');
    expect(judge(values({ powerW: undefined })).isMeter).toBe(false);
  });

  it('are none where energy is below zero, absurd, or falls between two readings', () => {
    expect(judge(values({ importWh: energyWh(-1) })).isMeter).toBe(false);
    expect(judge(values({ importWh: energyWh(3e15) })).isMeter).toBe(false);
    expect(judge(values(), values({ importWh: energyWh(4_000) })).outcome('energy')).toBe('failed');
    expect(judge(values(), values({ importWh: energyWh(4_999.5) })).outcome('energy')).toBe('passed');
  });

  it('need something that only the mains shows', () => {
    const bare = values({
      frequencyHz: undefined,
      phases: [phase(undefined), phase(undefined), phase(undefined)].map((one) => ({
        ...one,
        voltageV: undefined,
      })) as unknown as MeterValues['phases'],
    });
    expect(judge(bare).isMeter).toBe(false);
  });

  it('fit the better the more of them is told and the less is doubted', () => {
    const score = (read: MeterValues) => scoreOf(judge(read).checks, read);
    expect(score(values())).toBeGreaterThan(score(values({ powerW: powerW(9_000) })));
    expect(score(values({ exportWh: energyWh(0) }))).toBeGreaterThan(score(values()));
  });
});
