/** Adapters out of a file, as it stands at each look. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listFromFile } from '../../../../src/main/serial/list-from-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

test('what stands in the file is listed, and what was taken out is not listed any more', async () => {
  const file = path.join(temporaryFolder(), 'adapters.json');
  const list = listFromFile(file);
  const adapter = { path: '/dev/pts/7', serialNumber: 'FT1', manufacturer: 'FTDI', product: 'USB 0403:6001' };
  writeFileSync(file, JSON.stringify([adapter, { path: '/dev/ttyS0' }]));
  expect(await list()).toEqual([adapter, { path: '/dev/ttyS0' }]);
  writeFileSync(file, '[]');
  expect(await list()).toEqual([]);
});

test('a file that is absent or half written lists nothing and says so', async () => {
  const file = path.join(temporaryFolder(), 'adapters.json');
  await expect(listFromFile(file)()).rejects.toThrow('ENOENT');
  writeFileSync(file, '[{"path":');
  await expect(listFromFile(file)()).rejects.toThrow('JSON');
});
