import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeUuidV7 } from '../../../../src/shared/kernel/id.ts';

const randomBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('makeUuidV7', () => {
  it('is a version 7 UUID for every instant and every randomness', () => {
    fc.assert(fc.property(instants, randomBytes, (ms, bytes) => z.uuidv7().safeParse(makeUuidV7(ms, bytes)).success));
  });

  it('sorts as text by the instant it was made', () => {
    fc.assert(
      fc.property(instants, instants, randomBytes, randomBytes, (a, b, left, right) => {
        fc.pre(a !== b);
        expect(makeUuidV7(a, left) < makeUuidV7(b, right)).toBe(a < b);
      }),
    );
  });

  it('carries the instant in its first 48 bits', () => {
    expect(makeUuidV7(0x0190_1234_5678, new Uint8Array(16)).slice(0, 13)).toBe('01901234-5678');
  });
});
