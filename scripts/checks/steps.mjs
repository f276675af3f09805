// The named steps of a check: each says its name, runs in the terminal, and says how long it took. Every step can be run
// again on its own with `npm run check <step>`.

import { runInTerminal } from '../set-up/child-process.mjs';
import { inRoot, root } from '../set-up/places.mjs';
import { Refusal } from '../set-up/talk.mjs';

/**
 * @typedef {object} Run what a whole command shares
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./test-report.mjs').TestReport} report
 *
 * @typedef {(run: Run, extra: string[]) => Promise<number>} Step answers with an exit code
 */

/** @param {string[]} parts */
const bin = (...parts) => inRoot('node_modules', ...parts);

/**
 * @param {string[]} args
 * @returns {Step}
 */
const node = (args) => async (run, extra) =>
  await runInTerminal(process.execPath, [...args, ...extra], { cwd: root, env: run.env });

/**
 * @param {Step[]} steps
 * @returns {Step}
 */
const all = (steps) => async (run, extra) => {
  for (const step of steps) {
    const code = await step(run, extra);
    if (code !== 0) return code;
  }
  return 0;
};

/**
 * @param {string} project
 * @returns {Step}
 */
const vitest = (project) => async (run, extra) => {
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${run.report.fileFor('vitest', project)}`,
  ];
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', project, ...reporters];
  return await node([bin('vitest', 'vitest.mjs'), ...args])(run, extra);
};

/**
 * @param {string} project
 * @returns {Step}
 */
const playwright = (project) => async (run, extra) => {
  const env = { ...run.env, PLAYWRIGHT_JSON_OUTPUT_FILE: run.report.fileFor('playwright', project) };
  const args = ['test', '--config', 'test/app/playwright.config.ts', '--project', project, '--reporter=list,json'];
  return await node([bin('playwright', 'cli.js'), ...args])({ ...run, env }, extra);
};

/** @param {string} project */
const typesOf = (project) => node([bin('typescript', 'bin', 'tsc'), '--noEmit', '--project', project]);

/** @type {Record<string, Step>} */
const steps = {
  types: all(['.', 'scripts', 'test/architecture/tsconfig.shared.json'].map(typesOf)),
  lint: node([bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']),
  format: node([bin('oxfmt', 'bin', 'oxfmt'), '--check']),
  'dead-code': node([bin('knip', 'bin', 'knip.js')]),
  architecture: vitest('architecture'),
  unit: vitest('unit'),
  flow: vitest('flow'),
  app: playwright('app'),
  packaged: playwright('packaged'),
  faults: vitest('faults'),
};

/** The steps whose own reports say what failed. */
const testSteps = new Set(['architecture', 'unit', 'flow', 'app', 'packaged', 'faults']);

/** What a person runs after every change, in the order in which faults show soonest. */
export const verifySteps = ['types', 'lint', 'format', 'dead-code', 'architecture', 'unit', 'flow'];

/**
 * @param {string} name
 * @param {Run} run
 * @param {string[]} [extra]
 */
export async function runStep(name, run, extra = []) {
  const step = steps[name];
  if (!step) throw new Refusal(`There is no step "${name}": ${Object.keys(steps).join(', ')}.`, 'npm run check unit');
  process.stdout.write(`\n── ${name}\n`);
  const startedAtMs = Date.now();
  const code = await step(run, extra);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(`── ${name}: ${code === 0 ? 'passed' : 'failed'} (${seconds} s)\n`);
  if (code !== 0 && !testSteps.has(name)) run.report.noteFailure();
  if (code !== 0) throw new Refusal(`The step "${name}" failed.`, `npm run check ${name}`);
}
