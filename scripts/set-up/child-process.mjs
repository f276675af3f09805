// Child processes: captured for what the set-up asks, inherited for what a person watches.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ code: number, output: string }} Outcome
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} Options
 */

/**
 * Runs a command to its end and keeps what it said, both streams in one.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      timeout: options.timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: needsShell(command),
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command in the person's terminal and answers with its exit code. A Ctrl+C reaches the child by itself, being of the
 * same terminal; we only stay alive until it has ended.
 * @param {string} command
 * @param {string[]} args
 * @param {Options & { stdout?: 'inherit' | 'stderr' }} [options]
 * @returns {Promise<number>}
 */
export function runInTerminal(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['inherit', options.stdout === 'stderr' ? 2 : 1, 2],
      shell: needsShell(command),
    });
    const release = passSignalsTo(child);
    child.on('error', (error) => {
      release();
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      release();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * SIGTERM and SIGHUP come to us alone and are passed on; SIGINT comes to the whole terminal, so it is only outlived.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void}
 */
export function passSignalsTo(child) {
  const onTerminate = () => child.kill('SIGTERM');
  const onInterrupt = () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  };
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onTerminate);
  process.on('SIGINT', onInterrupt);
  return () => {
    process.off('SIGTERM', onTerminate);
    process.off('SIGHUP', onTerminate);
    process.off('SIGINT', onInterrupt);
  };
}

/**
 * Node starts no `.cmd` file of Windows without a shell.
 * @param {string} command
 */
const needsShell = (command) => process.platform === 'win32' && (command === 'npm' || command.endsWith('.cmd'));

/** @param {string} name */
export function findOnPath(name) {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/**
 * The last lines of what a command said: enough to see why it failed.
 * @param {string} output
 */
export const lastLines = (output) => output.trim().split('\n').slice(-12).join('\n');
