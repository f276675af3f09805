/** The OCPI 2.2.1 specification's own examples must pass our schemas unchanged: a stricter reading would set real data aside. */
import { describe, expect, it } from 'vitest';
import { location, session } from '../../../../../../src/main/marketplace-link/wire/v1/ocpi-objects.ts';
import { isFixtureAbsent, readJsonFixture } from '../../../../../support/shared-fixtures.ts';

const LOCATION = 'ocpi/location_example.json';
const SESSIONS = ['ocpi/session_example_1_simple_start.json', 'ocpi/session_example_2_short_finished.json'];

describe('the specification’s examples', () => {
  it.skipIf(isFixtureAbsent(LOCATION))('a Location with its EVSEs and connectors', () => {
    const parsed = location.parse(readJsonFixture(LOCATION));
    expect(parsed.evses?.map(({ uid, status, connectors }) => [uid, status, connectors.length])).toEqual([
      ['3256', 'AVAILABLE', 2],
      ['3257', 'RESERVED', 1],
    ]);
    expect(parsed.coordinates).toEqual({ latitude: '51.047599', longitude: '3.729944' });
  });

  for (const file of SESSIONS)
    it.skipIf(isFixtureAbsent(file))(`a Session, ${file}`, () => {
      const raw = readJsonFixture(file) as { id: string; kwh: number };
      expect(session.parse(raw)).toMatchObject({ id: raw.id, kwh: raw.kwh });
    });
});
