/** The dialogue of a read-out, against a meter that is played here step by step. */
import { describe, expect, test } from 'vitest';
import {
  createModeCDialogue,
  type DialogueStep,
  type ModeCDialogue,
} from '../../../../../../src/main/metering/codec/iec62056/mode-c-dialogue.ts';
import { ascii, dataMessage, withEvenParity } from '../../../../../support/readable-messages.ts';

const said = (steps: readonly DialogueStep[]) =>
  steps.map((step) => {
    if (step.kind === 'send') return Buffer.from(step.bytes).toString('latin1');
    if (step.kind === 'set-baud-rate') return step.baudRate;
    return step.kind === 'failed' ? step.code : step.values.map(({ obis }) => obis).join(' ');
  });
const DATA = dataMessage(['1.8.0(000123.456*kWh)', '2.8.0(000001.000*kWh)']);
const SIGN_ON = [300, '/?!\r\n'];

function signedOn(
  identification = '/ISK5ME162-0033\r\n',
  ...options: Parameters<typeof createModeCDialogue>
): ModeCDialogue {
  const dialogue = createModeCDialogue(...options);
  dialogue.start();
  dialogue.receive(ascii(identification));
  return dialogue;
}

test('sign on, change of speed, data', () => {
  const dialogue = createModeCDialogue();
  expect(said(dialogue.start())).toEqual(SIGN_ON);
  expect(said(dialogue.receive(ascii('/ISK5ME1')))).toEqual([]);
  expect(said(dialogue.receive(ascii('62-0033\r\n')))).toEqual(['\u0006050\r\n', 9600]);
  expect(said(dialogue.receive(DATA.slice(0, 20)))).toEqual([]);
  const [done] = dialogue.receive(DATA.slice(20));
  expect(done).toMatchObject({ kind: 'done', identification: '/ISK5ME162-0033', check: 'bcc' });
  expect(dialogue.receive(DATA)).toEqual([]);
  expect(dialogue.fallSilent()).toEqual([]);
});

test('the echo of an optical head, the wake-up’s noise and parity bits', () => {
  const dialogue = createModeCDialogue('12345678');
  expect(said(dialogue.start())).toEqual([300, '/?12345678!\r\n']);
  expect(dialogue.receive(withEvenParity(ascii('/?12345678!\r\n')))).toEqual([]);
  expect(said(dialogue.receive(Uint8Array.from([0, 0xff, ...withEvenParity(ascii('/LGZ4ZMD3\r\n'))])))).toEqual([
    '\u0006040\r\n',
    4800,
  ]);
  expect(dialogue.receive(withEvenParity(ascii('\u0006040\r\n')))).toEqual([]);
  expect(said(dialogue.receive(withEvenParity(DATA)))).toEqual(['1.8.0 2.8.0']);
});

test.for([
  ['more than the line can', '/ISK6ME162\r\n', 9600, ['\u0006000\r\n', 300]],
  ['mode B changes by itself', '/ISKEME162\r\n', 9600, [9600]],
  ['mode A stays', '/ISK ME162\r\n', 9600, []],
  ['three hundred', '/ISK0ME162\r\n', 9600, ['\u0006000\r\n', 300]],
] as const)('speed: %s', ([, identification, greatest, steps]) => {
  const dialogue = createModeCDialogue('', greatest);
  dialogue.start();
  expect(said(dialogue.receive(ascii(identification)))).toEqual(steps);
  expect(said(dialogue.receive(DATA))).toEqual(['1.8.0 2.8.0']);
});

test('identification and data at once, as in mode A', () => {
  const dialogue = createModeCDialogue();
  dialogue.start();
  expect(said(dialogue.receive(Uint8Array.from([...ascii('/ISK ME162\r\n'), ...DATA])))).toEqual(['1.8.0 2.8.0']);
});

describe('what goes wrong', () => {
  const damaged = DATA.map((byte, at) => (at === 9 ? byte ^ 1 : byte));

  test('damaged data are asked for again, and not before the meter is silent', () => {
    const dialogue = signedOn();
    expect(dialogue.receive(damaged)).toEqual([]);
    expect(said(dialogue.fallSilent())).toEqual(['\u0015']);
    expect(said(dialogue.receive(DATA))).toEqual(['1.8.0 2.8.0']);
  });
  test('data that stop midway are asked for again', () => {
    const dialogue = signedOn();
    dialogue.receive(DATA.slice(0, 30));
    expect(said(dialogue.fallSilent())).toEqual(['\u0015']);
  });
  test('three times damaged is enough', () => {
    const dialogue = signedOn();
    const steps = [1, 2, 3].flatMap(() => [...dialogue.receive(damaged), ...dialogue.fallSilent()]);
    expect(said(steps)).toEqual(['\u0015', '\u0015', 'damaged-data']);
    expect(dialogue.fallSilent()).toEqual([]);
  });
  test('nobody answers', () => {
    const dialogue = createModeCDialogue();
    const steps = [...dialogue.start(), ...[1, 2, 3].flatMap(() => dialogue.fallSilent())];
    expect(said(steps)).toEqual([...SIGN_ON, ...SIGN_ON, ...SIGN_ON, 'no-answer']);
  });
  test('no data come behind the change of speed', () => {
    const dialogue = signedOn();
    const steps = [1, 2].flatMap(() => [...dialogue.fallSilent(), ...dialogue.receive(ascii('/ISK5ME162\r\n'))]);
    expect(said(steps)).toEqual([...SIGN_ON, '\u0006050\r\n', 9600, ...SIGN_ON, '\u0006050\r\n', 9600]);
    expect(said(dialogue.fallSilent())).toEqual(['no-data']);
  });
  test('an identification with wrong parity is none', () => {
    const dialogue = createModeCDialogue();
    dialogue.start();
    const wrong = withEvenParity(ascii('/ISK5ME162\r\n')).map((byte, at) => (at === 4 ? byte ^ 4 : byte));
    expect(dialogue.receive(wrong)).toEqual([]);
    expect(said(dialogue.fallSilent())).toEqual(SIGN_ON);
  });
  test('a meter that changes by itself, on a line that cannot', () => {
    const dialogue = createModeCDialogue('', 300);
    dialogue.start();
    expect(said(dialogue.receive(ascii('/ISKEME162\r\n')))).toEqual(['too-fast']);
  });
  test('what belongs to nothing is told, and an echo is not', () => {
    const discarded: [number, boolean][] = [];
    const dialogue = createModeCDialogue('', 9600, (...what) => void discarded.push(what));
    dialogue.start();
    dialogue.receive(Uint8Array.from([0x55, 0x55, ...ascii('/?!\r\n/ISK5ME162\r\n')]));
    dialogue.receive(damaged);
    expect(discarded).toEqual([
      [2, false],
      [DATA.length, true],
    ]);
  });
});
