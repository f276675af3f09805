/**
 * The balance of a depot as a window asks for it: intervals and sessions in a real store, the answer through the registry, and
 * what the last day's findings become in the alarm list.
 */
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AlarmCondition } from '../../../src/shared/domain/alarm/alarm.ts';
import type { BalanceMeter, BilledEnergy, DepotBalance } from '../../../src/shared/domain/metering/balance/balance.ts';
import type { Session } from '../../../src/shared/domain/marketplace/session.ts';
import { INTERVAL_MS } from '../../../src/shared/domain/metering/interval.ts';
import { energyWh } from '../../../src/shared/kernel/quantity.ts';
import { openStore } from '../../../src/main/database/open-store.ts';
import { createFeedHub } from '../../../src/main/feed/feed-hub.ts';
import { createAnswers } from '../../../src/main/ipc/answers.ts';
import { readBilledEnergy } from '../../../src/main/marketplace/sessions/billed-energy.ts';
import { putSession } from '../../../src/main/marketplace/sessions/session-table.ts';
import { LOOK_EVERY_MS } from '../../../src/main/metering/balance/start-balance.ts';
import { putIntervals } from '../../../src/main/metering/intervals/interval-table.ts';
import { numberOfMeter } from '../../../src/main/metering/meters/meter-table.ts';
import { startMetering } from '../../../src/main/metering/start-metering.ts';
import { billMonth } from '../../support/balance-month/bill-sessions.ts';
import { simulateDepot } from '../../support/balance-month/depot-power.ts';
import { MONTH_BEGINS_MS, readMonth, type MonthFaults } from '../../support/balance-month/read-meters.ts';
import { printFigures } from '../../support/print-figures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY_MS = 86_400_000;
const SEED = 11;
const month = simulateDepot(SEED);
const billed = billMonth(month, SEED);

/** A console with these meters declared on one line, which is not opened, and their intervals stored. */
function openConsole(
  meters: readonly BalanceMeter[],
  pieces: readonly BilledEnergy[],
  nowMs = MONTH_BEGINS_MS + 40 * DAY_MS,
) {
  const store = openStore({ path: path.join(temporaryFolder(), 'console.sqlite') });
  const feeds = createFeedHub();
  const answers = createAnswers((line, detail) => {
    throw new Error(line, { cause: detail });
  });
  const said = new Map<string, readonly AlarmCondition[]>();
  const metering = startMetering({
    store,
    feeds,
    answers,
    clock: { nowMs: () => nowMs },
    log: () => {},
    alarms: { register: () => {}, say: (rule, conditions) => said.set(rule, conditions) },
    openSource: () => () => Promise.reject(new Error('Nobody opens a line here.')),
  });
  onTestFinished(() => {
    metering.stop();
    feeds.stop();
    store.close();
  });
  metering.billedBy((keys, fromMs, toMs) => ({
    energies: readBilledEnergy(store, keys, fromMs, toMs),
    knownFromMs: 0,
    knownToMs: Infinity,
  }));
  const declared = metering.declareLines('operator', [
    {
      id: 'LINE-1',
      origin: 'operator',
      protocol: 'modbus-rtu',
      name: 'Depot line',
      depotId: 'DEPOT-1',
      address: { kind: 'device-server', host: '127.0.0.1', port: 4001 },
      settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      meters: meters.map(({ id, name, role, parentId, evseKey, accuracyClass }, index) => ({
        id,
        name,
        role,
        parentId,
        evseKey,
        accuracyClass,
        depotId: 'DEPOT-1',
        lineId: 'LINE-1',
        unitAddress: index + 1,
        profile: 'eastron-sdm630',
        ratedCurrentA: 400,
        ctRatio: 1,
      })),
    },
  ]);
  if (!declared.ok) throw new Error(declared.message);
  store.write((tx) => {
    for (const { id, intervals } of meters) putIntervals(tx, numberOfMeter(tx, id) ?? 0, intervals);
    for (const piece of pieces) putSession(tx, sessionOf(piece));
  });
  const ask = async (fromMs: number, toMs: number) =>
    answers.runQuery('metering/balance', { depotId: 'DEPOT-1', fromMs, toMs });
  return {
    metering,
    said,
    ask,
    balance: async (fromMs: number, toMs: number): Promise<DepotBalance> => {
      const answer = await ask(fromMs, toMs);
      if ('error' in answer) throw new Error(answer.error.message);
      return answer.value as DepotBalance;
    },
  };
}

