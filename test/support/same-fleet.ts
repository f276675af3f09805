/** Two demos of one seed and one clock, listened to over their real links: every position both told must be the same. */
import path from 'node:path';
import { io } from 'socket.io-client';
import { startDemo } from '../../src/main/demo/start-demo.ts';

type Position = { readonly vehicle_id: string; readonly at_ms: number };

async function listen(directory: string, ms: number): Promise<Map<string, string>> {
  const demo = await startDemo({ directory, vehicles: 40, seed: 11 });
  const told = new Map<string, string>();
  const auth = { protocol: 1, token: demo.token, console_id: '01970000-0000-7000-8000-000000000000', client: 'test' };
  const socket = io(demo.url, { transports: ['websocket'], auth });
  socket.on('hello', () => socket.emit('subscribe', { stream: 'telemetry', since: 0 }, () => {}));
  socket.on(
    'page',
    (page: { items: { offset: number; body: { positions: Position[] } }[] }, answer: (reply: unknown) => void) => {
      for (const { body } of page.items)
        for (const position of body.positions)
          told.set(`${position.vehicle_id} ${position.at_ms}`, JSON.stringify(position));
      answer({ ok: true, committed: page.items.at(-1)?.offset });
    },
  );
  await new Promise((resolve) => setTimeout(resolve, ms));
  socket.disconnect();
  await demo.stop();
  return told;
}

/** Positions are compared where both demos reported the same vehicle at the same instant. */
export async function compareFleets(
  folder: string,
): Promise<{ readonly compared: number; readonly differing: number }> {
  const first = await listen(path.join(folder, 'first'), 6000);
  const second = await listen(path.join(folder, 'second'), 6000);
  let compared = 0;
  let differing = 0;
  for (const [key, position] of first) {
    const other = second.get(key);
    if (other === undefined) continue;
    compared += 1;
    if (other !== position) differing += 1;
  }
  return { compared, differing };
}
