import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractAt, termsFor } from '../../../../../src/shared/domain/account/contract-at.ts';
import type { ContractVersion } from '../../../../../src/shared/domain/account/contract.ts';
import { madeContract, madeTerms } from '../../../../support/account/made-account.ts';

function version(
  name: string,
  learntAtMs: number,
  validFromMs: number,
  validToMs?: number,
  updatedAtMs = learntAtMs,
): ContractVersion {
  const contract = madeContract({ name, validFromMs, validToMs, updatedAtMs });
  return { contract, contentHash: name, learntAtMs, supersededAtMs: undefined };
}

const nameAt = (versions: readonly ContractVersion[], atMs: number, knownAtMs?: number): string | undefined =>
  contractAt(versions, atMs, knownAtMs)?.contract.name;

describe('a contract at an instant', () => {
  it('is in force from its beginning in, to its end out', () => {
    const versions = [version('only', 0, 100, 200)];
    expect([99, 100, 199, 200].map((atMs) => nameAt(versions, atMs))).toEqual([undefined, 'only', 'only', undefined]);
  });

  it('is left as it was by a renewal, for the time before that', () => {
    const versions = [version('old', 10, 100, 200), version('new', 150, 200, 300)];
    expect([150, 200, 250].map((atMs) => nameAt(versions, atMs))).toEqual(['old', 'new', 'new']);
    expect(nameAt(versions, 250, 149)).toBeUndefined();
  });

  it('is ended by a correction, from when that was learnt', () => {
    const versions = [version('long', 10, 100, 300), version('short', 150, 100, 200)];
    expect(nameAt(versions, 250)).toBeUndefined();
    expect(nameAt(versions, 250, 149)).toBe('long');
  });

  it('goes by what the marketplace changed last, whatever came last', () => {
    const versions = [version('newer', 10, 100, 300, 9), version('older', 20, 100, 300, 5)];
    expect(nameAt(versions, 150)).toBe('newer');
  });

  it('answers a question about the past alike, whatever is learnt afterwards', () => {
    const made = fc.record({ learnt: fc.nat(50), from: fc.nat(100), length: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), fc.nat(160), fc.nat(50), (drafts, atMs, knownAtMs) => {
        const versions = drafts
          .toSorted((a, b) => a.learnt - b.learnt)
          .map(({ from, learnt, length }, at) => version(String(at), learnt, from, from + length));
        const known = versions.filter(({ learntAtMs }) => learntAtMs <= knownAtMs);
        const answer = contractAt(versions, atMs, knownAtMs);
        expect(answer).toEqual(contractAt(known, atMs));
        if (answer === undefined) return;
        expect(answer.learntAtMs).toBeLessThanOrEqual(knownAtMs);
        expect(answer.contract.validFromMs).toBeLessThanOrEqual(atMs);
        expect(answer.contract.validToMs ?? Infinity).toBeGreaterThan(atMs);
      }),
    );
  });
});

describe('terms', () => {
  const terms = [
    madeTerms({ discountPercent: '1' }),
    madeTerms({ discountPercent: '2', countries: ['DE'] }),
    madeTerms({ discountPercent: '3', partner: 'DE*CPO' }),
    madeTerms({ discountPercent: '4', partner: 'DE*CPO', countries: ['AT'] }),
  ];
  const percent = (partner: string, country: string, of = terms) =>
    termsFor(madeContract({ terms: of }), partner, country)?.discountPercent;

  it('are the most specific ones: the partner first, then the country', () => {
    expect([percent('DE*CPO', 'AT'), percent('de*cpo', 'DE'), percent('FR*X', 'de'), percent('FR*X', 'FR')]).toEqual([
      '4',
      '3',
      '2',
      '1',
    ]);
  });

  it('are none where nothing was agreed', () => expect(percent('FR*X', 'FR', terms.slice(1))).toBeUndefined());
});
