/** Why a line can not be saved. */
import { describe, expect, it } from 'vitest';
import { checkLine, checkTree } from '../../../../../src/main/metering/commissioning/check-line.ts';
import type { DeclaredLine, DeclaredMeter } from '../../../../../src/main/metering/lines/declared-line.ts';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { aLine } from '../../../../support/metering-console.ts';

const known = { profiles: openMeterProfiles(), adapters: [{ path: '/dev/ttyUSB0', serialNumber: 'FT1' }] };

function aLineOf(id: string, port: number, meters: readonly Partial<DeclaredMeter>[]): DeclaredLine {
  const line = aLine(port, [1]);
  const [meter] = line.meters;
  if (meter === undefined) throw new Error('a line has a meter');
  const drawn = meters.map((changes, index) => ({ ...meter, lineId: id, unitAddress: index + 1, ...changes }));
  return { ...line, id, name: `Line ${id}`, meters: drawn };
}

const other = aLineOf('A', 1, [{ id: 'INCOMER', name: 'Incomer' }]);
const codeOf = (line: DeclaredLine, others: readonly DeclaredLine[] = [other]) => checkLine(line, others, known)?.code;

describe('a line', () => {
  it('is fine with a parent on another line of its depot', () => {
    expect(codeOf(aLineOf('B', 2, [{ id: 'M', parentId: 'INCOMER' }]))).toBeUndefined();
  });

  it('is fine with a variant of a profile that its kind is known to have, and with no other', () => {
    expect(codeOf(aLineOf('B', 2, [{ id: 'M', profile: 'eastron-sdm630-swapped' }]))).toBeUndefined();
    expect(codeOf(aLineOf('B', 2, [{ id: 'M', profile: 'eastron-sdm630-plus-1' }]))).toBe('no-such-profile');
  });

  it.each([
    ['no-parent', { parentId: 'NOBODY' }],
    ['parent-elsewhere', { parentId: 'INCOMER', depotId: 'DEPOT-2' }],
    ['parent-cycle', { parentId: 'M' }],
    ['no-such-profile', { profile: 'made-up' }],
    ['bad-lines', { id: 'INCOMER' }],
    ['bad-lines', { unitAddress: undefined }],
  ] as const)('is refused as %s', (code, changes) => {
    expect(codeOf(aLineOf('B', 2, [{ id: 'M', ...changes }]))).toBe(code);
  });

  it('is refused where two of its meters feed each other', () => {
    expect(
      codeOf(
        aLineOf('B', 2, [
          { id: 'M', parentId: 'N' },
          { id: 'N', parentId: 'M' },
        ]),
      ),
    ).toBe('parent-cycle');
  });

  it('is refused where another line is, by whichever name its adapter goes', () => {
    expect(codeOf(aLineOf('B', 1, [{ id: 'M' }]))).toBe('address-taken');
    const at = (adapterSerialNumber: string | undefined, path: string | undefined) =>
      ({ kind: 'serial-port', adapterSerialNumber, path }) as const;
    const first = { ...other, address: at('FT1', undefined) };
    const second = { ...aLineOf('B', 2, [{ id: 'M' }]), address: at(undefined, '/dev/ttyUSB0') };
    expect(codeOf(second, [first])).toBe('address-taken');
    expect(codeOf({ ...second, address: at(undefined, undefined) })).toBe('no-address');
  });

  it('is refused where a profile speaks another protocol', () => {
    expect(codeOf({ ...aLineOf('B', 2, [{ id: 'M' }]), protocol: 'sml' })).toBe('wrong-profile');
  });
});

it('a tree without the parent of somebody is none, and names him', () => {
  const orphan = aLineOf('B', 2, [{ id: 'M', name: 'Yard feeder', parentId: 'INCOMER' }]);
  expect(checkTree([other, orphan])).toBeUndefined();
  expect(checkTree([orphan])?.message).toContain('Yard feeder');
});
