/**
 * Starts the backend of one profile: store, feeds, answers, clock, link, nouns. No Electron here, so the flow tests start
 * the very same backend under plain Node.
 */
import { readClockLine, type Clock } from '../../../shared/kernel/instant.ts';
import { openStore } from '../../database/open-store.ts';
import { createFeedHub } from '../../feed/feed-hub.ts';
import { createAnswers } from '../../ipc/answers.ts';
import { serveWindow, type WindowPort } from '../../ipc/window-port.ts';
import { answerLinkEvents, answerQuarantine } from '../../marketplace-link/link-answers.ts';
import { listFromFile } from '../../serial/list-from-file.ts';
import { listSystemAdapters } from '../../serial/open-serial-port.ts';
import type { Log } from '../log.ts';
import { answerAbout } from './about-answer.ts';
import { bringDemoHistory } from './bring-demo-history.ts';
import { bringDemoReports } from './bring-demo-reports.ts';
import { keepConsoleFacts } from './console-facts.ts';
import type { PlanThread } from '../../charging/planning/plan-thread.ts';
import { followDemo } from './follow-demo.ts';
import type { BackendStartOptions } from './process-messages.ts';
import { wireNouns } from './wire-nouns.ts';

export type Backend = {
  readonly serveWindow: (port: WindowPort) => void;
  readonly stop: () => void;
};

const LOOK_AT_RING_MS = 10_000;

/** @throws StoreFailure when the database cannot be used; nothing was changed then. */
export async function startBackend(
  options: BackendStartOptions & { readonly log: Log; readonly planThread?: PlanThread },
): Promise<Backend> {
  const { log, profile, operator } = options;
  const feeds = createFeedHub();
  const answers = createAnswers(log);
  const facts = keepConsoleFacts(feeds, {
    profileId: profile.id,
    profileKind: profile.kind,
    profileName: profile.name,
    operator,
    demo: options.demo === undefined ? undefined : { ...options.demo, rate: 1, faults: [], spareMeterAt: undefined },
  });
  const clock: Clock = { nowMs: () => readClockLine(facts.clockLine(), Date.now()) };
  const store = openStore({
    path: options.databasePath,
    nativeBinding: options.nativeBinding,
    onCommit: facts.saved,
    onFailure: facts.failedToSave,
    onShortOfRoom: facts.shortOfRoom,
    onEffectFailure: (error) => log('What follows a transaction failed; the transaction stands.', error),
  });
  // The demo's clock comes first: nothing may be stamped with the wall clock in a profile that lives in another time.
  const demo =
    options.demo === undefined ? undefined : await followDemo({ ...options.marketplace, answers, facts, log });
  const nouns = wireNouns({
    store,
    feeds,
    answers,
    clock,
    log,
    planThread: options.planThread,
    marketplace: options.marketplace,
    clientName: `switchyard/${options.runtime.version}`,
    linkName: options.demo === undefined ? 'Marketplace' : 'Demo marketplace',
    listAdapters: options.adaptersFile === undefined ? listSystemAdapters : listFromFile(options.adaptersFile),
  });
  // Declared before anything is opened: the ports of an earlier run may be somebody else's by now.
  await demo?.followLines(nouns.metering.declareLines).catch((error: unknown) => {
    log('The demo’s meter lines are not known; they are asked for again.', error);
    nouns.metering.declareLines('demo', []);
  });
  await demo?.readSites().then(nouns.charging.declareSites, (error: unknown) => {
    log('The demo’s yards are not known, so their charging is not planned.', error);
  });
  const linkTopic = feeds.open('link/status', { load: () => [nouns.link.status()] });
  nouns.link.onStatus((status) => linkTopic.upsert([status]));
  answers.query('link/quarantine', (input) => answerQuarantine(store, input));
  answers.query('link/events', (input) => answerLinkEvents(store, input));
  answers.query('console/about', () => answerAbout(store, options));
  nouns.start();
  if (demo !== undefined)
    void bringDemoHistory({
      answers,
      clock,
      meterIds: demo.meterIds(),
      readHistory: demo.readEnergyHistory,
      isStopped: demo.isStopped,
      log,
    }).catch((error: unknown) => {
      // Closed meanwhile: the next start brings them.
      if (!demo.isStopped()) log('The energies of the demo’s past were not brought in.', error);
    });
  if (demo !== undefined)
    void bringDemoReports({ answers, readFailures: demo.readFailures, isStopped: demo.isStopped, log }).catch(
      (error: unknown) => {
        if (!demo.isStopped()) log('The reports of the demo’s drivers were not brought in.', error);
      },
    );
  const ringWatch = setInterval(() => facts.ringShortened(nouns.fleet.ringShortenedToHours()), LOOK_AT_RING_MS);

  return {
    serveWindow: (port) =>
      serveWindow(port, {
        answers,
        feeds,
        frames: new Map([['fleet/telemetry', nouns.fleet.telemetry]]),
        operator,
        log,
      }),
    stop: () => {
      clearInterval(ringWatch);
      demo?.stop();
      nouns.stop();
      store.close();
    },
  };
}
