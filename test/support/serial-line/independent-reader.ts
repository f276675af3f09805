/** Debian's mbpoll, a Modbus master that is not ours, with an encoding of its own: one call, one question. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const MBPOLL = '/usr/bin/mbpoll';
const TRIES = 4;

/** For `skipIf`: the reader is a Debian package that needs an administrator to install. */
export function isReaderAbsent(): boolean {
  return !existsSync(MBPOLL);
}

export type ReaderQuestion = {
  readonly unit: number;
  readonly functionCode: 3 | 4;
  /** 0-based. */
  readonly firstRegister: number;
  /** How many values of that form. */
  readonly count: number;
  readonly form: 'hex' | 'int' | 'float';
  /** Of numbers of two registers. */
  readonly highWordFirst: boolean;
};

/** The values as mbpoll writes them. */
export function readIndependently(
  port: { readonly path: string; readonly baudRate: number },
  question: ReaderQuestion,
): readonly string[] {
  const { unit, functionCode, firstRegister, count, form, highWordFirst } = question;
  const args = ['-m', 'rtu', '-b', String(port.baudRate), '-P', 'none', '-a', String(unit), '-0', '-1', '-q'];
  args.push('-r', String(firstRegister), '-c', String(count), '-t', `${functionCode === 4 ? 3 : 4}:${form}`);
  if (highWordFirst) args.push('-B');
  let said = '';
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { stdout, stderr } = spawnSync(MBPOLL, [...args, port.path], { encoding: 'utf8' });
    said = `${stdout}${stderr}`;
    const values = [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gmu)].map(([, value]) => value ?? '');
    if (values.length === count) return values;
  }
  throw new Error(`mbpoll ${args.join(' ')} read nothing: ${said}`);
}
