/**
 * A released database brought to this version, to be recorded: the copy that is made first, the steps, and what follows.
 * The old file is written here, synced with its folder, so that the record begins with a disk that holds it.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '../../../src/main/database/open-store.ts';
import { RECORDED_DATABASE } from './recorded-work.ts';
import { witnessPath } from './record-writes.ts';

const { folder, released } = JSON.parse(process.argv[2] ?? '{}') as { folder: string; released: string };
const witness = openSync(witnessPath(folder), 'w');
const database = path.join(folder, RECORDED_DATABASE);

const file = openSync(database, 'w');
writeSync(file, readFileSync(released));
fsyncSync(file);
closeSync(file);
const directory = openSync(folder, 'r');
fsyncSync(directory);
closeSync(directory);
writeSync(witness, '{"type":"released"}\n');

openStore({ path: database });
writeSync(witness, '{"type":"migrated"}\n');
process.kill(process.pid, 'SIGKILL');
