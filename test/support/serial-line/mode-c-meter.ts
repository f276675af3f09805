/** The meter of `mode-c-meter.py`: a process of the system's Python, and the pseudo terminal it hangs on under a name that stays. */
import { spawn } from 'node:child_process';
import { existsSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export type ModeCEvent =
  | { readonly event: 'ready' | 'signed-on' }
  | { readonly event: 'plugged'; readonly path: string }
  | { readonly event: 'served'; readonly lines: readonly string[]; readonly speed: number }
  | { readonly event: 'garbled'; readonly bytes: number; readonly meter: number; readonly console: number };

export async function startModeCMeter(folder: string, lines: readonly string[]) {
  const child = spawn('python3', [path.join(import.meta.dirname, 'mode-c-meter.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const events: ModeCEvent[] = [];
  let told: (event: ModeCEvent) => void = () => {};
  createInterface(child.stdout).on('line', (line) => {
    const event = JSON.parse(line) as ModeCEvent;
    events.push(event);
    told(event);
  });
  const link = path.join(folder, 'ttyMeter');
  const order = (what: Record<string, unknown>): void => void child.stdin.write(`${JSON.stringify(what)}\n`);
  const plug = async (): Promise<void> => {
    const ptyPath = await new Promise<string>((resolve) => {
      told = (event) => {
        if (event.event === 'plugged') resolve(event.path);
      };
      order({ plug: true });
    });
    symlinkSync(ptyPath, link);
  };
  order({ lines });
  await plug();
  return {
    path: link,
    events,
    say: (next: readonly string[]) => order({ lines: next }),
    damage: (messages: number) => order({ damage: messages }),
    mute: (isMute: boolean) => order({ mute: isMute }),
    plug,
    unplug: () => {
      unlinkSync(link);
      order({ unplug: true });
    },
    stop: async (): Promise<void> => {
      if (existsSync(link)) unlinkSync(link);
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.stdin.end();
      await gone;
    },
  };
}
