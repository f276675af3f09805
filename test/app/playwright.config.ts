/** The windowed tests: one real Electron window at a time, the built application, no retries. */
import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  retries: 0,
  reporter: [['list']],
  projects: [
    { name: 'app', testIgnore: /packaged-/u },
    // The same window out of `npm run package`, where Playwright's own way in is shut by the fuses.
    { name: 'packaged', testMatch: /packaged-/u },
  ],
});
