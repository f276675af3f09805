import { describe, expect, it } from 'vitest';
import { profileIdFor } from '../../../../src/main/shell/profile-identity.ts';

const url = 'https://flo.example/api';

describe('profileIdFor', () => {
  it('keeps names apart that no slug can', () => {
    const tokyo = profileIdFor({ name: '東京', url }, []);
    const bengaluru = profileIdFor({ name: 'बेंगलुरु', url }, []);
    expect(tokyo).toMatch(/^flo-marketplace-[0-9a-f]{8}$/u);
    expect(tokyo).not.toBe(bengaluru);
  });

  it('opens a profile again only for the same name and address', () => {
    const known = [{ id: 'flo-north', kind: 'marketplace', name: 'North', url } as const];
    expect(profileIdFor({ name: 'North', url: `${url}/` }, known)).toBe('flo-north');
    expect(profileIdFor({ name: 'North', url: 'https://other.example' }, known, 'abcd')).toBe('flo-north-abcd');
    expect(profileIdFor({ name: 'north', url }, known, 'abcd')).toBe('flo-north-abcd');
  });

  it('stays within what a folder and the settings take', () => {
    expect(profileIdFor({ name: 'Ä'.repeat(30) + ' x '.repeat(30), url }, [])).toMatch(/^[a-z0-9-]{1,60}$/u);
  });
});
