/** Stated prices of both releases, exactly. */
import { expect, test } from 'vitest';
import { readPrice } from '../../../../../src/main/marketplace/ocpi/read-price.ts';

test.for([
  [{ excl_vat: 4, incl_vat: 4.4 }, '4', '4.4'],
  [{ excl_vat: 4 }, '4', undefined],
  [{ before_taxes: 4 }, '4', undefined],
  [{ before_taxes: 4, taxes: [] }, '4', undefined],
  // Binary fractions would make 0.30000000000000004 of these.
  [
    {
      before_taxes: 0.1,
      taxes: [
        { name: 'CGST', amount: 0.1 },
        { name: 'SGST', amount: 0.1 },
      ],
    },
    '0.1',
    '0.3',
  ],
  [{ before_taxes: -16.4, taxes: [{ name: 'VAT', amount: -3.116 }] }, '-16.4', '-19.516'],
] as const)('%j', ([sent, net, gross]) => expect(readPrice(sent)).toEqual({ net, gross }));
