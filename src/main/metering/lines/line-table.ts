/** The lines that are declared, so that the next start knows them before anybody declares them again. */
import type { LineProtocol } from '../../../shared/domain/metering/line-protocol.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { LineAddress, LineSettings } from '../../serial/line-address.ts';
import type { DeclaredLine, LineOrigin } from './declared-line.ts';
import { putMeters, readMeters } from '../meters/meter-table.ts';

type LineRow = {
  id: string;
  origin: string;
  protocol: string;
  name: string;
  depot_id: string;
  address: string;
  baud_rate: number;
  data_bits: number;
  parity: string;
  stop_bits: number;
};

/** In the order they were declared. */
export function readLines(store: ReadableStore): DeclaredLine[] {
  const meters = readMeters(store);
  return store
    .prepare<[], LineRow>('SELECT * FROM meter_line WHERE withdrawn_at_ms IS NULL ORDER BY origin, position')
    .all()
    .map((row) => ({
      id: row.id,
      origin: row.origin as LineOrigin,
      protocol: row.protocol as LineProtocol,
      name: row.name,
      depotId: row.depot_id,
      address: JSON.parse(row.address) as LineAddress,
      settings: {
        baudRate: row.baud_rate,
        dataBits: row.data_bits as LineSettings['dataBits'],
        parity: row.parity as LineSettings['parity'],
        stopBits: row.stop_bits as LineSettings['stopBits'],
      },
      meters: meters.filter(({ lineId }) => lineId === row.id),
    }));
}

/** Of this origin these and no others: what is missing is withdrawn, and stays because readings refer to it. */
export function putLines(tx: Transaction, origin: LineOrigin, lines: readonly DeclaredLine[], atMs: EpochMs): void {
  tx.prepare('UPDATE meter_line SET withdrawn_at_ms = ? WHERE withdrawn_at_ms IS NULL AND origin = ?').run(
    atMs,
    origin,
  );
  const put = tx.prepare(
    `INSERT INTO meter_line VALUES
     (@id, @name, @depotId, @address, @baudRate, @dataBits, @parity, @stopBits, @position, NULL, @origin, @protocol)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, depot_id = excluded.depot_id, address = excluded.address,
       baud_rate = excluded.baud_rate, data_bits = excluded.data_bits, parity = excluded.parity,
       stop_bits = excluded.stop_bits, position = excluded.position,
       origin = excluded.origin, protocol = excluded.protocol, withdrawn_at_ms = NULL`,
  );
  for (const [position, { id, name, depotId, protocol, address, settings }] of lines.entries())
    put.run({ id, name, depotId, protocol, address: JSON.stringify(address), ...settings, position, origin });
  putMeters(
    tx,
    origin,
    lines.flatMap(({ meters }) => meters),
    atMs,
  );
}
