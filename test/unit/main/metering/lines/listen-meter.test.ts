/** A meter that sends by itself: its rhythm is learned, and what is missing or damaged is counted once each. */
import { expect, it } from 'vitest';
import { listenMeter } from '../../../../../src/main/metering/lines/listen-meter.ts';
import { openMeterBook } from '../../../../../src/main/metering/meters/meter-records.ts';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { aLine } from '../../../../support/metering-console.ts';
import { pushTelegram } from '../../../../support/readable-messages.ts';
import { createScriptedClock } from '../../../../support/scripted-line.ts';

const TELEGRAM = pushTelegram(['1-0:1.8.0*255(000001.0*kWh)']);

function openMeter() {
  const clock = createScriptedClock();
  const found = openMeterProfiles().of('d0-push-meter');
  const [declared] = aLine(1, [1]).meters;
  if (!found.ok || found.value.protocol === 'modbus-rtu' || declared === undefined) throw new Error('It is shipped.');
  const meter = { ...declared, number: 1 };
  const book = openMeterBook(meter, found.value.model, clock, () => {});
  const judgedAtMs: number[] = [];
  const events: string[] = [];
  const listened = listenMeter({
    meter,
    profile: found.value,
    book,
    lineClock: clock,
    judge: ({ heardAtMonotonicMs }) => {
      judgedAtMs.push(heardAtMonotonicMs);
      return 'settled';
    },
    note: ({ kind }) => void events.push(kind),
  });
  const health = () => book.record().health;
  const hear = async (afterMs: number, times = 1): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await clock.pass(afterMs);
      listened.heard(TELEGRAM, clock.monotonicMs());
    }
  };
  const addsUp = () => {
    const { asked, answered, timedOut, spoiled, lineLost } = health();
    return asked === answered + timedOut + spoiled + lineLost;
  };
  return { clock, listened, health, hear, judgedAtMs, events, addsUp };
}

it('that falls silent is missed once for each telegram, and said to be silent once', async () => {
  const { clock, listened, health, hear, events, addsUp } = openMeter();
  listened.lineOpened();
  await hear(2_000, 5);
  expect(health()).toMatchObject({ answered: 5, timedOut: 0, timeoutMs: 5_000 });
  await clock.pass(4_900);
  expect(health().timedOut).toBe(0);
  await clock.pass(100 + 4 * 2_000);
  expect(health()).toMatchObject({ timedOut: 5, failuresInARow: 5 });
  expect(events).toEqual(['meter-silent']);
  await hear(500);
  expect(events).toEqual(['meter-silent', 'meter-answers']);
  expect(health().failuresInARow).toBe(0);
  expect(addsUp()).toBe(true);
});

it('that never sends is missed too', async () => {
  const { clock, listened, health } = openMeter();
  listened.lineOpened();
  await clock.pass(24_900);
  expect(health().timedOut).toBe(0);
  await clock.pass(20_200);
  expect(health().timedOut).toBe(3);
});

it('is judged once a second, however often it sends', async () => {
  const { listened, hear, judgedAtMs } = openMeter();
  listened.lineOpened();
  await hear(100, 100);
  expect(judgedAtMs.length).toBeLessThanOrEqual(11);
  const apart = judgedAtMs.slice(1).map((atMs, index) => atMs - (judgedAtMs[index] ?? 0));
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(900);
});

it('a little faster than once a second is judged at most of its telegrams', async () => {
  const { listened, hear, judgedAtMs } = openMeter();
  listened.lineOpened();
  await hear(980, 100);
  expect(judgedAtMs.length).toBeGreaterThan(80);
});

it('that comes damaged is counted as such, and what the damage was', async () => {
  const { listened, health, hear, addsUp } = openMeter();
  listened.lineOpened();
  await hear(1_000, 2);
  listened.spoiled('wrong-checksum');
  listened.spoiled('cut-short');
  listened.spoiled('encrypted');
  expect(health()).toMatchObject({ spoiled: 3, crcErrors: 1, shortFrames: 1 });
  expect(health().lastFault?.sentence).toContain('encrypts');
  expect(addsUp()).toBe(true);
});

it('is not missed while its line is gone', async () => {
  const { clock, listened, health, hear } = openMeter();
  listened.lineLost('Never opened.');
  expect(health().lineLost).toBe(0);
  listened.lineOpened();
  await hear(1_000, 2);
  listened.lineLost('Unplugged.');
  listened.lineLost('Still.');
  await clock.pass(600_000);
  expect(health()).toMatchObject({ lineLost: 1, timedOut: 0 });
});

it('that sends once in forty seconds is not missed for it', async () => {
  const { listened, health, hear, events } = openMeter();
  listened.lineOpened();
  await hear(40_000, 3);
  const { timedOut } = health();
  await hear(40_000, 5);
  expect(health().timedOut).toBe(timedOut);
  expect(events.slice(2)).toEqual([]);
});

it('that becomes slower is not missed for ever', async () => {
  const { listened, health, hear } = openMeter();
  listened.lineOpened();
  await hear(1_000, 5);
  await hear(10_000, 3);
  const { timedOut } = health();
  await hear(10_000, 5);
  expect(health().timedOut).toBe(timedOut);
});
