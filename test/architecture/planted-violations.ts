// For every rule a smallest tree that breaks it. A rule without one here is a rule nobody has seen fire.

import { nouns, uphillOf } from './import-rules.ts';

export interface Planted {
  readonly rule: string;
  /** File name to the module it imports. */
  readonly imports: Readonly<Record<string, string>>;
}

const plantedDownhill: readonly Planted[] = nouns
  .map((noun) => ({ noun, uphill: uphillOf(noun).at(-1) }))
  .filter(({ uphill }) => uphill !== undefined)
  .flatMap(({ noun, uphill }) =>
    [
      [`src/shared/domain/${noun}/a.ts`, `src/shared/domain/${uphill}/b.ts`],
      [`src/main/${noun}/a.ts`, `src/shared/domain/${uphill}/b.ts`],
      [`src/renderer/${noun}/a.ts`, `src/renderer/${uphill}/b.ts`],
    ].map(([from = '', to = '']) => ({ rule: `${noun}-runs-downhill`, imports: { [from]: to } })),
  );

export const plantedViolations: readonly Planted[] = [
  { rule: 'shared-imports-nothing-else', imports: { 'src/shared/domain/fleet/a.ts': 'node:fs' } },
  { rule: 'shared-imports-nothing-else', imports: { 'src/shared/ipc/a.ts': 'react' } },
  { rule: 'shared-imports-nothing-else', imports: { 'src/shared/domain/fleet/a.ts': 'src/main/fleet/b.ts' } },
  { rule: 'shared-uses-zod-in-ipc-only', imports: { 'src/shared/domain/fleet/a.ts': 'zod' } },
  { rule: 'kernel-imports-only-kernel', imports: { 'src/shared/kernel/a.ts': 'src/shared/domain/fleet/b.ts' } },
  { rule: 'domain-never-sees-ipc', imports: { 'src/shared/domain/fleet/a.ts': 'src/shared/ipc/b.ts' } },
  { rule: 'main-never-imports-renderer', imports: { 'src/main/fleet/a.ts': 'src/renderer/fleet/b.ts' } },
  { rule: 'renderer-never-imports-main', imports: { 'src/renderer/fleet/a.ts': 'src/main/fleet/b.ts' } },
  { rule: 'renderer-never-imports-node', imports: { 'src/renderer/fleet/a.ts': 'node:path' } },
  { rule: 'main-machinery-knows-no-noun', imports: { 'src/main/outbox/a.ts': 'src/main/marketplace/b.ts' } },
  { rule: 'main-machinery-knows-no-noun', imports: { 'src/main/feed/a.ts': 'src/shared/domain/fleet/b.ts' } },
  { rule: 'main-is-composed-from-above', imports: { 'src/main/fleet/a.ts': 'src/main/shell/b.ts' } },
  { rule: 'main-is-composed-from-above', imports: { 'src/main/database/a.ts': 'src/main/demo/b.ts' } },
  { rule: 'nouns-never-import-the-gate', imports: { 'src/main/fleet/a.ts': 'src/main/ipc/b.ts' } },
  { rule: 'demo-imports-only-shared-and-wire', imports: { 'src/main/demo/a.ts': 'src/main/marketplace-link/b.ts' } },
  { rule: 'demo-imports-only-shared-and-wire', imports: { 'src/main/demo/a.ts': 'src/main/metering/codec/b.ts' } },
  { rule: 'nobody-imports-tool', imports: { 'src/main/shell/a.ts': 'src/main/tool/b.ts' } },
  { rule: 'preload-is-only-the-bridge', imports: { 'src/main/preload/a.ts': 'node:fs' } },
  { rule: 'preload-is-only-the-bridge', imports: { 'src/main/preload/a.ts': 'src/main/shell/b.ts' } },
  { rule: 'only-shell-and-preload-import-electron', imports: { 'src/main/fleet/a.ts': 'electron' } },
  { rule: 'only-shell-and-preload-import-electron', imports: { 'src/renderer/shell/a.ts': 'electron' } },
  {
    rule: 'tool-never-reaches-electron',
    imports: { 'src/main/tool/a.ts': 'src/main/shell/b.ts', 'src/main/shell/b.ts': 'electron' },
  },
  { rule: 'only-database-opens-sqlite', imports: { 'src/main/fleet/a.ts': 'better-sqlite3' } },
  { rule: 'only-serial-opens-serialport', imports: { 'src/main/metering/a.ts': 'serialport' } },
  { rule: 'only-marketplace-link-opens-socket-io-client', imports: { 'src/main/demo/a.ts': 'socket.io-client' } },
  { rule: 'only-demo-serves-socket-io', imports: { 'src/main/marketplace-link/a.ts': 'socket.io' } },
  { rule: 'codec-does-no-io', imports: { 'src/main/metering/codec/a.ts': 'node:net' } },
  {
    rule: 'renderer-machinery-knows-no-noun',
    imports: { 'src/renderer/instruments/map/a.ts': 'src/renderer/fleet/b.ts' },
  },
  { rule: 'renderer-machinery-knows-no-noun', imports: { 'src/renderer/link/a.ts': 'src/renderer/pages/b.ts' } },
  { rule: 'renderer-nouns-import-no-page', imports: { 'src/renderer/fleet/a.ts': 'src/renderer/pages/b.ts' } },
  { rule: 'pages-import-no-shell', imports: { 'src/renderer/pages/a.ts': 'src/renderer/shell/b.ts' } },
  ...plantedDownhill,
  { rule: 'fleet-runs-downhill', imports: { 'src/main/fleet/a.ts': 'src/main/tariff/b.ts' } },
  { rule: 'fleet-runs-downhill', imports: { 'src/main/fleet/a.ts': 'src/shared/domain/account/b.ts' } },
  {
    rule: 'no-cycles',
    imports: { 'src/main/fleet/a.ts': 'src/main/fleet/b.ts', 'src/main/fleet/b.ts': 'src/main/fleet/a.ts' },
  },
  { rule: 'every-import-resolves', imports: { 'src/main/fleet/a.ts': 'a-library-that-is-not-installed' } },
];

