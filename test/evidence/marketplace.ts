/**
 * `npm run -s evidence marketplace`: what is promised of prices, signatures and money, shown. `--long` interleaves the books 100 000 times;
 * SWITCHYARD_SEED repeats a run.
 */
import path from 'node:path';
import { interleaveBooks } from '../support/account/interleave-books.ts';
import { createEvidence, inFolder } from '../support/evidence-table.ts';
import { chooseSeed } from '../support/seeded-random.ts';
import { showDemoRecords } from './marketplace/demo-records.ts';
import { showSignedRecords } from './marketplace/signed-records.ts';
import { showWorkedTariffs } from './marketplace/worked-tariffs.ts';

const long = process.argv.includes('--long');
const seed = chooseSeed();
const evidence = createEvidence('marketplace');

await showWorkedTariffs(evidence);
await showDemoRecords(evidence);
await showSignedRecords(evidence);
await inFolder((folder) => {
  const interleavings = long ? 100_000 : 10_000;
  evidence.section(`books under holds, captures, credits, payments, duplicates and restarts (seed ${seed})`);
  const report = interleaveBooks({ path: path.join(folder, 'books.sqlite'), interleavings, seed, restartEvery: 10 });
  const { events, restarts, records, disagreements, unbalanced, misstated, holdsApart, capturedTwice } = report;
  evidence.say(`         ${interleavings} interleavings, ${events} events, ${records} records, ${restarts} restarts`);
  evidence.show('as plain books kept beside them', `${disagreements.length} disagree`, disagreements.length === 0);
  evidence.show('entries add up to nought', `${unbalanced} do not`, unbalanced === 0);
  evidence.show('accounts are the sum of their entries', `${misstated} are not`, misstated === 0);
  evidence.show('holds are what is held', `${holdsApart} apart`, holdsApart === 0);
  evidence.show('no record is debited twice', `${capturedTwice} are`, capturedTwice === 0);
  return Promise.resolve();
});
evidence.finish();
