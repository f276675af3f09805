/** The tool a person takes to a meter: what it shows, and what it says when it cannot. */
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { readMeter } from '../../../src/main/tool/read-meter.ts';
import { aMeter, startSdm630Slave, type SlaveMeter } from '../../support/sdm630-slave.ts';

async function startSlave(meter: SlaveMeter): Promise<string> {
  const slave = await startSdm630Slave([[7, meter]]);
  onTestFinished(slave.stop);
  return `127.0.0.1:${slave.port}`;
}

const ask = (host: string, unit: string, ...more: readonly string[]) =>
  readMeter.run(['--host', host, '--unit', unit, '--profile', 'eastron-sdm630', '--baud', '115200', ...more]);

afterEach(() => {
  process.exitCode = undefined;
});

describe('read-meter', () => {
  it('shows each value with its register and bytes', async () => {
    const host = await startSlave(aMeter({ importKwh: 4096.5 }));
    const shown = (await ask(host, '7')) as { values: { name: string }[] };
    expect(shown).toMatchObject({ model: 'Eastron SDM630', serialNumber: '1001', verdict: 'plausible' });
    expect(shown.values.find(({ name }) => name === 'importWh')).toEqual({
      name: 'importWh',
      register: '0x0048',
      raw: '45 80 04 00',
      value: 4_096_500,
      unit: 'Wh',
      quality: 'good',
    });
    expect(process.exitCode).toBeUndefined();
  });

  it('says what is not plausible, and ends with 1', async () => {
    const host = await startSlave(aMeter({ powerW: 90_000 }));
    expect(await ask(host, '7')).toMatchObject({ verdict: { refused: 'current-implausible' } });
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    expect(await ask(host, '7', '--rated-current', '250')).toMatchObject({ verdict: 'plausible' });
    expect(process.exitCode).toBeUndefined();
  });

  it('reads a meter of several blocks, and shows what there is when one is refused', async () => {
    const as = async (profile: string, meter: SlaveMeter) => {
      const host = await startSlave(meter);
      const args = ['--host', host, '--unit', '7', '--profile', profile, '--baud', '115200'];
      return (await readMeter.run(args)) as {
        values: readonly { name: string; value: number | null; quality: string }[];
      };
    };
    expect(await as('eastron-sdm72', aMeter())).toMatchObject({ verdict: 'plausible', serialNumber: '1001' });
    expect(process.exitCode).toBeUndefined();
    const part = await as('eastron-sdm72', aMeter({ registerCount: 40 }));
    expect(part).toMatchObject({ serialNumber: '1001', verdict: { refused: 'excepted' } });
    expect(part.values).toHaveLength(9);
    expect(part.values[0]).toMatchObject({ name: 'voltageV L1', value: 230, quality: 'good' });
    expect(process.exitCode).toBe(1);
    const other = await as('carlo-gavazzi-em300', aMeter({ registerCount: 50 }));
    expect(other).toMatchObject({ serialNumber: { refused: 'excepted' }, verdict: { refused: 'excepted' } });
    expect(other.values.every(({ value }) => value === null)).toBe(true);
  });

  it('tells no number of a meter that is not what the profile says, and which one would fit', async () => {
    const host = await startSlave(aMeter());
    const shown = (await ask(host, '7', '--profile', 'eastron-sdm630-swapped')) as {
      verdict: { why: string };
      values: readonly Record<string, unknown>[];
    };
    expect(shown).toMatchObject({ verdict: { refused: 'profile-contradicted' } });
    expect(shown.verdict.why).toContain('The profile eastron-sdm630 would fit');
    expect(shown.values.every(({ value, quality }) => value === null && quality === 'refused')).toBe(true);
    expect(process.exitCode).toBe(1);
  });

  it('names why a meter cannot be read', async () => {
    const spoiled = await startSlave(aMeter({ mood: 'spoils' }));
    await expect(ask(spoiled, '7')).rejects.toMatchObject({ code: 'spoiled' });
    await expect(ask('127.0.0.1:1', '7')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('names what was asked wrongly', async () => {
    await expect(ask('127.0.0.1:1', '0')).rejects.toMatchObject({ code: 'usage' });
    await expect(ask('nowhere', '1')).rejects.toMatchObject({ code: 'usage' });
    await expect(ask('127.0.0.1:1', '1', '--port', '/dev/null')).rejects.toMatchObject({ code: 'usage' });
    await expect(ask('127.0.0.1:1', '1', '--parity', 'mark')).rejects.toMatchObject({ code: 'usage' });
    await expect(readMeter.run(['--unit', '1', '--profile', 'sml-meter'])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('sml') as unknown,
    });
    await expect(readMeter.run(['--unit', '1', '--profile', 'nobody'])).rejects.toMatchObject({
      code: 'no-such-profile',
    });
  });
});
