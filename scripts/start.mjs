// npm start: everything from a fresh clone to the open window.
//   npm start                           opens the console
//   npm start -- --screenshot FILE      writes a picture of the living window to FILE and leaves
//   npm start -- <anything else>        is passed on to the application

import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { continueOnNewNode } from './set-up/node-runtime.mjs';
import { createTalk, Refusal, runScript } from './set-up/talk.mjs';

const screenshotWithinMs = 120_000;

await runScript(async () => {
  const talk = createTalk();
  const exitCode = await continueOnNewNode(talk);
  if (exitCode !== undefined) return exitCode;
  const { screenshot, rest } = readArguments(process.argv.slice(2));
  const { prepareBuild, prepareRuntime } = await import('./set-up/prepare.mjs');
  const { openDisplay } = await import('./set-up/display.mjs');
  const { runWindow } = await import('./set-up/window-process.mjs');
  const { runtime, env } = await prepareRuntime(talk);
  await prepareBuild(talk);
  const screen = await talk.step('Display', openDisplay, ({ display }) => display ?? 'ready');
  if (screen.display) env['DISPLAY'] = screen.display;
  try {
    if (!screenshot) return await runWindow({ electron: runtime.electron, args: rest, env });
    return await talk.step(
      'Screenshot',
      (doing) => takeScreenshot(screenshot, doing),
      () => screenshot,
    );
  } finally {
    screen.close();
  }

  /**
   * @param {string} file
   * @param {import('./set-up/talk.mjs').Doing} doing
   */
  async function takeScreenshot(file, doing) {
    doing('opening the window');
    await mkdir(path.dirname(file), { recursive: true });
    await rm(file, { force: true });
    const args = [`--screenshot=${file}`, ...rest];
    const code = await runWindow({ electron: runtime.electron, args, env, timeoutMs: screenshotWithinMs });
    const written = await stat(file).catch(() => undefined);
    if (!written?.size) throw new Refusal(`The window left (code ${code}) without writing ${file}.`, 'npm start');
    return code;
  }
});

/** @param {string[]} args */
function readArguments(args) {
  const rest = [...args];
  const at = rest.findIndex((arg) => arg === '--screenshot' || arg.startsWith('--screenshot='));
  if (at < 0) return { screenshot: undefined, rest };
  const inline = rest[at]?.split('=').slice(1).join('=');
  const [, following] = rest.splice(at, inline ? 1 : 2);
  const file = inline || following;
  if (!file || file.startsWith('--')) {
    throw new Refusal('--screenshot needs the name of a file.', 'npm start -- --screenshot shot.png');
  }
  // npm runs scripts in the clone, but a person means the folder they stand in.
  return { screenshot: path.resolve(process.env['INIT_CWD'] ?? '.', file), rest };
}
