import { expect, test } from 'vitest';
import sdm630 from '../../../../../resources/meter-profiles/eastron-sdm630.json' with { type: 'json' };
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';

test('profiles go by the name of their file', () => {
  expect(openMeterProfiles().of('eastron-sdm630')).toMatchObject({ ok: true, value: { model: 'Eastron SDM630' } });
  expect(openMeterProfiles({ 'other.json': sdm630 }).of('other')).toMatchObject({ ok: false, code: 'bad-profile' });
});

test('every shipped one can be used', () => {
  const profiles = openMeterProfiles();
  expect(profiles.names.length).toBeGreaterThanOrEqual(8);
  for (const name of profiles.names) expect(profiles.of(name)).toMatchObject({ ok: true, value: { name } });
});

test('one that is missing or bad is said, and spoils no other', () => {
  const profiles = openMeterProfiles({ 'eastron-sdm630.json': sdm630, 'half.json': { name: 'half' } });
  expect(profiles.of('nobody')).toMatchObject({
    ok: false,
    code: 'no-such-profile',
    message: 'There is no meter profile “nobody”. There are: eastron-sdm630, half.',
  });
  expect(profiles.of('half')).toMatchObject({ ok: false, code: 'bad-profile' });
  expect(profiles.of('eastron-sdm630').ok).toBe(true);
});
