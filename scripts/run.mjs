// Every npm script but start: node scripts/run.mjs <verb> …, each with its own set-up. `npm run` lists them.

import { continueOnNewNode } from './set-up/node-runtime.mjs';
import { createTalk, Refusal, runScript } from './set-up/talk.mjs';

/** @type {Record<string, (args: string[], talk: import('./set-up/talk.mjs').Talk) => Promise<number | void>>} */
const verbs = {
  async verify(args, talk) {
    const { runChecks } = await import('./checks/check.mjs');
    const { verifySteps } = await import('./checks/steps.mjs');
    await runChecks(verifySteps, args, talk);
  },
  async test(args, talk) {
    const { runChecks } = await import('./checks/check.mjs');
    const { verifySteps } = await import('./checks/steps.mjs');
    await runChecks([...verifySteps, 'app', 'packaged', 'faults'], args, talk);
  },
  async check([name = '', ...args], talk) {
    const { runChecks } = await import('./checks/check.mjs');
    await runChecks([name], args, talk);
  },
  async format(args, talk) {
    const { runNodeTool } = await import('./node-tool.mjs');
    return await runNodeTool(['node_modules/oxfmt/bin/oxfmt', ...args], talk);
  },
  async bench(args, talk) {
    const { runNodeTool, runWindowedTool } = await import('./node-tool.mjs');
    const bench = ['test/bench/bench.ts', ...args];
    // Only the window needs Electron.
    const windowless = ['rows', 'meters', 'intervals'].some((part) => args.includes(`--only=${part}`));
    return await (windowless ? runNodeTool(bench, talk) : runWindowedTool(bench, talk));
  },
  async evidence([noun, ...args], talk) {
    const { findEvidence, runNodeTool } = await import('./node-tool.mjs');
    const { preparePackages, prepareBuild, prepareSerialPeers } = await import('./set-up/prepare.mjs');
    const file = await findEvidence(noun);
    await preparePackages(talk);
    if (noun === 'serial' || noun === 'metering') await prepareSerialPeers(talk);
    await prepareBuild(talk);
    return await runNodeTool([file, ...args], talk);
  },
  async tool(args, talk) {
    const { runNodeTool } = await import('./node-tool.mjs');
    return await runNodeTool(['src/main/tool/tool.ts', ...args], talk);
  },
  async package(_args, talk) {
    const { packageApplication } = await import('./packaging/package-application.mjs');
    await packageApplication(talk);
  },
};

await runScript(async () => {
  // What there is nothing to say about is not said: a tool's and a check's own output is what a person wants to read.
  const talk = createTalk({ quiet: true });
  const exitCode = await continueOnNewNode(talk);
  if (exitCode !== undefined) return exitCode;

  const [verb = '', ...args] = process.argv.slice(2);
  const run = verbs[verb];
  if (!run) throw new Refusal(`There is no verb "${verb}": ${Object.keys(verbs).join(', ')}.`, 'npm run');
  return await run(args, talk);
});
