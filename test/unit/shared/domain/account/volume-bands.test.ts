import { describe, expect, it } from 'vitest';
import { restrictToBand, volumeBands } from '../../../../../src/shared/domain/account/volume-bands.ts';

const terms = {
  discountPercent: '5',
  volumeSteps: [
    { fromKwh: '2000', discountPercent: '12' },
    { fromKwh: '1000', discountPercent: '8' },
  ],
};

describe('volume bands', () => {
  it('begin where the month will have used a step', () => {
    expect(volumeBands(terms, '950.5')).toEqual([
      { fromKwh: undefined, toKwh: '49.5', discountPercent: '5' },
      { fromKwh: '49.5', toKwh: '1049.5', discountPercent: '8' },
      { fromKwh: '1049.5', toKwh: undefined, discountPercent: '12' },
    ]);
  });

  it('hold from the first kWh on where the step is used already', () => {
    expect(volumeBands(terms, '1000')[0]).toMatchObject({ discountPercent: '8', toKwh: '1000' });
    expect(volumeBands(terms, '5000')).toEqual([{ fromKwh: undefined, toKwh: undefined, discountPercent: '12' }]);
  });

  it('say nothing of steps that no session reaches, and never make energy dearer', () => {
    expect(volumeBands({ ...terms, volumeSteps: [{ fromKwh: '50000', discountPercent: '20' }] }, '0')).toHaveLength(1);
    expect(volumeBands({ ...terms, volumeSteps: [{ fromKwh: '10', discountPercent: '3' }] }, '0')).toHaveLength(1);
  });

  it('narrow what a tariff restricts already', () => {
    const band = { fromKwh: '50', toKwh: '80', discountPercent: '8' };
    expect(restrictToBand(undefined, band)).toMatchObject({ minKwh: '50', maxKwh: '80', daysOfWeek: undefined });
    const own = restrictToBand(undefined, { ...band, fromKwh: '60', toKwh: '100' });
    expect(restrictToBand(own, band)).toMatchObject({ minKwh: '60', maxKwh: '80' });
    expect(restrictToBand(own, { ...band, toKwh: '60' })).toBeUndefined();
  });
});
