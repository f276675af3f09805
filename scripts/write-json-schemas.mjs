// Writes the JSON Schemas of the wire protocol from the zod schemas that the console itself uses, so that someone who
// writes a marketplace in another language reads exactly what the console accepts. Run: node scripts/write-json-schemas.mjs

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jsonSchemas } from '../src/main/marketplace-link/wire/v1/json-schemas.ts';

const folder = path.resolve(import.meta.dirname, '../src/main/marketplace-link/wire/v1/json-schema');
await rm(folder, { recursive: true, force: true });
for (const [file, text] of Object.entries(jsonSchemas())) {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}
process.stdout.write(
  `Wrote ${Object.keys(jsonSchemas()).length} schemas to ${path.relative(process.cwd(), folder)}.\n`,
);
