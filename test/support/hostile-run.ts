/**
 * What a broken or hostile marketplace could send, sent to the whole backend over the demo's real link, and what became of
 * it: the same pages the windowed test looks at, as lines for the evidence table.
 */
import path from 'node:path';
import { startDemo } from '../../src/main/demo/start-demo.ts';
import { openDemoConsole } from './demo-console.ts';
import { waitUntil } from './wait-until.ts';
import { sampleSession, sampleVehicle, samplePosition } from './wire-samples.ts';

type Case = {
  readonly sent: string;
  readonly stream: 'fleet' | 'network' | 'sessions';
  readonly kind: string;
  readonly body: unknown;
};

const CASES: readonly Case[] = [
  { sent: 'an unknown kind of item', stream: 'network', kind: 'evse.explode', body: {} },
  { sent: 'a kind named __proto__', stream: 'network', kind: '__proto__', body: {} },
  { sent: 'a body that is null', stream: 'fleet', kind: 'vehicle.put', body: null },
  {
    sent: 'NaN, which JSON carries as null',
    stream: 'sessions',
    kind: 'session.put',
    body: sampleSession('H1', { kwh: Number.NaN }),
  },
  { sent: 'the number 1e300', stream: 'sessions', kind: 'session.put', body: sampleSession('H2', { kwh: 1e300 }) },
  {
    sent: 'a date of 1970',
    stream: 'sessions',
    kind: 'session.put',
    body: sampleSession('H3', { start_date_time: '1970-01-01T00:00:00Z' }),
  },
  {
    sent: 'a name of 300 000 letters',
    stream: 'fleet',
    kind: 'vehicle.put',
    body: { ...sampleVehicle('H4'), model: 'x'.repeat(300_000) },
  },
  {
    sent: 'a patch of a session nobody announced',
    stream: 'sessions',
    kind: 'session.patch',
    body: { country_code: 'DE', party_id: 'TST', id: 'NOBODY', last_updated: '2026-06-09T04:10:00Z' },
  },
  {
    sent: 'a position where a vehicle belongs',
    stream: 'fleet',
    kind: 'vehicle.put',
    body: samplePosition('H5', 1_780_000_000_000),
  },
];

export type HostileLine = { readonly sent: string; readonly became: string; readonly holds: boolean };

export async function runHostileMessages(folder: string): Promise<readonly HostileLine[]> {
  const demo = await startDemo({ directory: path.join(folder, 'demo'), vehicles: 10 });
  const { backend, window } = await openDemoConsole(folder, demo);
  const links = window.follow('link/status');
  const vehicles = window.follow('fleet/vehicles');
  const lines: HostileLine[] = [];
  await waitUntil('the link to be live', () => links.get('marketplace')?.state === 'live');

  for (const { sent, stream, kind, body } of CASES) {
    const before = links.get('marketplace')?.quarantined ?? 0;
    await demo.injectRaw(stream, { kind, body });
    await waitUntil(sent, () => (links.get('marketplace')?.quarantined ?? 0) > before).catch(() => undefined);
    const { items } = await window.query('link/quarantine', { limit: 1 });
    const held = items[0];
    const counted = (links.get('marketplace')?.quarantined ?? 0) - before;
    lines.push({
      sent,
      became: `set aside ${counted} time, ${held?.rawBytes ?? 0} bytes: ${held?.reason ?? 'no reason'}`,
      holds: counted === 1 && held?.stream === stream && held.raw.length <= 20_000 && held.reason.length > 10,
    });
  }

  const markup = '<img src=x onerror=a>';
  await demo.injectRaw('fleet', {
    kind: 'vehicle.put',
    body: { ...sampleVehicle('H9'), registration: markup.slice(0, 20) },
  });
  await waitUntil('the vehicle with markup', () => vehicles.has('H9'));
  lines.push({
    sent: 'markup in a registration',
    became: `kept as the text ${vehicles.get('H9')?.registration}`,
    holds: vehicles.get('H9')?.registration === markup.slice(0, 20),
  });

  demo.emitRaw('page', {
    stream: 'fleet',
    head: 9e9,
    items: [{ offset: 9e9, at: '2026-06-09T04:10:00Z', kind: 'vehicle.put', body: {} }],
  });
  demo.emitRaw('page', 'not even an object');
  demo.emitRaw('hello', { protocol: 'one' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const status = links.get('marketplace');
  lines.push({
    sent: 'pages out of order, of no shape, and a second greeting',
    became: `the link is ${status?.state}, reconnected ${status?.reconnects} times`,
    holds: status?.state === 'live',
  });
  window.close();
  backend.stop();
  await demo.stop();
  return lines;
}
