/** The outbox over a real store, with a sender that does what the test says: bounds, order, restarts, time. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/main/database/open-store.ts';
import type {
  CommandSender,
  OutgoingCommand,
  SendAnswer,
  StatusAnswer,
} from '../../../src/main/outbox/command-sender.ts';
import { createOutbox, type CommandOutcome } from '../../../src/main/outbox/create-outbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const DONE: SendAnswer = { type: 'answered', response: { verdict: 'accepted', resultTimeoutMs: 60_000 } };

function setUp(file = path.join(temporaryFolder(), 'profile.sqlite')) {
  const store = openStore({ path: file });
  const outcomes: CommandOutcome[] = [];
  const sent: OutgoingCommand[] = [];
  let nowMs = 1_000_000;
  let monotonicMs = 5;
  let answer: (command: OutgoingCommand) => Promise<SendAnswer> = async () => DONE;
  let status: (ids: readonly string[]) => Promise<StatusAnswer> = async () => undefined;
  let connection: (connected: boolean) => void = () => {};
  const outbox = createOutbox({
    store,
    wallClock: { nowMs: () => nowMs },
    monotonicMs: () => monotonicMs,
    log: () => {},
    maxOpen: 5,
    tickMs: 10,
    askAgainMs: 1_000,
  });
  outbox.registerKind('TEST', { expiryMs: 30_000, onOutcome: (_tx, outcome) => outcomes.push(outcome) });
  const sender: CommandSender = {
    sendCommand: (command) => (sent.push(command), answer(command)),
    askStatus: (ids) => status(ids),
    onConnection: (listener) => {
      connection = listener;
      return () => {};
    },
  };
  let closed = false;
  const stop = (): void => {
    if (!closed) store.close();
    outbox.stop();
    closed = true;
  };
  onTestFinished(stop);
  return {
    file,
    store,
    outbox,
    outcomes,
    sent,
    stop,
    start: () => outbox.start(sender),
    connect: (connected: boolean) => connection(connected),
    pass: (ms: number) => {
      nowMs += ms;
      monotonicMs += ms;
    },
    putClockBack: (ms: number) => void (nowMs -= ms),
    answerWith: (next: typeof answer) => void (answer = next),
    statusWith: (next: typeof status) => void (status = next),
    enqueue: (commandId: string, orderKey = commandId, body: unknown = {}) =>
      store.write((tx) => outbox.enqueue(tx, { commandId, kind: 'TEST', orderKey, body })),
    state: (commandId: string) =>
      store.prepare<[string], { state: string }>('SELECT state FROM outbox WHERE command_id = ?').get(commandId)?.state,
  };
}

test('the queue is bounded, and the same id is one row', () => {
  const { enqueue, outbox } = setUp();
  for (const id of ['a', 'b', 'c', 'd', 'e']) expect(enqueue(id)).toEqual({ ok: true, value: 'stored' });
  expect(enqueue('f')).toMatchObject({ ok: false, code: 'outbox-full' });
  expect(enqueue('e')).toEqual({ ok: true, value: 'already-stored' });
  expect(enqueue('e', 'e', { other: 1 })).toMatchObject({ ok: false, code: 'command-id-reused' });
  expect(outbox.backlog()).toEqual({ count: 5, oldestAtMs: 1_000_000 });
});

test('nothing is stored when the transaction of its cause is not', () => {
  const { store, outbox } = setUp();
  const cause = (): void =>
    store.write((tx) => {
      outbox.enqueue(tx, { commandId: 'a', kind: 'TEST', orderKey: 'k', body: {} });
      throw new Error('the cause failed');
    });
  expect(cause).toThrow('the cause failed');
  expect(outbox.backlog().count).toBe(0);
});

test('one key goes in order and waits for each answer; another key does not wait', async () => {
  const { enqueue, start, connect, sent, answerWith, state } = setUp();
  let release: (answer: SendAnswer) => void = () => {};
  answerWith((command) =>
    command.commandId === 'a1' ? new Promise((resolve) => (release = resolve)) : Promise.resolve(DONE),
  );
  enqueue('a1', 'a');
  enqueue('a2', 'a');
  enqueue('b1', 'b');
  start();
  connect(true);
  await waitUntil('b1', () => state('b1') === 'accepted');
  expect(sent.map(({ commandId }) => commandId)).toEqual(['a1', 'b1']);
  release(DONE);
  await waitUntil('a2', () => state('a2') === 'accepted');
});

test('sent is on the disk before the bytes leave', async () => {
  const { enqueue, start, connect, answerWith, state } = setUp();
  const seen: (string | undefined)[] = [];
  answerWith(async ({ commandId }) => (seen.push(state(commandId)), DONE));
  enqueue('a');
  start();
  connect(true);
  await waitUntil('accepted', () => state('a') === 'accepted');
  expect(seen).toEqual(['sent']);
});

test('a process that died while sending asks first, and resends only what never arrived', async () => {
  const first = setUp();
  first.answerWith(() => new Promise(() => {}));
  first.enqueue('arrived');
  first.enqueue('never');
  first.start();
  first.connect(true);
  await waitUntil('both sent', () => first.sent.length === 2);
  first.stop();

  const second = setUp(first.file);
  second.statusWith(async (ids) =>
    ids.map((commandId) =>
      commandId === 'arrived'
        ? { commandId, known: true, response: undefined, result: { verdict: 'done' } }
        : { commandId, known: false },
    ),
  );
  second.start();
  await waitUntil('unknown', () => second.state('arrived') === 'unknown' && second.state('never') === 'unknown');
  expect(second.sent).toEqual([]);
  second.connect(true);
  await waitUntil('settled', () => second.state('arrived') === 'done' && second.state('never') === 'accepted');
  expect(second.sent.map(({ commandId }) => commandId)).toEqual(['never']);
});

test('an overdue result makes it unknown; it is asked about until it resolves', async () => {
  const { enqueue, start, connect, pass, statusWith, state, outcomes } = setUp();
  let asked = 0;
  statusWith(async (ids) =>
    (asked += 1) < 3
      ? ids.map((commandId) => ({ commandId, known: true as const, response: undefined, result: undefined }))
      : ids.map((commandId) => ({
          commandId,
          known: true as const,
          response: undefined,
          result: { verdict: 'refused' as const, reason: 'No.' },
        })),
  );
  enqueue('a');
  start();
  connect(true);
  await waitUntil('accepted', () => state('a') === 'accepted');
  pass(60_000);
  await waitUntil('unknown and asked', () => state('a') === 'unknown' && asked === 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked).toBe(1);
  pass(1_000);
  await waitUntil('asked again', () => asked === 2);
  connect(false);
  connect(true);
  await waitUntil('refused', () => state('a') === 'refused');
  expect(outcomes.map((outcome) => outcome.state)).toEqual(['sent', 'accepted', 'unknown', 'refused']);
});

test('a result that comes twice, or after the end, is told once', async () => {
  const { enqueue, start, connect, store, outbox, state, outcomes } = setUp();
  enqueue('a');
  start();
  connect(true);
  await waitUntil('accepted', () => state('a') === 'accepted');
  const result = (verdict: 'done' | 'refused') =>
    store.write((tx) => outbox.recordResult(tx, 'a', verdict === 'done' ? { verdict } : { verdict, reason: 'No.' }));
  expect([result('done'), result('done'), result('refused')]).toEqual([true, true, true]);
  expect(store.write((tx) => outbox.recordResult(tx, 'stranger', { verdict: 'done' }))).toBe(false);
  expect(outcomes.map((outcome) => outcome.state)).toEqual(['sent', 'accepted', 'done']);
});

test('what could not leave in its time never does', async () => {
  const { enqueue, start, connect, pass, sent, state } = setUp();
  enqueue('a');
  start();
  pass(30_000);
  await waitUntil('expired', () => state('a') === 'expired');
  connect(true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sent).toEqual([]);
});

test('a wall clock that is put back does not put off the next question', async () => {
  const { enqueue, start, connect, pass, putClockBack, statusWith, state, answerWith } = setUp();
  let asked = 0;
  answerWith(async () => ({ type: 'answer-lost', reason: 'Lost.' }));
  statusWith(async (ids) => {
    asked += 1;
    return ids.map((commandId) => ({ commandId, known: true as const, response: undefined, result: undefined }));
  });
  enqueue('a');
  start();
  connect(true);
  await waitUntil('asked', () => state('a') === 'unknown' && asked === 1);
  putClockBack(3_600_000);
  pass(1_001);
  await waitUntil('asked again', () => asked === 2);
  expect(state('a')).toBe('unknown');
});

test('what was set aside is neither counted nor asked about nor sent again, and a late result still settles it', async () => {
  const { enqueue, start, connect, pass, store, outbox, statusWith, state, answerWith, sent } = setUp();
  let asked: string[] = [];
  let known = true;
  answerWith(async () => ({ type: 'answer-lost', reason: 'Lost.' }));
  statusWith(async (ids) => {
    asked = [...asked, ...ids];
    return ids.map((commandId) =>
      known ? { commandId, known: true as const, response: undefined, result: undefined } : { commandId, known: false },
    );
  });
  for (const id of ['a', 'b', 'c', 'd', 'e']) enqueue(id);
  start();
  connect(true);
  await waitUntil('all asked about', () => new Set(asked).size === 5);
  expect(enqueue('f')).toMatchObject({ ok: false, code: 'outbox-full' });
  store.write((tx) => ['a', 'b'].forEach((id) => outbox.setAside(tx, id)));
  expect(outbox.backlog().count).toBe(3);
  expect(enqueue('f')).toMatchObject({ ok: true });
  await waitUntil('f sent', () => sent.some(({ commandId }) => commandId === 'f'));
  asked = [];
  known = false;
  pass(2_000);
  await waitUntil('the others sent again', () => sent.filter(({ commandId }) => commandId === 'c').length >= 2);
  known = true;
  expect(asked).not.toContain('a');
  expect(sent.filter(({ commandId }) => commandId === 'a').length).toBe(1);
  expect(state('a')).toBe('unknown');
  store.write((tx) => outbox.recordResult(tx, 'a', { verdict: 'done' }));
  expect(state('a')).toBe('done');
});

test('results that never come do not fill the queue', async () => {
  const { enqueue, start, connect, pass, state } = setUp();
  for (const id of ['a', 'b', 'c', 'd', 'e']) enqueue(id);
  start();
  connect(true);
  await waitUntil('all accepted', () => state('e') === 'accepted' && state('a') === 'accepted');
  expect(enqueue('f')).toMatchObject({ ok: false, code: 'outbox-full' });
  pass(60_000);
  await waitUntil('overdue', () => state('a') === 'unknown' && state('e') === 'unknown');
  expect(enqueue('f')).toMatchObject({ ok: true });
});
