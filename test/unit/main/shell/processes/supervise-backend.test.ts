import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromBackend } from '../../../../../src/main/shell/backend/process-messages.ts';
import { superviseBackend } from '../../../../../src/main/shell/processes/supervise-backend.ts';

const FAILED = { type: 'failed', message: 'No.', path: undefined, detail: '' } as const;

function fakeChild() {
  const listeners = { message: (_message: FromBackend) => {}, exit: (_code: number) => {} };
  return {
    say: (message: FromBackend) => listeners.message(message),
    exit: (code: number) => listeners.exit(code),
    onMessage: (listener: (message: FromBackend) => void) => {
      listeners.message = listener;
    },
    onExit: (listener: (code: number) => void) => {
      listeners.exit = listener;
    },
    kill: () => listeners.exit(15),
    stop: async () => listeners.exit(0),
  };
}

function supervise() {
  const children: ReturnType<typeof fakeChild>[] = [];
  const told: string[] = [];
  const backend = superviseBackend(
    {
      fork: () => {
        const child = fakeChild();
        children.push(child);
        return child;
      },
      pass: (child, window: string) => told.push(`${window} has a port to ${children.indexOf(child)}`),
      lose: (window) => told.push(`${window} lost it`),
      onceGone: () => {},
      log: () => {},
    },
    { onStarted: () => told.push('started'), onFailed: ({ code }) => told.push(`failed: ${code}`) },
  );
  const latest = () => {
    const child = children.at(-1);
    if (child === undefined) throw new Error('Nothing was started.');
    return child;
  };
  return { backend, children, told, latest };
}

describe('superviseBackend', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells the windows at once when the backend dies, and gives them ports to the next', () => {
    const { backend, told, latest } = supervise();
    latest().say({ type: 'started' });
    backend.connect('left');
    latest().exit(9);
    expect(told).toEqual(['started', 'left has a port to 0', 'left lost it']);
    vi.advanceTimersByTime(250);
    latest().say({ type: 'started' });
    expect(told.slice(3)).toEqual(['started', 'left has a port to 1']);
  });

  it('tells a window that comes during the outage', () => {
    const { backend, told, latest } = supervise();
    latest().say({ type: 'started' });
    latest().exit(9);
    backend.connect('late');
    expect(told).toEqual(['started', 'late lost it']);
  });

  it('starts nothing after it was stopped, and does not listen to what still comes', async () => {
    const { backend, children, told, latest } = supervise();
    latest().say({ type: 'started' });
    latest().exit(9);
    await backend.stop();
    vi.advanceTimersByTime(60_000);
    latest().say({ type: 'started' });
    expect(children).toHaveLength(1);
    expect(told).toEqual(['started']);
  });

  it('fails with its sentence when it never comes to life', () => {
    const { children, told, latest } = supervise();
    for (let life = 0; life < 5; life++) {
      latest().exit(1);
      vi.advanceTimersByTime(10_000);
    }
    expect(told).toEqual(['failed: backend-failed']);
    expect(children).toHaveLength(5);
  });

  it('does not try a store failure again, nor a first start that fails', () => {
    for (const code of ['database-locked', 'backend-failed']) {
      const { children, told, latest } = supervise();
      latest().say({ ...FAILED, code });
      vi.advanceTimersByTime(60_000);
      expect(told).toEqual([`failed: ${code}`]);
      expect(children).toHaveLength(1);
    }
  });

  it('tries an accident on a restart again, but no store failure', () => {
    const { children, told, latest } = supervise();
    latest().say({ type: 'started' });
    latest().exit(9);
    vi.advanceTimersByTime(250);
    latest().say({ ...FAILED, code: 'backend-failed' });
    vi.advanceTimersByTime(500);
    expect(children).toHaveLength(3);
    latest().say({ ...FAILED, code: 'database-corrupt' });
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(3);
    expect(told).toEqual(['started', 'failed: database-corrupt']);
  });
});
