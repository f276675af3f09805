// A display for machines without one: Xvfb, a screen in memory, for as long as the work lasts.

import { spawn } from 'node:child_process';
import { Refusal } from './talk.mjs';

export const needsVirtualDisplay = () =>
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

/**
 * Starts Xvfb on a display number that it finds free itself.
 * @param {import('./talk.mjs').Doing} doing
 * @returns {Promise<{ display: string | undefined, close(): void }>} no display when the machine has one
 */
export async function openDisplay(doing) {
  if (!needsVirtualDisplay()) return { display: process.env['DISPLAY'], close() {} };
  doing('none here, so the window opens under Xvfb, a screen in memory');
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'];
  // Detached, so that Ctrl+C in the terminal reaches the application first and the screen stays until it has left.
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
  const close = () => void server.kill();
  process.once('exit', close);
  const number = await new Promise((resolve, reject) => {
    const refuse = () => reject(new Refusal('Xvfb did not start.', 'Xvfb :99 -screen 0 1920x1080x24'));
    const timer = setTimeout(refuse, 15_000);
    server.once('error', refuse);
    server.once('exit', refuse);
    let said = '';
    server.stdio[3]?.on('data', (chunk) => {
      said += chunk;
      if (!said.includes('\n')) return;
      clearTimeout(timer);
      resolve(said.trim());
    });
  });
  server.removeAllListeners('exit');
  server.unref();
  // The pipe would keep this process alive; it has said all it will say.
  server.stdio[3]?.destroy();
  return {
    display: `:${number}`,
    close() {
      process.off('exit', close);
      close();
    },
  };
}
