/**
 * A small marketplace that follows `src/main/marketplace-link/protocol.md` and shares no code with the console: the second
 * implementation of the protocol. Its state is one append-only file of JSON lines, written before anything is answered, so
 * a `kill -9` costs at most the line being written, which no one has heard of.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Server, type Socket } from 'socket.io';

export type ServerItem = {
  readonly offset: number;
  readonly at: string;
  readonly kind: string;
  readonly body: unknown;
};
type Json = Record<string, unknown>;
export type ServerCommand = { readonly command: Json; readonly response: Json; result?: Json };
type Line = {
  readonly logId?: string;
  readonly items?: readonly { readonly stream: string; readonly item: ServerItem }[];
  readonly command?: { readonly id: string; readonly command: Json; readonly response: Json };
  readonly effect?: { readonly id: string; readonly result: Json };
};

export const STREAMS = [
  'fleet',
  'network',
  'sessions',
  'commands',
  'telemetry',
  'tariffs',
  'accounts',
  'records',
] as const;

/** What the file says, for the server at its start and for whoever checks it afterwards. */
export function readServerFile(path: string) {
  const streams = new Map<string, ServerItem[]>(STREAMS.map((name) => [name, []]));
  const commands = new Map<string, ServerCommand>();
  const effects: { readonly id: string; readonly result: Json }[] = [];
  let logId: string | undefined;
  let wholeBytes = 0;
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    const line = JSON.parse(bytes.toString('utf8', start, end)) as Line;
    if (line.logId !== undefined) logId = line.logId;
    for (const { stream, item } of line.items ?? []) streams.get(stream)?.push(item);
    if (line.command !== undefined)
      commands.set(line.command.id, { command: line.command.command, response: line.command.response });
    if (line.effect !== undefined) {
      effects.push(line.effect);
      const command = commands.get(line.effect.id);
      if (command !== undefined) command.result = line.effect.result;
    }
    wholeBytes = start = end + 1;
  }
  return { logId, streams, commands, effects, wholeBytes };
}

export type TestMarketplaceOptions = {
  readonly path: string;
  readonly port: number;
  readonly token: string;
  readonly random: () => number;
  /** Chance that a durable command is left without an answer. */
  readonly loseAnswers?: number;
  /** Chance that a result comes after its timeout. */
  readonly lateResults?: number;
  readonly pageItems?: number;
};

export type TestMarketplace = {
  readonly port: number;
  readonly append: (...items: readonly { stream: string; kind: string; body: unknown }[]) => void;
  readonly heads: () => Record<string, number>;
  readonly disconnectAll: () => void;
  readonly stop: () => Promise<void>;
};

