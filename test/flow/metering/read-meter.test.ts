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
    await expect(readMeter.run(['--unit', '1', '--profile', 'nobody'])).rejects.toMatchObject({
      code: 'no-such-profile',
    });
  });
});
