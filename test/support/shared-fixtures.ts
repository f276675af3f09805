/** Real data nobody here wrote, kept beside the project; `SWITCHYARD_FIXTURES` names another place. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.env['SWITCHYARD_FIXTURES'] ?? path.resolve(import.meta.dirname, '../../../shared/fixtures');

/** For `test.skipIf`: a test that wants this file is skipped, by name, where the data are not. */
export function isFixtureAbsent(file: string): boolean {
  return !existsSync(fixturePath(file));
}

export function fixturePath(file: string): string {
  return path.join(folder, file);
}

export function readJsonFixture(file: string): unknown {
  return JSON.parse(readFileSync(fixturePath(file), 'utf8'));
}
