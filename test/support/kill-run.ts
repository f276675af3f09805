/** One run: a marketplace and a console in processes of their own, killed again and again, then left to settle. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { compareStores, type Comparison } from './compare-stores.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { seededRandom } from './seeded-random.ts';

type Message = { readonly type: string; readonly commandId?: string; readonly heads?: Record<string, number> } & Record<
  string,
  unknown
>;
type ConsoleState = {
  status: { state: string; streams: { name: string; committed: number }[]; reconnects: number };
  open: number;
};

const TOKEN = 'test-token';

export async function runKills(options: {
  readonly folder: string;
  readonly seed: number;
  readonly serverKills: number;
  readonly consoleKills: number;
  readonly bug?: PlantedBug;
  readonly settleMs?: number;
}): Promise<Comparison> {
  const random = seededRandom(options.seed);
  const port = await findFreePort();
  const serverPath = path.join(options.folder, 'marketplace.jsonl');
  const consolePath = path.join(options.folder, 'console.sqlite');
  const accepted: string[] = [];
  const nextSeed = (): number => Math.floor(random() * 2 ** 31);

  const startServer = () =>
    start('marketplace-server-process.ts', { path: serverPath, port, token: TOKEN, seed: nextSeed() }, () => {});
  const startConsole = () =>
    start(
      'console-process.ts',
      {
        path: consolePath,
        url: `http://127.0.0.1:${port}`,
        token: TOKEN,
        seed: nextSeed(),
        ...(options.bug && { bug: options.bug }),
      },
      (message) => {
        if (message.type === 'accepted' && message.commandId !== undefined) accepted.push(message.commandId);
      },
    );

  let [server, consoleChild] = await Promise.all([startServer(), startConsole()]);
  try {
    const kills = shuffle(
      [...Array(options.serverKills).fill('server'), ...Array(options.consoleKills).fill('console')],
      random,
    );
    for (const whom of kills) {
      await pause(100 + random() * 400);
      if (whom === 'server') {
        await kill(server);
        server = await startServer();
      } else {
        await kill(consoleChild);
        consoleChild = await startConsole();
      }
    }
    await pause(300);
    await ask(server, 'quiet', 'quiet');
    consoleChild.send('settle');
    await settle(server, consoleChild, options.settleMs ?? 15_000);
  } finally {
    await Promise.all([kill(server), kill(consoleChild)]);
  }
  return compareStores(consolePath, serverPath, accepted);
}

/** Until the console has read all and nothing is open, or the time is up: then the comparison says what is missing. */
async function settle(server: ChildProcess, consoleChild: ChildProcess, limitMs: number): Promise<void> {
  const endMs = Date.now() + limitMs;
  let calm = 0;
  while (Date.now() < endMs && calm < 3) {
    await pause(100);
    const { heads = {} } = await ask(server, 'heads', 'heads');
    const state = (await ask(consoleChild, 'state', 'state')) as unknown as ConsoleState;
    const read = state.status.streams.every(({ name, committed }) => committed >= (heads[name] ?? 0));
    calm = state.status.state === 'live' && read && state.open === 0 ? calm + 1 : 0;
  }
}

async function start(file: string, argument: unknown, onMessage: (message: Message) => void): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, file), [JSON.stringify(argument)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.on('message', (message) => onMessage(message as Message));
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => (message as Message).type === 'ready' && resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
  return child;
}

async function ask(child: ChildProcess, question: string, type: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error(`the process asked for ${question} is gone`));
    const listen = (message: unknown): void => {
      if ((message as Message).type !== type) return;
      child.off('message', listen);
      child.off('exit', gone);
      resolve(message as Message);
    };
    child.on('message', listen);
    child.once('exit', gone);
    child.send(question);
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

function shuffle<T>(from: readonly T[], random: () => number): T[] {
  return from
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
