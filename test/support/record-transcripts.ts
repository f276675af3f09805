/**
 * Records the transcripts in test/fixtures/transcripts from real conversations with the test marketplace.
 * Run: node test/support/record-transcripts.ts
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestMarketplace, type TestMarketplace } from './marketplace-server.ts';
import { startTestConsole } from './test-console.ts';
import { recordConnections, steady, type TranscriptConnection } from './transcript.ts';
import { waitUntil } from './wait-until.ts';
import {
  sampleDepot,
  sampleEvse,
  sampleLocation,
  samplePosition,
  sampleSession,
  sampleVehicle,
} from './wire-samples.ts';

type Story = {
  readonly name: string;
  readonly about: string;
  readonly token?: string;
  readonly loseAnswers?: () => number;
  readonly tell: (console: ReturnType<typeof startTestConsole>, server: TestMarketplace) => Promise<void>;
};

const live = (one: ReturnType<typeof startTestConsole>) => waitUntil('live', () => one.link.status().state === 'live');
const read = (one: ReturnType<typeof startTestConsole>, server: TestMarketplace) =>
  waitUntil('all read', () =>
    one.link.status().streams.every(({ name, committed }) => committed === server.heads()[name]),
  );
const settled = (one: ReturnType<typeof startTestConsole>) =>
  waitUntil(
    'settled',
    () =>
      one.store.prepare(`SELECT 1 FROM outbox WHERE state NOT IN ('done', 'refused', 'expired')`).get() === undefined,
  );
const start = (one: ReturnType<typeof startTestConsole>) =>
  one.answers.runCommand(
    'marketplace/start-session',
    { commandId: randomUUID(), vehicleId: 'V1', evseKey: 'L1/E1', connectorId: '1' },
    { operator: 'Asha' },
  );

let losing = 0;
const STORIES: readonly Story[] = [
  {
    name: 'first-connect',
    about: 'A console that has never been here reads what there is, then what happens.',
    tell: async (one, server) => {
      await live(one);
      await read(one, server);
      server.append({ stream: 'sessions', kind: 'session.put', body: sampleSession('S1') });
      await read(one, server);
      server.append({
        stream: 'telemetry',
        kind: 'positions',
        body: { positions: [samplePosition('V1', Date.parse('2026-06-09T04:10:00Z'))] },
      });
      await read(one, server);
    },
  },
  {
    name: 'start-and-stop',
    about: 'A start is accepted, takes effect and is told of; then a stop.',
    tell: async (one, server) => {
      await live(one);
      await start(one);
      await settled(one);
      await read(one, server);
      const session = one.store.prepare<[], { id: string }>('SELECT id FROM session').get();
      await one.answers.runCommand(
        'marketplace/stop-session',
        { commandId: randomUUID(), sessionId: session?.id },
        { operator: 'Asha' },
      );
      await settled(one);
      await read(one, server);
    },
  },
  {
    name: 'lost-answer',
    about:
      'The connection breaks before a command is answered. The console comes back, reads on from where it was, and asks.',
    loseAnswers: () => losing,
    tell: async (one, server) => {
      await live(one);
      await read(one, server);
      losing = 1;
      await start(one);
      await waitUntil('sent', () => one.store.prepare(`SELECT 1 FROM outbox WHERE state = 'sent'`).get() !== undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      server.disconnectAll();
      losing = 0;
      await settled(one);
      await read(one, server);
    },
  },
  {
    name: 'bad-token',
    about: 'A console with a token that is not known is turned away and waits for a person.',
    token: 'wrong',
    tell: async (one) => waitUntil('refused', () => one.link.status().state === 'refused'),
  },
];

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-transcripts-'));
for (const story of STORIES) {
  // Results come after 60 ms, and answers are lost as the story wants: the chance is asked for with each command.
  const server = await startTestMarketplace({
    path: path.join(folder, `${story.name}.jsonl`),
    port: 0,
    token: 'secret',
    random: () => 0.6,
    get loseAnswers() {
      return story.loseAnswers?.() ?? 0;
    },
  });
  server.append(
    { stream: 'fleet', kind: 'depot.put', body: sampleDepot('depot-1') },
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V1') },
    { stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), evses: [sampleEvse('E1')] } },
  );
  const connections: TranscriptConnection[] = [];
  const one = startTestConsole({
    path: path.join(folder, `${story.name}.sqlite`),
    url: `http://127.0.0.1:${server.port}`,
    token: story.token ?? 'secret',
    openSocket: recordConnections(connections),
  });
  await story.tell(one, server);
  one.stop();
  await server.stop();
  const transcript = steady({ name: story.name, about: story.about, connections });
  const file = path.resolve(import.meta.dirname, `../fixtures/transcripts/${story.name}.json`);
  writeFileSync(file, `${JSON.stringify(transcript, null, 2)}\n`);
  process.stdout.write(`${story.name}: ${connections.map(({ entries }) => entries.length).join(' + ')} entries\n`);
}
rmSync(folder, { recursive: true, force: true });
