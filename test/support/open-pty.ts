/**
 * A pseudo terminal: a real serial port of the operating system whose far end is ours. Closing the far end is what an unplug
 * looks like. Python opens it, because Node can not.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const FAR_END = `
import os, pty, select, tty
far, near = pty.openpty()
tty.setraw(near)
print(os.ttyname(near), flush=True)
os.close(near)
orders = b''
while True:
    ready, _, _ = select.select([far, 0], [], [])
    if 0 in ready:
        more = os.read(0, 4096)
        orders += more
        *lines, orders = orders.split(b'\\n')
        if not more or b'unplug' in lines:
            break
        for line in lines:
            os.write(far, bytes.fromhex(line.decode()))
    if far in ready:
        try:
            print('heard ' + os.read(far, 4096).hex(), flush=True)
        except OSError:
            # Nobody has the near end open now.
            select.select([0], [], [], 0.02)
`;

/** For `skipIf`. */
export function arePtysAbsent(): boolean {
  if (process.platform === 'win32') return true;
  return spawnSync('python3', ['-c', 'import pty; pty.openpty()']).status !== 0;
}

export type Pty = {
  readonly path: string;
  /** What the product has sent. */
  readonly heard: readonly number[];
  readonly send: (bytes: Uint8Array) => void;
  readonly unplug: () => void;
};

export async function openPty(): Promise<Pty> {
  const far = spawn('python3', ['-c', FAR_END], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    far.stdin.end();
  });
  const heard: number[] = [];
  const path = await new Promise<string>((resolve) => {
    createInterface(far.stdout).on('line', (line) => {
      if (line.startsWith('/')) resolve(line);
      else heard.push(...Buffer.from(line.replace('heard ', ''), 'hex'));
    });
  });
  return {
    path,
    heard,
    send: (bytes) => far.stdin.write(`${Buffer.from(bytes).toString('hex')}\n`),
    unplug: () => far.stdin.write('unplug\n'),
  };
}
