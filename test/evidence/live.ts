/**
 * `npm run -s evidence live`: what is promised of the living line, shown. Real processes, real sockets, real databases; each
 * run prints its seed. `--long` takes the long form of the kills.
 */
import { createEvidence, inFolder } from '../support/evidence-table.ts';
import { runKills } from '../support/kill-run.ts';
import { PLANTED_BUGS } from '../support/planted-bugs.ts';
import { runHostileMessages } from '../support/hostile-run.ts';
import { compareFleets } from '../support/same-fleet.ts';

const long = process.argv.includes('--long');
const seed = Number(process.env['SWITCHYARD_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const evidence = createEvidence('live');

evidence.section(`the marketplace is killed while events flow and commands are sent (seed ${seed})`);
const kills = { serverKills: long ? 500 : 50, consoleKills: long ? 100 : 8 };
const run = await inFolder(async (folder) => runKills({ folder, seed, ...kills, settleMs: 30_000 }));
const commands = Object.entries(run.commands).map(([state, count]) => `${count} ${state}`);
evidence.show(
  'the local store equals the server’s, nothing lost',
  `${kills.serverKills} server kills, ${kills.consoleKills} console kills, ${run.items} items, ${run.objects} objects, ${run.differences.length} differences`,
  run.differences.length === 0 && run.items > 1000,
);
evidence.show(
  'each command took effect exactly once',
  `${run.effects} effects; ${commands.join(', ')}`,
  run.differences.length === 0 && run.effects > 10,
);
for (const difference of run.differences.slice(0, 10)) evidence.say(`         ${difference}`);

evidence.section('the same checker against mistakes made on purpose');
for (const bug of PLANTED_BUGS) {
  let found: readonly string[] = [];
  // A mistake that needs an unlucky moment gets a few runs to meet it.
  for (let attempt = 0; attempt < 4 && found.length === 0; attempt++) {
    const fewKills = { serverKills: 6, consoleKills: 6 };
    found = await inFolder(async (folder) => {
      const { differences } = await runKills({ folder, seed: seed + attempt, ...fewKills, bug, settleMs: 3000 });
      return differences;
    });
  }
  evidence.show(`“${bug}” is noticed`, found[0] ?? 'nobody noticed', found.length > 0);
}

evidence.section('malformed, huge, out-of-order and hostile messages');
for (const { sent, became, holds } of await inFolder(runHostileMessages)) evidence.show(sent, became, holds);

evidence.section('same seed and clock, same fleet');
const { compared, differing } = await inFolder(compareFleets);
evidence.show(
  'two demos of one seed tell the same positions',
  `${compared} positions compared, ${differing} differ`,
  compared > 100 && differing === 0,
);

evidence.finish();
