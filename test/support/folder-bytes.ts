/** Every file of a folder with a hash of its bytes, to show that a refused start left them all as they were. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export function folderBytes(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(
        ({ name }) =>
          [
            name,
            createHash('sha256')
              .update(readFileSync(path.join(folder, name)))
              .digest('hex'),
          ] as const,
      )
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
