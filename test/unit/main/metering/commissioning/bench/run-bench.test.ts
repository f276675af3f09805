/** The bench holds one line at most, whoever asks for it and when. */
import { expect, it } from 'vitest';
import { runBench } from '../../../../../../src/main/metering/commissioning/bench/run-bench.ts';
import type { LineAddress } from '../../../../../../src/main/serial/line-address.ts';
import { accept } from '../../../../../../src/shared/kernel/result.ts';
import { createScriptedClock } from '../../../../../support/scripted-line.ts';

function openBench(close: () => Promise<void> = () => Promise.resolve()) {
  const clock = createScriptedClock();
  const held: string[] = [];
  const logged: string[] = [];
  const bench = runBench({
    open: (address: LineAddress) => async () => {
      const place = address.kind === 'device-server' ? address.host : (address.path ?? '');
      held.push(place);
      return accept({
        place,
        listen: () => {},
        write: () => {},
        close: async () => {
          held.splice(held.indexOf(place), 1);
          await close();
        },
      });
    },
    profiles: () => [],
    clock,
    knownAs: () => undefined,
    doing: () => {},
    changed: () => {},
    log: (line) => void logged.push(line),
  });
  const scan = (path: string) =>
    bench.scan({
      address: { kind: 'serial-port', adapterSerialNumber: undefined, path },
      settings: [{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }],
      protocols: ['sml'],
      unitAddresses: { from: 1, to: 1 },
    });
  return { clock, bench, scan, held, logged };
}

it('two scans asked for at once: the last one has the bench, and nothing else is held', async () => {
  const { clock, bench, scan, held } = openBench();
  await Promise.all([scan('ttyUSB0'), scan('ttyUSB1')]);
  await clock.pass(10);
  expect(held).toEqual(['ttyUSB1']);
  expect(bench.address()).toMatchObject({ path: 'ttyUSB1' });
  await bench.close();
  await clock.pass(10);
  expect(held).toEqual([]);
});

it('can be used again after a line that did not close', async () => {
  let fails = true;
  const { clock, bench, scan, held, logged } = openBench(() =>
    fails ? Promise.reject(new Error('stuck')) : Promise.resolve(),
  );
  await scan('ttyUSB0');
  await clock.pass(10);
  await bench.close();
  fails = false;
  await scan('ttyUSB1');
  await clock.pass(10);
  expect(held).toEqual(['ttyUSB1']);
  expect(logged).toHaveLength(1);
  await bench.close();
});
