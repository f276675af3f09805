// Adds up what the test runs of one command counted, and judges skipped tests: a test that nobody expected to be skipped
// has silently stopped guarding something.

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../set-up/places.mjs';

/**
 * @typedef {'vitest' | 'playwright'} Runner
 * @typedef {{ passed: number, failed: number, skipped: string[] }} Count skipped tests by their whole name
 * @typedef {Awaited<ReturnType<typeof openTestReport>>} TestReport
 */

export async function openTestReport() {
  const folder = await mkdtemp(path.join(tmpdir(), 'switchyard-report-'));
  /** @type {{ runner: Runner, file: string }[]} */
  const files = [];
  let failedOtherwise = 0;
  return {
    /**
     * Where a runner is to write its machine-readable report.
     * @param {Runner} runner
     * @param {string} name
     */
    fileFor(runner, name) {
      const file = path.join(folder, `${name}.json`);
      files.push({ runner, file });
      return file;
    },

    /** A step without tests of its own has failed. */
    noteFailure() {
      failedOtherwise += 1;
    },

    /** @returns {Promise<Count>} */
    async count() {
      /** @type {Count} */
      const sum = { passed: 0, failed: failedOtherwise, skipped: [] };
      for (const { runner, file } of files) {
        // A runner that fell over before its end wrote nothing: its step has failed, which counts as one failure.
        const counted = existsSync(file)
          ? read[runner](JSON.parse(await readFile(file, 'utf8')))
          : { passed: 0, failed: 1, skipped: [] };
        sum.passed += counted.passed;
        sum.failed += counted.failed;
        sum.skipped.push(...counted.skipped);
      }
      return sum;
    },

    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Skipped tests that test/expected-skips.json does not name together with a reason.
 * @param {readonly string[]} skipped
 */
export async function unexpectedSkips(skipped) {
  const file = inRoot('test', 'expected-skips.json');
  /** @type {{ test: string, reason: string }[]} */
  const expected = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : [];
  const names = new Set(expected.filter(({ reason }) => reason).map(({ test }) => test));
  return skipped.filter((name) => !names.has(name));
}

/** @type {Record<Runner, (report: any) => Count>} */
const read = { vitest: countVitest, playwright: countPlaywright };

/**
 * @param {{ testResults: { status: string, assertionResults: { fullName: string, status: string }[] }[] }} report
 * @returns {Count}
 */
function countVitest({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults);
  // A file that could not even be loaded has no tests to fail.
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
  };
}

/**
 * @typedef {{ title: string, specs?: { title: string, tests: { status: string }[] }[], suites?: Suite[] }} Suite
 * @param {{ suites: Suite[], errors: unknown[] }} report
 * @returns {Count}
 */
function countPlaywright({ suites, errors }) {
  const tests = suites.flatMap((suite) => testsOf(suite, []));
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: tests.filter(({ status }) => status === 'unexpected').length + (tests.length === 0 ? errors.length : 0),
    skipped: tests.filter(({ status }) => status === 'skipped').map(({ name }) => name),
  };
}

/**
 * @param {Suite} suite
 * @param {string[]} above
 * @returns {{ name: string, status: string }[]}
 */
function testsOf(suite, above) {
  // The outermost suite is the file: like Vitest's, a test's name begins with its first describe.
  const names = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status }) => ({ name: [...names.slice(1), spec.title].join(' '), status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, names))];
}
