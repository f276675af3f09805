/**
 * Records of the demo's operators, whose arithmetic is their own, priced by the console's engine: what was made wrong on purpose differs,
 * and nothing else does.
 */
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { faultOf, type RecordFault, type ToldSession } from '../../../src/main/demo/commerce/charge-detail.ts';
import { createDemoWorld } from '../../../src/main/demo/demo-world.ts';
import { price } from '../../../src/main/tool/price.ts';
import { inFolder, type Evidence } from '../../support/evidence-table.ts';

type Sent = {
  readonly id: string;
  readonly session_id: string;
  readonly country_code: string;
  readonly cdr_location: { readonly evse_uid: string };
};

const SEED = 7;
const VEHICLES = 200;
/** Its prices, too, are what its own tariff says: only the energy or the version is wrong, which no arithmetic can tell. */
const PRICED_RIGHT: readonly RecordFault[] = ['none', 'newer-tariff', 'more-energy', 'repeated', 'tampered'];

export async function showDemoRecords(evidence: Evidence): Promise<void> {
  evidence.section('records of the demo’s operators, each rounding in its own way');
  await inFolder(async (folder) => {
    const records = await recordsOfDemo(path.join(folder, 'demo'));
    const world = createDemoWorld(SEED, VEHICLES);
    const evses = new Map(world.charging.evses.map((evse) => [evse.uid, evse]));
    const tally = new Map<string, number>();
    const wrong: string[] = [];
    for (const record of records) {
      const file = path.join(folder, 'record.json');
      writeFileSync(file, JSON.stringify(record));
      const zone = record.country_code === 'IN' ? 'Asia/Kolkata' : 'Europe/Berlin';
      const said = (await price.run(['--cdr', file, '--zone', zone])) as { readonly verdict: string };
      const evse = evses.get(record.cdr_location.evse_uid);
      const fault = evse ? faultOf(world, { id: record.session_id, evse } as ToldSession) : 'none';
      // The credit repeats what was wrong; the record in its place is right.
      const isRight = PRICED_RIGHT.includes(fault) || record.id.endsWith('-R');
      const line = `${isRight ? 'right' : 'wrong by a whole unit'}: ${said.verdict}`;
      tally.set(line, (tally.get(line) ?? 0) + 1);
      const isFound = (said.verdict === 'differs') !== isRight;
      if (!isFound) wrong.push(`${record.id} (${fault}): ${said.verdict}`);
    }
    for (const [line, count] of tally) evidence.say(`         ${String(count).padStart(5)} ${line}`);
    evidence.show(
      'what is wrong differs, and nothing else',
      `${wrong.length} of ${records.length} judged amiss`,
      wrong.length === 0,
    );
    for (const each of wrong.slice(0, 10)) evidence.say(`           ${each}`);
  });
  process.exitCode = 0;
}

async function recordsOfDemo(directory: string): Promise<readonly Sent[]> {
  const demo = await startDemo({ directory, seed: SEED, vehicles: VEHICLES });
  const response = await fetch(new URL('/demo/state', demo.url), {
    headers: { authorization: `Bearer ${demo.token}` },
  });
  const { records } = (await response.json()) as { records: Readonly<Record<string, Sent>> };
  await demo.stop();
  return Object.values(records);
}
