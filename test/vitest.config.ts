// Four projects, one a tier: what needs a window is Playwright's (test/app).

import path from 'node:path';
import { defineConfig } from 'vitest/config';

const repository = path.resolve(import.meta.dirname, '..');

export default defineConfig({
  root: repository,
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          exclude: ['test/flow/faults/**'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/flow/faults/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          // Faults are about timing and processes: two at once would measure each other.
          fileParallelism: false,
        },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
});
