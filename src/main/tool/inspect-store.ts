/**
 * `inspect-store FILE`: what is in a console's database and whether it is whole. Works on a copy made by SQLite's own
 * backup, so a running console is not disturbed and the file is not changed.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyStore } from '../database/copy-store.ts';
import { openStore } from '../database/open-store.ts';
import { verifyActionLog } from '../outbox/action-log.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = 'FILE';
const COUNTED = [
  'vehicle',
  'depot',
  'location',
  'evse',
  'session',
  'session_command',
  'outbox',
  'action_log',
  'quarantine',
  'meter_line',
  'meter',
  'meter_series',
  'meter_reading',
  'meter_latest',
  'meter_event',
  'meter_interval',
  'meter_day',
  'interval_import',
];

export const inspectStore: Tool = {
  name: 'inspect-store',
  summary:
    'What a console’s database holds, whether SQLite finds it whole, and whether the log of actions is unbroken.',
  usage: USAGE,
  run: async (args) => {
    const [file] = readToolArgs(args, [], `inspect-store ${USAGE}`).files;
    if (file === undefined) throw new ToolError('usage', `Name the database. Usage: inspect-store ${USAGE}`);
    if (!existsSync(file)) throw new ToolError('no-such-file', `There is no file ${file}.`);
    const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-inspect-'));
    try {
      const copy = path.join(folder, 'copy.sqlite');
      await copyStore(path.resolve(file), copy);
      return inspect(copy);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function inspect(file: string): unknown {
  const store = openStore({ path: file });
  const all = (sql: string) => store.prepare<[], Record<string, unknown>>(sql).all();
  const count = (table: string) => store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  try {
    return {
      schemaVersion: all('PRAGMA user_version')[0]?.['user_version'],
      integrityCheck: all('PRAGMA integrity_check').map((row) => row['integrity_check']),
      actionLog: verifyActionLog(store),
      rows: Object.fromEntries(COUNTED.map((table) => [table, count(table)])),
      positions:
        store.prepare<[], { n: number | null }>('SELECT sum(row_count) AS n FROM position_ring_hour').get()?.n ?? 0,
      meters: all(
        `SELECT meter.id, count(at_ms) AS readings, count(refused_code) AS refused, min(at_ms) AS fromMs, max(at_ms) AS toMs
         FROM meter LEFT JOIN meter_reading ON meter_number = number GROUP BY number ORDER BY number`,
      ),
      streams: all(
        'SELECT stream, log_id AS logId, committed, lost_items AS lostItems FROM link_stream ORDER BY stream',
      ),
      commandsByState: all('SELECT state, count(*) AS count FROM outbox GROUP BY state ORDER BY state'),
      quarantineByReason: all(
        'SELECT stream, reason, count(*) AS count FROM quarantine GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50',
      ),
    };
  } finally {
    store.close();
  }
}
