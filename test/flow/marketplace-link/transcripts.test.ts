/**
 * The recorded conversations, played by a marketplace that knows nothing but the script: the console must say the same
 * things, and answer the same, today.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Server, type Socket } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import {
  handshake,
  hello,
  page,
  pageAnswer,
  subscribe,
  subscribeAnswer,
} from '../../../src/main/marketplace-link/wire/v1/envelope.ts';
import {
  command,
  commandResponse,
  commandStatusAnswer,
  commandStatusRequest,
} from '../../../src/main/marketplace-link/wire/v1/commands.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import type { Transcript, TranscriptEntry } from '../../support/transcript.ts';
import { waitUntil } from '../../support/wait-until.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/transcripts');
const transcripts = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Transcript,
);

type Heard = { event: string; body: unknown; answer: (reply: unknown) => void };
const ASKED = ['subscribe', 'command', 'command-status'] as const;

/** Times are the console's own; everything else must be as recorded. */
function withoutTimes(body: unknown): unknown {
  const { issued_at: _issued, expires_at: _expires, ...rest } = body as Record<string, unknown>;
  return rest;
}

async function play(
  socket: Socket,
  entries: readonly TranscriptEntry[],
  giveCommand: (body: Record<string, unknown>) => void,
): Promise<void> {
  const heard: Heard[] = [];
  for (const event of ASKED)
    socket.on(event, (body: unknown, answer: (reply: unknown) => void) => heard.push({ event, body, answer }));
  for (const [index, entry] of entries.entries()) {
    if (entry.from === 'marketplace') {
      if (entry.event === 'hello') socket.emit('hello', entry.body);
      else {
        const answer: unknown = await socket.timeout(2_000).emitWithAck(entry.event, entry.body);
        if (JSON.stringify(answer) !== JSON.stringify(entry.answer))
          throw new Error(`entry ${index} was answered ${JSON.stringify(answer)}`);
      }
      continue;
    }
    if (entry.event === 'command') giveCommand(entry.body as Record<string, unknown>);
    const wanted = withoutTimes(entry.body);
    const matches = (one: Heard): boolean =>
      one.event === entry.event && JSON.stringify(withoutTimes(one.body)) === JSON.stringify(wanted);
    await waitUntil(
      `entry ${index}, ${entry.event} ${JSON.stringify(wanted)}; heard ${JSON.stringify(heard)}`,
      () => heard.some(matches),
      4_000,
    );
    const [one] = heard.splice(heard.findIndex(matches), 1);
    if (entry.answer !== undefined) one?.answer(entry.answer);
  }
  if (heard.length > 0) throw new Error(`said beyond the script: ${JSON.stringify(heard)}`);
}

test.for(transcripts)('$name: $about', { timeout: 30_000 }, async (transcript) => {
  let connected = 0;
  const failures: unknown[] = [];
  let finished = 0;
  const server = new Server({ transports: ['websocket'], serveClient: false });
  onTestFinished(() => server.close());
  server.use((socket, next) => {
    const script = transcript.connections[connected];
    const { console_id: _id, ...auth } = socket.handshake.auth;
    const { console_id: _recorded, ...wanted } = (script?.auth ?? {}) as Record<string, unknown>;
    if (JSON.stringify(auth) !== JSON.stringify(wanted)) failures.push({ auth, wanted });
    if (script?.refused === undefined) return next();
    connected += 1;
    finished += 1;
    next(Object.assign(new Error('refused'), { data: script.refused }));
  });
  server.on('connection', (socket) => {
    const script = transcript.connections[connected++];
    const last = connected === transcript.connections.length;
    play(socket, script?.entries ?? [], giveCommand)
      .catch((error: unknown) => failures.push(error))
      .finally(() => {
        finished += 1;
        if (!last) socket.disconnect(true);
      });
  });
  server.listen(0);
  const address = server.httpServer.address();
  const auth = transcript.connections[0]?.auth as { token: string };
  const one = startTestConsole({
    path: path.join(temporaryFolder(), 'profile.sqlite'),
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    token: auth.token,
    timing: { answerTimeoutMs: 5_000 },
  });
  onTestFinished(() => one.stop());

  function giveCommand(body: Record<string, unknown>): void {
    const parts = body['body'] as Record<string, string>;
    const given =
      body['kind'] === 'START_SESSION'
        ? one.answers.runCommand(
            'marketplace/start-session',
            {
              commandId: body['command_id'],
              vehicleId: parts['vehicle_id'],
              evseKey: `${parts['location_id']}/${parts['evse_uid']}`,
              connectorId: parts['connector_id'],
            },
            { operator: 'Asha' },
          )
        : one.answers.runCommand(
            'marketplace/stop-session',
            { commandId: body['command_id'], sessionId: parts['session_id'] },
            { operator: 'Asha' },
          );
    void given.then((answer) => answer.outcome === 'accepted' || failures.push(answer));
  }
  await waitUntil('the script to end', () => finished === transcript.connections.length || failures.length > 0, 20_000);
  expect(failures).toEqual([]);
  await waitUntil('the end of the story', () => ['live', 'refused'].includes(one.link.status().state));
  expect(one.link.status().quarantined).toBe(0);
  const left = one.store.prepare<[], { state: string }>('SELECT state FROM outbox').all();
  expect(left.every(({ state }) => state === 'done')).toBe(true);
});

test('every recorded message fits its schema', () => {
  const schemas = { hello, page, subscribe, command, 'command-status': commandStatusRequest };
  const answers = {
    page: pageAnswer,
    subscribe: subscribeAnswer,
    command: commandResponse,
    'command-status': commandStatusAnswer,
  };
  let seen = 0;
  for (const { connections } of transcripts)
    for (const { auth, entries } of connections) {
      handshake.parse(auth);
      for (const entry of entries) {
        seen += 1;
        schemas[entry.event as keyof typeof schemas].parse(entry.body);
        if (entry.answer !== undefined) answers[entry.event as keyof typeof answers].parse(entry.answer);
      }
    }
  expect(seen).toBeGreaterThanOrEqual(40);
});
