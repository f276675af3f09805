/** The test marketplace in a process of its own, to be killed. Makes events by itself until it is told to be quiet. */
import { startTestMarketplace } from './marketplace-server.ts';
import { seededRandom } from './seeded-random.ts';
import {
  samplePosition,
  sampleDepot,
  sampleEvse,
  sampleLocation,
  sampleSession,
  sampleVehicle,
} from './wire-samples.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as { path: string; port: number; token: string; seed: number };
const random = seededRandom(options.seed);
const server = await startTestMarketplace({ ...options, random, loseAnswers: 0.1, lateResults: 0.1 });

const EVSES = 12;
const VEHICLES = 12;
if (server.heads()['fleet'] === 0)
  server.append(
    { stream: 'fleet', kind: 'depot.put', body: sampleDepot('depot-1') },
    ...Array.from({ length: VEHICLES }, (_, n) => ({
      stream: 'fleet',
      kind: 'vehicle.put',
      body: sampleVehicle(`V${n}`),
    })),
    { stream: 'network', kind: 'location.put', body: sampleLocation('L1') },
    ...Array.from({ length: EVSES }, (_, n) => ({
      stream: 'network',
      kind: 'evse.put',
      body: { location_id: 'L1', evse: sampleEvse(`E${n}`) },
    })),
    // Nobody starts sessions there, so that its status may flicker.
    { stream: 'network', kind: 'evse.put', body: { location_id: 'L1', evse: sampleEvse('flicker', 'BLOCKED') } },
  );

const sessionId = (): string => `walk-in-${Math.floor(random() * 60)}`;
function makeEvent() {
  const now = new Date().toISOString();
  const choice = random();
  if (choice < 0.25) {
    const status = random() < 0.5 ? 'INOPERATIVE' : 'BLOCKED';
    return {
      stream: 'network',
      kind: 'evse.status',
      body: { location_id: 'L1', evse_uid: 'flicker', status, last_updated: now },
    };
  }
  if (choice < 0.45)
    return {
      stream: 'sessions',
      kind: 'session.put',
      body: sampleSession(sessionId(), { evse_uid: 'flicker', kwh: random() * 50, last_updated: now }),
    };
  if (choice < 0.65)
    return {
      stream: 'sessions',
      kind: 'session.patch',
      body: {
        country_code: 'DE',
        party_id: 'TST',
        id: sessionId(),
        kwh: random() * 50,
        last_updated: now,
        charging_periods: [{ start_date_time: now, dimensions: [{ type: 'ENERGY', volume: 0.1 }] }],
        ...(random() < 0.03 && { status: 'COMPLETED', end_date_time: now }),
      },
    };
  if (choice < 0.7)
    return {
      stream: 'fleet',
      kind: 'vehicle.put',
      body: { ...sampleVehicle(`V${Math.floor(random() * VEHICLES)}`), max_dc_kw: Math.floor(random() * 300) },
    };
  return {
    stream: 'telemetry',
    kind: 'positions',
    body: { positions: [samplePosition(`V${Math.floor(random() * VEHICLES)}`, Date.now())] },
  };
}

const work = setInterval(() => server.append(...Array.from({ length: 1 + Math.floor(random() * 5) }, makeEvent)), 10);
process.on('message', (message) => {
  if (message === 'quiet') {
    clearInterval(work);
    process.send?.({ type: 'quiet' });
  }
  if (message === 'heads') process.send?.({ type: 'heads', heads: server.heads() });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