function sessionOf({ sessionId, evseKey, beginMs, endMs, energyWh: wh }: BilledEnergy): Session {
  return {
    id: sessionId,
    status: 'COMPLETED',
    startAtMs: beginMs,
    endAtMs: endMs,
    energyWh: wh,
    evseKey,
    connectorId: '1',
    vehicleId: undefined,
    authorizationReference: undefined,
    totalCost: undefined,
    currency: 'EUR',
    updatedAtMs: endMs,
  };
}

function metersWith(faults: MonthFaults): BalanceMeter[] {
  return readMonth(month, SEED, faults);
}

describe('the balance of a depot, asked for by a window', () => {
  it('adds up over a month in which nothing is wrong', async () => {
    const { balance } = openConsole(metersWith({}), billed);
    const { nodes, findings, meters, billedWh, treeFaults } = await balance(
      MONTH_BEGINS_MS,
      MONTH_BEGINS_MS + 30 * DAY_MS,
    );
    expect(nodes.map(({ meterId }) => meterId)).toEqual(['incomer', 'yard-1', 'yard-2']);
    expect(nodes.map(({ whole }) => whole.verdict)).not.toContain('alarm');
    expect(meters.every(({ missingIntervals }) => missingIntervals === 0)).toBe(true);
    expect(billedWh).toBeCloseTo(
      billed.reduce((sumWh, piece) => sumWh + piece.energyWh, 0),
      -2,
    );
    expect([findings, treeFaults]).toEqual([[], []]);
  });

  it('names a meter that stopped, a session that nobody billed and one that was billed twice', async () => {
    const [gone, twice] = billed.filter(
      ({ energyWh: wh, beginMs }) => wh > 60_000 && beginMs > MONTH_BEGINS_MS + 20 * DAY_MS,
    );
    if (gone === undefined || twice === undefined) throw new Error('The month has no such sessions.');
    const pieces = [...billed.filter((piece) => piece !== gone), { ...twice, sessionId: 'AGAIN' }];
    const fromS = 10 * 86_400 + 18.5 * 3600;
    const meters = metersWith({ meters: { 'yard-1': { episodes: [{ fromS, toS: fromS + 6 * 3600, factor: 0 }] } } });
    const { findings } = await openConsole(meters, pieces).balance(MONTH_BEGINS_MS, MONTH_BEGINS_MS + 30 * DAY_MS);
    expect(new Set(findings.map(({ kind, meterId }) => `${kind} ${meterId}`))).toEqual(
      new Set([
        'failing-meter yard-1',
        `unbilled-charging ${gone.evseKey.slice(6).toLowerCase()}`,
        `double-billed ${twice.evseKey.slice(6).toLowerCase()}`,
      ]),
    );
  });

  it('says of quarter hours that are not stored that they are not known', async () => {
    const { nodes, findings, meters } = await openConsole(metersWith({}), billed).balance(
      MONTH_BEGINS_MS + 29 * DAY_MS,
      MONTH_BEGINS_MS + 31 * DAY_MS,
    );
    expect(nodes[0]?.rows.slice(96).every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(nodes[0]?.whole.reason).toContain('96 of 192 quarter hours are left out');
    expect(meters[0]?.missingIntervals).toBe(96);
    expect(findings).toEqual([]);
  });

  it('ends with the last quarter hour that is over', async () => {
    const nowMs = MONTH_BEGINS_MS + DAY_MS + INTERVAL_MS / 2;
    const { balance } = openConsole(metersWith({}), billed, nowMs);
    const { nodes, toMs, meters } = await balance(MONTH_BEGINS_MS, MONTH_BEGINS_MS + 2 * DAY_MS);
    expect(toMs).toBe(MONTH_BEGINS_MS + DAY_MS);
    expect([nodes[0]?.rows.length, meters[0]?.missingIntervals]).toEqual([96, 0]);
    const ahead = await balance(MONTH_BEGINS_MS + 2 * DAY_MS, MONTH_BEGINS_MS + 3 * DAY_MS);
    expect(ahead.nodes.map(({ rows, whole }) => [rows.length, whole.verdict])).toEqual([
      [0, 'unknown'],
      [0, 'unknown'],
      [0, 'unknown'],
    ]);
  });

  it('refuses more than 40 days and a range that ends before it begins', async () => {
    const { ask } = openConsole([], []);
    expect(await ask(0, 41 * DAY_MS)).toHaveProperty('error.message', expect.stringContaining('40 days'));
    expect(await ask(10, 10)).toHaveProperty('error.message', expect.stringContaining('ends before it begins'));
    expect(await ask(0, DAY_MS)).toHaveProperty('value.nodes', []);
  });

  it('answers for 40 meters and 31 days at once', async () => {
    const slots = 31 * 96;
    const chargers = Array.from({ length: 34 }, (_, index) => `charger-${index}`);
    const wave = (index: number, slot: number) => (Math.sin(slot / (3 + index)) > 0.4 ? 4000 + 10 * index : 2);
    const feederOf = (index: number) => `feeder-${index % 5}`;
    const sum = (ids: readonly number[], slot: number) => ids.reduce((wh, index) => wh + wave(index, slot), 0);
    const meter = (id: string, parentId: string | undefined, whAt: (slot: number) => number): BalanceMeter => ({
      id,
      name: id,
      role: parentId === undefined ? 'incomer' : id.startsWith('charger') ? 'charger' : 'feeder',
      parentId,
      evseKey: id.startsWith('charger') ? `LOC-1/${id}` : undefined,
      accuracyClass: 'B',
      resolutionWh: 10,
      ratedPowerW: 276_000,
      intervals: Array.from({ length: slots }, (_, slot) => ({
        beginMs: MONTH_BEGINS_MS + slot * INTERVAL_MS,
        // In the register's steps.
        importWh: energyWh(Math.round(whAt(slot) / 10) * 10),
        exportWh: undefined,
        basis: 'measured',
        bracketMs: 10_000,
      })),
    });
    const all = chargers.map((_, index) => index);
    const { balance } = openConsole(
      [
        meter('incomer', undefined, (slot) => sum(all, slot) * 1.0201),
        ...[0, 1, 2, 3, 4].map((place) =>
          meter(
            `feeder-${place}`,
            'incomer',
            (slot) =>
              sum(
                all.filter((index) => index % 5 === place),
                slot,
              ) * 1.01,
          ),
        ),
        ...chargers.map((id, index) => meter(id, feederOf(index), (slot) => wave(index, slot))),
      ],
      [],
    );
    const range = [MONTH_BEGINS_MS, MONTH_BEGINS_MS + 31 * DAY_MS] as const;
    await balance(...range);
    const tookMs: number[] = [];
    const computedMs: number[] = [];
    for (let run = 0; run < 5; run++) {
      const beganMs = performance.now();
      const used = process.cpuUsage();
      const { nodes } = await balance(...range);
      tookMs.push(performance.now() - beganMs);
      computedMs.push(process.cpuUsage(used).user / 1000);
      expect(nodes).toHaveLength(6);
    }
    printFigures('balance of 40 meters x 31 days', {
      tookMs: tookMs.map(Math.round),
      computedMs: computedMs.map(Math.round),
    });
    // Of the processor: other tests run beside this one.
    expect(Math.min(...computedMs)).toBeLessThan(300);
  });
});

describe('the balance of the last day', () => {
  it('becomes alarms once its quarter hour has settled, and none where nothing is wrong', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const nowMs = MONTH_BEGINS_MS + 20 * DAY_MS + 61_000;
    const yard = { episodes: [{ fromS: 19 * 86_400 + 18.5 * 3600, toS: 20 * 86_400, factor: 0 }] };
    const broken = openConsole(metersWith({ meters: { 'yard-1': yard } }), billed, nowMs);
    const sound = openConsole(metersWith({}), billed, nowMs);
    for (const { metering } of [broken, sound]) metering.start();
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    expect(sound.said.get('energy-balance')).toEqual([]);
    expect(sound.said.get('energy-balance-warning')).toEqual([]);
    expect(broken.said.get('energy-balance')).toMatchObject([
      {
        rule: 'energy-balance',
        subject: 'yard-1',
        subjectName: 'yard 1',
        depotId: 'DEPOT-1',
        link: '/balance?depot=DEPOT-1',
      },
    ]);
    expect(broken.said.get('energy-balance')?.[0]?.sentence).toMatch(/^yard 1 stood still while about .* kWh flowed/u);
  });
});
