/**
 * The adapters as a file tells them instead of the operating system, for ports that it does not list: virtual ones, and links
 * by which somebody names a port. The file is read at each look, so that what is unplugged and plugged in elsewhere shows at
 * once. It is named by the environment variable SWITCHYARD_ADAPTERS, which a packaged console leaves alone: there nothing but
 * the system says what an adapter's serial number is.
 *
 *   [{ "path": "/dev/pts/7", "serialNumber": "FT4K2B", "manufacturer": "FTDI", "product": "USB 0403:6001" }]
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ListAdapters } from './line-address.ts';

const text = z.string().min(1).max(255).optional();
const schema = z.array(z.object({ path: z.string().min(1), serialNumber: text, manufacturer: text, product: text }));

/** @throws Error when the file can not be read or is no list of adapters; the next look may find it mended. */
export function listFromFile(file: string): ListAdapters {
  return async () =>
    schema
      .parse(JSON.parse(await readFile(file, 'utf8')))
      .map(({ path, serialNumber, manufacturer, product }) => ({ path, serialNumber, manufacturer, product }));
}
