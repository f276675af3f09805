// Runs steps one after another, each with the set-up that it needs, and says at the end how many tests there were.

import { packageApplication } from '../packaging/package-application.mjs';
import { openDisplay } from '../set-up/display.mjs';
import {
  prepareBuild,
  preparePackages,
  prepareRuntime,
  prepareSerialPeers,
  prepareSmlPeer,
} from '../set-up/prepare.mjs';
import { inRoot } from '../set-up/places.mjs';
import { Refusal } from '../set-up/talk.mjs';
import { runStep } from './steps.mjs';
import { openTestReport, unexpectedSkips } from './test-report.mjs';

/**
 * @param {string[]} names
 * @param {string[]} extra arguments for the step's own tool
 * @param {import('../set-up/talk.mjs').Talk} talk
 */
export async function runChecks(names, extra, talk) {
  const report = await openTestReport();
  try {
    await preparePackages(talk);
    const env = { ...process.env };
    // Tests on captured data find it beside the repository unless told otherwise, and skip by name where it is not.
    env['SWITCHYARD_FIXTURES'] ??= inRoot('..', 'shared', 'fixtures');
    for (const name of names) {
      if (name === 'flow' || name === 'app' || name === 'faults') await prepareSerialPeers(talk);
      if (name === 'flow') await prepareSmlPeer(talk);
      if (name === 'app' || name === 'packaged') await runWindowed(name, report, env, extra, talk);
      else await runStep(name, { env, report }, extra);
    }
  } finally {
    await sayCount(report);
    await report.close();
  }
}

/**
 * @param {'app' | 'packaged'} name
 * @param {import('./test-report.mjs').TestReport} report
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} extra
 * @param {import('../set-up/talk.mjs').Talk} talk
 */
async function runWindowed(name, report, env, extra, talk) {
  const prepared = await prepareRuntime(talk);
  // What is tested must be what stands here now: packing takes seconds, and a stale package would pass for it.
  const packed = name === 'packaged' ? { SWITCHYARD_PACKAGED: await packageApplication(talk) } : {};
  if (name === 'app') await prepareBuild(talk);
  const screen = await talk.step('Display', openDisplay, ({ display }) => display ?? 'ready');
  try {
    const display = screen.display ? { DISPLAY: screen.display } : {};
    await runStep(name, { env: { ...env, ...prepared.env, ...display, ...packed }, report }, extra);
  } finally {
    screen.close();
  }
}

/** @param {import('./test-report.mjs').TestReport} report */
async function sayCount(report) {
  const { passed, failed, skipped } = await report.count();
  if (passed + failed + skipped.length === 0) return;
  const surprising = await unexpectedSkips(skipped);
  for (const name of skipped)
    process.stdout.write(`skipped${surprising.includes(name) ? ' unexpectedly' : ''}: ${name}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  if (surprising.length > 0 && process.env['CI']) {
    throw new Refusal(
      `${surprising.length} tests were skipped that test/expected-skips.json does not name.`,
      'npm run check unit',
    );
  }
}
