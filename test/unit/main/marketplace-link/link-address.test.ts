/** Plain http only to this very machine, however it is spelled. */
import { expect, test } from 'vitest';
import { readLinkAddress } from '../../../../src/main/marketplace-link/link-address.ts';

test.for([
  'https://flo.example',
  'https://10.0.0.1:8443',
  'http://127.0.0.1:3000',
  'http://localhost:1',
  'http://[::1]:9',
  'http://127.1',
  'http://0x7f.1',
])('%s is taken', (url) => expect(readLinkAddress(url).ok).toBe(true));
test.for([
  'http://flo.example',
  'http://127.0.0.1.flo.example',
  'http://localhost.flo.example',
  'http://10.0.0.1',
  'http://[::2]',
  'http://user@flo.example',
])('%s is refused as readable to all', (url) =>
  expect(readLinkAddress(url)).toMatchObject({ ok: false, code: 'address-not-secure' }),
);
test.for(['', 'flo', 'ftp://127.0.0.1', 'javascript:alert(1)', 'ws://127.0.0.1'])('“%s” is not understood', (url) =>
  expect(readLinkAddress(url)).toMatchObject({ ok: false, code: 'address-not-understood' }),
);
