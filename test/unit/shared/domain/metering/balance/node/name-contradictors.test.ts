import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nameContradictors,
  type Comparison,
} from '../../../../../../../src/shared/domain/metering/balance/node/name-contradictors.ts';

const below = ['a', 'b', 'c'];
const instruments = ['top', ...below].map((id) => ({ id, tolerance: 0.02 }));

/** What is measured when these are the true errors, known to a thousandth. */
function compare(errors: Readonly<Record<string, number>>): Comparison[] {
  return below.map((id) => {
    const apart = (errors['top'] ?? 0) - (errors[id] ?? 0);
    return { above: 'top', below: id, least: apart - 0.001, greatest: apart + 0.001 };
  });
}

describe('instruments that are compared', () => {
  it('are not blamed while errors within their tolerance explain it all', () => {
    const error = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(fc.record({ top: error, a: error, b: error, c: error }), (errors) => {
        expect(nameContradictors(instruments, compare(errors))).toEqual([]);
      }),
    );
  });

  it('name the one that contradicts all others, and by how much', () => {
    const [found, ...others] = nameContradictors(instruments, compare({ b: -0.08 }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ verdict: 'named', id: 'b' });
    expect(found?.verdict === 'named' && found.error).toBeCloseTo(-0.08, 2);
  });

  it('name the one at the top when all below agree with each other', () => {
    expect(nameContradictors(instruments, compare({ top: 0.06 }))).toMatchObject([{ verdict: 'named', id: 'top' }]);
  });

  it('name two when it takes two', () => {
    const found = nameContradictors(
      [...instruments, { id: 'd', tolerance: 0.02 }],
      [...compare({ a: 0.1, b: -0.1 }), { above: 'top', below: 'd', least: -0.001, greatest: 0.001 }],
    );
    const named = found.map((one) => (one.verdict === 'named' ? one.id : 'open'));
    expect(named.toSorted()).toEqual(['a', 'b']);
  });

  it('name neither of two that contradict only each other', () => {
    const found = nameContradictors(instruments.slice(0, 2), compare({ a: 0.1 }).slice(0, 1));
    expect(found).toEqual([{ verdict: 'open', ids: ['top', 'a'] }]);
  });

  it('are judged tree by tree', () => {
    const lone = { id: 'lone', tolerance: 0.02 };
    expect(nameContradictors([lone, ...instruments], compare({ c: 0.1 }))).toMatchObject([{ id: 'c' }]);
  });
});