export async function startTestMarketplace(options: TestMarketplaceOptions): Promise<TestMarketplace> {
  const state = readServerFile(options.path);
  if (existsSync(options.path)) truncateSync(options.path, state.wholeBytes);
  const logId = state.logId ?? randomUUID();
  if (state.logId === undefined) appendFileSync(options.path, `${JSON.stringify({ logId })}\n`);
  const followers = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  const pageItems = options.pageItems ?? 50;

  function write(line: Omit<Line, 'items'>, items: readonly { stream: string; kind: string; body: unknown }[]): void {
    const next = new Map<string, number>();
    const numbered = items.map(({ stream, kind, body }) => {
      const offset = (next.get(stream) ?? state.streams.get(stream)?.length ?? 0) + 1;
      next.set(stream, offset);
      return { stream, item: { offset, at: new Date().toISOString(), kind, body } };
    });
    appendFileSync(options.path, `${JSON.stringify({ ...line, items: numbered })}\n`);
    for (const { stream, item } of numbered) state.streams.get(stream)?.push(item);
    for (const follow of followers) follow();
  }

  function evseStatus(locationId: string, uid: string): string | undefined {
    let status: string | undefined;
    for (const { kind, body } of state.streams.get('network') ?? []) {
      const it = body as Json;
      const evse = it['evse'] as Json | undefined;
      if (kind === 'location.put' && it['id'] === locationId)
        for (const listed of (it['evses'] as Json[] | undefined) ?? [])
          if (listed['uid'] === uid) status = String(listed['status']);
      if (kind === 'evse.put' && it['location_id'] === locationId && evse?.['uid'] === uid)
        status = String(evse['status']);
      if (kind === 'evse.status' && it['location_id'] === locationId && it['evse_uid'] === uid)
        status = String(it['status']);
    }
    return status;
  }

  function findSession(id: string): Json | undefined {
    let found: Json | undefined;
    for (const { body } of state.streams.get('sessions') ?? []) {
      const it = body as Json;
      if (it['id'] === id) found = { ...found, ...it };
    }
    return found;
  }

  /** The physical world acts once, in one line of the file together with all that tells of it. */
  function carryOut(id: string): void {
    const taken = state.commands.get(id);
    if (taken === undefined || taken.result !== undefined) return;
    const now = new Date().toISOString();
    const body = taken.command['body'] as Json;
    const items: { stream: string; kind: string; body: unknown }[] = [];
    let outcome = 'ACCEPTED';
    if (taken.command['kind'] === 'START_SESSION') {
      const place = { location_id: body['location_id'], evse_uid: body['evse_uid'] };
      if (evseStatus(String(place.location_id), String(place.evse_uid)) !== 'AVAILABLE') outcome = 'EVSE_OCCUPIED';
      else {
        items.push(
          {
            stream: 'sessions',
            kind: 'session.put',
            body: {
              country_code: 'DE',
              party_id: 'TST',
              id: `s-${id}`.slice(0, 36),
              start_date_time: now,
              kwh: 0,
              auth_method: 'COMMAND',
              authorization_reference: id,
              ...place,
              connector_id: body['connector_id'],
              currency: 'EUR',
              status: 'ACTIVE',
              vehicle_id: body['vehicle_id'],
              last_updated: now,
            },
          },
          { stream: 'network', kind: 'evse.status', body: { ...place, status: 'CHARGING', last_updated: now } },
        );
      }
    } else if (taken.command['kind'] !== 'PUBLISH_DEMAND') {
      const session = findSession(String(body['session_id']));
      if (session === undefined || session['status'] === 'COMPLETED') outcome = 'REJECTED';
      else {
        const place = { location_id: session['location_id'], evse_uid: session['evse_uid'] };
        items.push(
          {
            stream: 'sessions',
            kind: 'session.patch',
            body: {
              country_code: 'DE',
              party_id: 'TST',
              id: session['id'],
              status: 'COMPLETED',
              end_date_time: now,
              kwh: 12.3456,
              last_updated: now,
            },
          },
          { stream: 'network', kind: 'evse.status', body: { ...place, status: 'AVAILABLE', last_updated: now } },
        );
      }
    }
    const result = { command_id: id, result: outcome, last_updated: now };
    taken.result = result;
    write({ effect: { id, result } }, [...items, { stream: 'commands', kind: 'command.result', body: result }]);
  }

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  }

  function schedule(id: string): void {
    later(options.random() < (options.lateResults ?? 0) ? 1500 : options.random() * 100, () => carryOut(id));
  }
  for (const [id, taken] of state.commands)
    if (taken.result === undefined && taken.response['result'] === 'ACCEPTED') schedule(id);

  function takeCommand(command: Json): Json {
    const id = String(command['command_id']);
    const known = state.commands.get(id);
    if (known !== undefined) return known.response;
    const late = Date.parse(String(command['expires_at'])) < Date.now();
    const response = late
      ? { command_id: id, result: 'REJECTED', timeout_s: 0, message: 'too late' }
      : { command_id: id, result: 'ACCEPTED', timeout_s: 1 };
    state.commands.set(id, { command, response });
    write({ command: { id, command, response } }, []);
    if (!late) schedule(id);
    return response;
  }

  function answerStatus(ids: readonly string[]): Json {
    return {
      statuses: ids.map((id) => {
        const known = state.commands.get(id);
        return known === undefined
          ? { command_id: id, known: false }
          : { command_id: id, known: true, response: known.response, ...(known.result && { result: known.result }) };
      }),
    };
  }

  function follow(socket: Socket): void {
    const places = new Map<string, { since: number; waiting: boolean; generation: number }>();
    function push(stream: string): void {
      const place = places.get(stream);
      const items = state.streams.get(stream);
      if (place === undefined || items === undefined || place.waiting || place.since >= items.length) return;
      place.waiting = true;
      const generation = place.generation;
      const page = { stream, items: items.slice(place.since, place.since + pageItems), head: items.length };
      socket
        .timeout(10_000)
        .emit('page', page, (error: unknown, answer: { ok: boolean; committed: number } | undefined) => {
          if (places.get(stream)?.generation !== generation) return;
          if (error !== null || answer?.ok !== true) return;
          place.waiting = false;
          place.since = answer.committed;
          push(stream);
        });
    }
    const pushAll = (): void => {
      for (const stream of places.keys()) push(stream);
    };
    followers.add(pushAll);
    socket.on('disconnect', () => followers.delete(pushAll));
    socket.on('subscribe', ({ stream, since }: { stream: string; since: number }, answer: (reply: unknown) => void) => {
      const items = state.streams.get(stream);
      if (items === undefined) return answer({ ok: false, head: 0, reason: 'no such stream' });
      places.set(stream, { since, waiting: false, generation: (places.get(stream)?.generation ?? 0) + 1 });
      answer({ ok: true, head: items.length });
      push(stream);
    });
    socket.on('command', (command: Json, answer: (reply: unknown) => void) => {
      const response = takeCommand(command);
      if (options.random() < (options.loseAnswers ?? 0)) return;
      answer(response);
    });
    socket.on('command-status', ({ command_ids: ids }: { command_ids: string[] }, answer: (reply: unknown) => void) =>
      answer(answerStatus(ids)),
    );
    socket.emit('hello', {
      protocol: 1,
      server: 'test/1',
      log_id: logId,
      server_time: new Date().toISOString(),
      streams: STREAMS.map((name) => ({ name, head: state.streams.get(name)?.length ?? 0, oldest: 1 })),
    });
  }

  const server = new Server({
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 1_000_000,
    serveClient: false,
  });
  server.use((socket, next) => {
    if (socket.handshake.auth['token'] === options.token) return next();
    next(Object.assign(new Error('refused'), { data: { code: 'bad-token', message: 'This token is not known.' } }));
  });
  server.on('connection', follow);
  server.listen(options.port);
  if (!server.httpServer.listening) await new Promise((resolve) => server.httpServer.once('listening', resolve));
  const address = server.httpServer.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    append: (...items) => write({}, items),
    heads: () => Object.fromEntries([...state.streams].map(([name, items]) => [name, items.length])),
    disconnectAll: () => {
      server.disconnectSockets(true);
    },
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await server.close();
    },
  };
}
