/**
 * Where an adapter is now. A USB adapter comes back under another path when it was unplugged, so it is known by its own
 * serial number; one that has none is known by its path. Two with the same number are refused: asking the wrong line gives
 * plausible readings of somebody else's meters.
 */
import { accept, refuse, type Result } from '../../shared/kernel/result.ts';
import type { OpenFailure } from './byte-source.ts';
import type { LineAddress, ListAdapters } from './line-address.ts';

export type SerialPortAddress = Extract<LineAddress, { kind: 'serial-port' }>;

export async function findAdapter(
  address: SerialPortAddress,
  listAdapters: ListAdapters,
): Promise<Result<string, OpenFailure>> {
  const wanted = address.adapterSerialNumber;
  if (wanted === undefined) {
    if (address.path !== undefined) return accept(address.path);
    return refuse('failed', 'The line names neither an adapter nor a serial port: choose one in its settings.');
  }
  let listed: Awaited<ReturnType<ListAdapters>>;
  try {
    listed = await listAdapters();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('failed', `The adapters of this computer could not be listed: ${why}.`);
  }
  const found = listed.filter((adapter) => adapter.serialNumber === wanted);
  if (found.length > 1) {
    const places = found.map((adapter) => adapter.path).join(' and ');
    return refuse(
      'ambiguous',
      `Adapter ${wanted} is there more than once (${places}): unplug all but the one of this line, or replace the copies.`,
    );
  }
  const [adapter] = found;
  if (adapter !== undefined) return accept(adapter.path);
  return refuse('absent', `Adapter ${wanted} is not plugged in: plug it in again, any socket will do.`);
}
