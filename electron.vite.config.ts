/**
 * Three builds: the main side (window process, backend, demo) as ES modules, the preload as CommonJS because the page
 * is sandboxed, the renderer for Chromium 130, the floor we try. Only native packages stay outside the bundles.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      externalizeDeps: { exclude: [] },
      rolldownOptions: {
        external: ['electron', 'better-sqlite3', 'serialport', 'bufferutil', 'utf-8-validate'],
        input: {
          main: 'src/main/shell/main.ts',
          'backend-process': 'src/main/shell/backend/backend-process.ts',
          'demo-process': 'src/main/demo/demo-process.ts',
          'plan-worker': 'src/main/charging/planning/plan-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron'],
        input: { preload: 'src/main/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      rolldownOptions: { input: { main: 'src/renderer/main.html' } },
    },
  },
});
