import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from '../../../../src/main/shell/launch-options.ts';

describe('readLaunchOptions', () => {
  it('opens nothing by itself without flags', () => {
    expect(readLaunchOptions(['electron', '.'])).toMatchObject({ demo: false, demoVehicles: 200, demoSeed: 7 });
  });

  it('takes a picture of the demo', () => {
    expect(readLaunchOptions(['--screenshot=/tmp/a.png', '--size=1366x768', '--theme=light'])).toMatchObject({
      demo: true,
      screenshotFile: '/tmp/a.png',
      size: { width: 1366, height: 768 },
      theme: 'light',
    });
  });

  it('says what a value should have been', () => {
    expect(() => readLaunchOptions(['--vehicles=ten'])).toThrow(/whole number from 1 to 10000, not “ten”/u);
    expect(() => readLaunchOptions(['--size=big'])).toThrow(/WIDTHxHEIGHT/u);
    expect(() => readLaunchOptions(['--theme=pink'])).toThrow(/dark or light/u);
    expect(() => readLaunchOptions(['--route=https://example.invalid'])).toThrow(/takes a page such as/u);
  });
});
