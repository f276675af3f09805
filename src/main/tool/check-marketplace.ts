/**
 * `check-marketplace --url URL --token TOKEN`: connects to a marketplace exactly as the console does, with a store that is
 * thrown away, listens, and says what it understood, what it set aside and why. For whoever writes a server. Its exit says
 * whether all was well; the report comes either way.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { LinkStatus } from '../../shared/ipc/link-contract.ts';
import { openStore } from '../database/open-store.ts';
import type { Store } from '../database/sqlite.ts';
import { createFeedHub } from '../feed/feed-hub.ts';
import { readVehicles } from '../fleet/vehicle-table.ts';
import { createAnswers } from '../ipc/answers.ts';
import { readEvses } from '../marketplace/network/evse-table.ts';
import { answerLinkEvents } from '../marketplace-link/link-answers.ts';
import { listFaults } from '../marketplace-link/check/list-faults.ts';
import { countQuarantined, readQuarantineGroups } from '../marketplace-link/quarantine-table.ts';
import { tryCommands, type Trial, type TrialTarget } from '../marketplace-link/check/try-commands.ts';
import { wireNouns } from '../shell/backend/wire-nouns.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const TRY_COMMANDS = '--try-commands';
const USAGE = `--url URL --token TOKEN [--seconds N, 10] [${TRY_COMMANDS}]`;
const CLIENT = 'switchyard-check/1';
const SHOWN_GROUPS = 100;
const SHOWN_RAW_CHARACTERS = 2_000;

type Options = { readonly url: string; readonly token: string; readonly seconds: number; readonly tries: boolean };

export const checkMarketplace: Tool = {
  name: 'check-marketplace',
  summary:
    'Connects as a console would, listens, and says what it understood and what it set aside, with reasons. ' +
    `${TRY_COMMANDS} also sends an expired START_SESSION, which a marketplace must reject: use it with a test server. ` +
    'Exits with 1 unless the verdict is “ok”.',
  usage: USAGE,
  run: async (args) => {
    const { values } = readToolArgs(
      args.filter((argument) => argument !== TRY_COMMANDS),
      ['url', 'token', 'seconds'],
      `check-marketplace ${USAGE}`,
    );
    const { url, token } = values;
    const seconds = Number(values.seconds ?? 10);
    if (url === undefined || token === undefined || !(seconds > 0 && seconds <= 3600))
      throw new ToolError('usage', `Usage: check-marketplace ${USAGE}`);
    const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-check-'));
    try {
      const tries = args.includes(TRY_COMMANDS);
      const report = await listen(path.join(folder, 'check.sqlite'), { url, token, seconds, tries });
      if (report.verdict !== 'ok') process.exitCode = 1;
      return report;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function listen(file: string, options: Options) {
  const { url, token } = options;
  const store = openStore({ path: file });
  const { link, start, stop } = wireNouns({
    store,
    feeds: createFeedHub(),
    answers: createAnswers(() => {}),
    clock: { nowMs: () => Date.now() },
    log: () => {},
    marketplace: { url, token },
    clientName: CLIENT,
    linkName: 'Marketplace',
  });
  const states: LinkStatus['state'][] = [];
  const stopListening = link.onStatus(({ state }) => states.at(-1) === state || states.push(state));
  try {
    start();
    await wait(options.seconds * 1000);
    const commands =
      options.tries && link.status().state === 'live'
        ? await tryCommands({
            url,
            token,
            clientName: CLIENT,
            target: chooseTarget(store),
            nowMs: Date.now(),
            randomBytes,
          })
        : undefined;
    return report(store, link.status(), states, commands);
  } finally {
    stopListening();
    stop();
    // What was on its way when all was stopped finds out in this turn, while there still is a store.
    await nextTurn();
    store.close();
  }
}

function report(
  store: Store,
  status: LinkStatus,
  states: readonly LinkStatus['state'][],
  commands: readonly Trial[] | undefined,
) {
  const count = (table: string) => store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  const total = countQuarantined(store);
  const { state, reason } = status;
  const reasons = [
    ...(state === 'live' ? [] : [`It ended “${state}”${reason === undefined ? '.' : `: ${reason}`}`]),
    ...(total === 0 ? [] : [`${total} ${total === 1 ? 'item was' : 'items were'} set aside.`]),
    ...(commands ?? []).flatMap(({ what, fault }) => (fault === undefined ? [] : [`Not so: ${what}. ${fault}`])),
  ];
  return {
    verdict: reasons.length === 0 ? ('ok' as const) : ('not-ok' as const),
    reasons,
    states,
    finally: { state, reason },
    streams: status.streams,
    understood: {
      depot: count('depot'),
      vehicle: readVehicles(store).length,
      position_latest: count('position_latest'),
      location: count('location'),
      evse: count(`evse WHERE status <> 'REMOVED'`),
      session: count('session'),
    },
    setAside: {
      total,
      groups: readQuarantineGroups(store, SHOWN_GROUPS).map(({ sample, ...group }) => ({
        ...group,
        faults: listFaults(group.stream, sample.raw),
        sample: { ...sample, raw: sample.raw.slice(0, SHOWN_RAW_CHARACTERS) },
      })),
    },
    ...(commands && { commands }),
    events: answerLinkEvents(store, { limit: 100 }).events,
  };
}

/** What exists, where possible, so that nothing but the expiry is a reason to reject. */
function chooseTarget(store: Store): TrialTarget {
  const evse = readEvses(store).find(({ status }) => status === 'AVAILABLE');
  return {
    location_id: evse?.locationId ?? 'switchyard-check',
    evse_uid: evse?.uid ?? 'switchyard-check',
    connector_id: evse?.connectors[0]?.id ?? '1',
    vehicle_id: readVehicles(store)[0]?.id ?? 'switchyard-check',
  };
}