/** What the rules must let through, all in one tree. */
export const allowedImports: Readonly<Record<string, string>> = {
  'src/shared/kernel/money.ts': 'big.js',
  'src/shared/domain/fleet/vehicle.ts': 'src/shared/kernel/money.ts',
  'src/shared/domain/charging/plan-depot.ts': 'src/shared/domain/fleet/vehicle.ts',
  'src/shared/ipc/fleet-contract.ts': 'zod',
  'src/shared/ipc/contract.ts': 'src/shared/domain/fleet/vehicle.ts',
  'src/main/database/open-store.ts': 'better-sqlite3',
  'src/main/outbox/outbox-table.ts': 'src/main/database/open-store.ts',
  'src/main/fleet/vehicle-table.ts': 'src/main/database/open-store.ts',
  'src/main/charging/start-charging.ts': 'src/main/fleet/vehicle-table.ts',
  'src/main/marketplace-link/marketplace-link.ts': 'socket.io-client',
  'src/main/marketplace-link/wire/v1.ts': 'zod',
  'src/main/demo/demo-server.ts': 'socket.io',
  'src/main/demo/demo-wire.ts': 'src/main/marketplace-link/wire/v1.ts',
  'src/main/tool/tool.ts': 'src/main/charging/start-charging.ts',
  'src/main/shell/main.ts': 'electron',
  'src/main/shell/start-backend.ts': 'src/main/charging/start-charging.ts',
  'src/main/preload/preload.ts': 'electron',
  'src/renderer/link/ops-client.ts': 'src/shared/ipc/contract.ts',
  'src/renderer/fleet/vehicle-grid.ts': 'src/renderer/link/ops-client.ts',
  'src/renderer/pages/live.ts': 'src/renderer/fleet/vehicle-grid.ts',
  'src/renderer/shell/routes.ts': 'src/renderer/pages/live.ts',
};
