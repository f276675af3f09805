/** A read-out driven over a line: the speed changes when all has left, and never where it cannot. */
import { expect, it } from 'vitest';
import { createModeCDialogue } from '../../../../../src/main/metering/codec/iec62056/mode-c-dialogue.ts';
import { runDialogue, type DialogueEnd } from '../../../../../src/main/metering/lines/run-dialogue.ts';
import { ascii, dataMessage } from '../../../../support/readable-messages.ts';
import { createScriptedClock } from '../../../../support/scripted-line.ts';

const DATA = dataMessage(['1.8.0(000123.456*kWh)']);

function open({ canChange }: { readonly canChange: boolean }) {
  const clock = createScriptedClock();
  const done: string[] = [];
  const say = (what: string): void => void done.push(`${Math.round(clock.monotonicMs())} ${what}`);
  const source = {
    place: 'scripted',
    listen: () => {},
    write: (bytes: Uint8Array) => say(Buffer.from(bytes).toString('latin1').trim()),
  };
  const setBaudRate = async (baudRate: number): Promise<void> => say(`${baudRate} baud`);
  const running = runDialogue({
    source: canChange ? { ...source, setBaudRate } : source,
    dialogue: createModeCDialogue('', canChange ? 9_600 : 300),
    clock,
  });
  let end: DialogueEnd | undefined;
  const awaitEnd = async (): Promise<void> => {
    end = await running.end;
  };
  void awaitEnd();
  return { clock, running, done, end: () => end };
}

it('changes its speed when the acknowledgement has left, and not before', async () => {
  const { clock, running, done, end } = open({ canChange: true });
  await clock.pass(500);
  running.hear(ascii('/ISK5ME162\r\n'));
  await clock.pass(300);
  // Six characters at 300 baud take 200 ms, and the adapter 20.
  expect(done).toEqual(['0 300 baud', '0 /?!', '500 \u0006050', '720 9600 baud']);
  running.hear(DATA.subarray(0, 10));
  await clock.pass(100);
  running.hear(DATA.subarray(10));
  await clock.pass(1);
  expect(end()).toMatchObject({ kind: 'done', beganAtMs: 800 });
});

it('asks the meter to stay at 300 baud where the line cannot change', async () => {
  const { clock, running, done, end } = open({ canChange: false });
  await clock.pass(500);
  running.hear(ascii('/ISK5ME162\r\n'));
  await clock.pass(300);
  running.hear(DATA);
  await clock.pass(1);
  expect(done).toEqual(['0 /?!', '500 \u0006000']);
  expect(end()).toMatchObject({ kind: 'done' });
});

it('ends when nobody answers, and when the line is lost', async () => {
  const silent = open({ canChange: true });
  await silent.clock.pass(60_000);
  expect(silent.end()).toMatchObject({ kind: 'failed', code: 'no-answer' });
  const lost = open({ canChange: true });
  lost.running.lineLost('Unplugged.');
  lost.running.hear(DATA);
  await lost.clock.pass(60_000);
  expect(lost.end()).toEqual({ kind: 'line-lost', message: 'Unplugged.' });
});

it('ends on a line that is never quiet', async () => {
  const { clock, running, end } = open({ canChange: true });
  for (let second = 0; second < 700 && end() === undefined; second += 1) {
    running.hear(Uint8Array.of(0x55, 0xaa));
    await clock.pass(1_000);
  }
  expect(end()).toMatchObject({ kind: 'failed', code: 'damaged-data' });
});
