import { expect, test } from 'vitest';
import {
  sayVerdict,
  standingPriority,
  standingWords,
} from '../../../../../src/renderer/marketplace/record/record-words.ts';
import { chargeRecordRow } from '../../../../support/charge-record-row.ts';
import { pricedCharge } from '../../../../support/priced-charge.ts';

const assessed = { priced: pricedCharge(), difference: '0.00', explainedBy: undefined, checks: [] };

test('a verdict is a sentence with its amount and its reason', () => {
  expect(sayVerdict(chargeRecordRow(), assessed)).toBe('Their price is the one that their own tariff gives.');
  expect(sayVerdict(chargeRecordRow({ verdict: 'differs' }), { ...assessed, difference: '-0.36' })).toBe(
    'They ask 0.36 EUR less than their tariff gives as we reckon. No known way to round or to read the tariff explains it.',
  );
  const explainedBy = {
    rounding: { mode: 'up', scale: 2, stage: 'line', first: 'net' },
    reading: { step: 'never' },
  } as const;
  expect(sayVerdict(chargeRecordRow({ verdict: 'explained' }), { ...assessed, difference: '0.01', explainedBy })).toBe(
    'They ask 0.01 EUR more than their tariff gives as we reckon. It is explained: the operator applies no step size, and rounds each line, always up to 2 decimals, the net first.',
  );
});

test('what was not priced says the check that kept it from being', () => {
  const worstCheck = { code: 'no-tariff', severity: 'warning', message: 'No tariff came with the record.' } as const;
  const row = chargeRecordRow({ verdict: 'not-priced', worstCheck });
  expect(sayVerdict(row, { ...assessed, priced: undefined, difference: undefined })).toBe(
    'No tariff came with the record.',
  );
});

test('a price that agrees with its tariff but breaks the contract stands out as much as one that differs', () => {
  const worstCheck = { code: 'above-terms', severity: 'breach', message: '0.65 EUR too much.' } as const;
  const row = chargeRecordRow({ worstCheck });
  expect([standingWords(row), standingPriority(row)]).toEqual(['agrees, breach', 2]);
  expect(sayVerdict(row, assessed)).toContain('a check found a breach');
  const warned = chargeRecordRow({ worstCheck: { ...worstCheck, severity: 'warning' }, isCredit: true });
  expect([standingWords(warned), standingPriority(warned)]).toEqual(['agrees, credit', undefined]);
});
