/**
 * `npm run -s evidence reliability`: what is promised when the process dies or the power goes, shown. Real processes, real
 * databases, a disk put together as a cut could have left it; each run prints its seed. `--long` takes the long forms.
 */
import { killLivingConsole } from '../support/console-kills/kill-living-console.ts';
import { createEvidence, inFolder } from '../support/evidence-table.ts';
import { runMigrationCuts, runPowerCuts } from '../support/power-cut/power-cut-run.ts';
import { whyNotRecordable } from '../support/power-cut/record-writes.ts';

const long = process.argv.includes('--long');
const seed = Number(process.env['SWITCHYARD_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const evidence = createEvidence('reliability');

function sayAll(counted: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counted).map(([what, count]) => `${count} ${what}`);
  return parts.join(', ') || 'none';
}

async function showPowerCuts(): Promise<void> {
  const cuts = long ? 5000 : 500;
  const full = await inFolder((folder) => runPowerCuts({ folder, seed, cuts }));
  evidence.show(
    'nothing that was acknowledged is lost, nothing is half there',
    `${cuts} cuts in ${full.events} writes and syncs; promised: ${sayAll(full.promised)}; broken promises: ${sayAll(full.breaches)}`,
    full.examples.length === 0,
  );
  for (const example of full.examples) evidence.say(`         ${example}`);
  const normal = await inFolder((folder) => runPowerCuts({ folder, seed, cuts, synchronous: 'NORMAL' }));
  evidence.show(
    'the same with synchronous=NORMAL is noticed',
    `cuts that lost or broke something: ${sayAll(normal.breaches)} of ${cuts}`,
    (normal.breaches['lost'] ?? 0) > cuts / 4,
  );
  const { whole, unsyncedCopy } = await inFolder((folder) =>
    runMigrationCuts({ folder, seed, cutsEach: long ? 20 : 2 }),
  );
  evidence.show(
    'a migration keeps what was there, and its copy',
    `${whole.cuts} cuts, old schema found at ${whole.foundBefore}, new at ${whole.foundAfter}; ${whole.breaches.length} broke something, ${whole.foundHalfCopies} left half a copy`,
    whole.breaches.length === 0 && whole.foundHalfCopies === 0 && whole.foundAfter > 0,
  );
  for (const breach of whole.breaches.slice(0, 5)) evidence.say(`         ${breach}`);
  evidence.show(
    'a copy that nobody synced is noticed',
    `${unsyncedCopy.breaches.length} of ${unsyncedCopy.cuts} cuts`,
    unsyncedCopy.breaches.length > 0,
  );
}

async function showKills(): Promise<void> {
  const kills = long ? 1000 : 100;
  const run = await inFolder((folder) => killLivingConsole({ folder, seed, kills }));
  evidence.show(
    'the database opens, is whole, and has all that was promised',
    `killed ${sayAll(run.kills)}; found at schema ${Object.entries(run.schemas)
      .map(([schema, count]) => `${schema}: ${count}`)
      .join(', ')}; promised: ${sayAll(run.promised)}; broken promises: ${run.breaches.length}`,
    run.breaches.length === 0,
  );
  for (const breach of run.breaches.slice(0, 5)) evidence.say(`         ${breach}`);
  evidence.show(
    'up again in seconds',
    `process to first answer: p50 ${run.p50Ms} ms, p95 ${run.p95Ms} ms`,
    run.p95Ms < 5000,
  );
  const planted = { seed, kills: 20, moment: 'living', commitLateMs: 400 } as const;
  const late = await inFolder((folder) => killLivingConsole({ folder, ...planted }));
  evidence.show(
    'acknowledging before the commit is noticed',
    late.breaches[0] ?? 'nobody noticed',
    late.breaches.length > 0,
  );
}

evidence.section(`the power goes at random moments (seed ${seed})`);
const notRecordable = whyNotRecordable();
if (notRecordable === undefined) await showPowerCuts();
else evidence.say(`  not shown on this machine: ${notRecordable}`);

evidence.section(`the running console is killed with kill -9 (seed ${seed})`);
await showKills();

evidence.finish();
