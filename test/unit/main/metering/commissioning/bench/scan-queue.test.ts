/** What a scan has still to try. */
import { describe, expect, it } from 'vitest';
import { describeStep, planScan } from '../../../../../../src/main/metering/commissioning/bench/plan-scan.ts';
import { queueScan, type ScanQueue } from '../../../../../../src/main/metering/commissioning/bench/scan-queue.ts';

function aQueue(to = 3): ScanQueue {
  const settings = [9600, 19_200].map((baudRate) => ({ baudRate, dataBits: 8, parity: 'none', stopBits: 1 }) as const);
  return queueScan(planScan({ settings, protocols: ['modbus-rtu'], unitAddresses: { from: 1, to } }));
}

function takeStep(queue: ScanQueue, outcome: { found?: boolean; garbage?: boolean } = {}): string {
  const queued = queue.next();
  if (queued === undefined) return 'nothing';
  queue.begin(queued);
  queue.tried(queued, { found: false, garbage: false, ...outcome });
  return `${describeStep(queued.step)}${queued.isRepeated ? ', again' : ''}`;
}

describe('the queue of a scan', () => {
  it('keeps a step that was cut off', () => {
    const queue = aQueue();
    const first = queue.next();
    if (first !== undefined) queue.begin(first);
    expect(queue.next()).toEqual(first);
    expect(queue.left()).toBe(6);
  });

  it('asks whoever answered late once more, under the same settings, and only once', () => {
    const queue = aQueue();
    takeStep(queue);
    queue.answeredLate(1);
    queue.answeredLate(1);
    expect(queue.left()).toBe(6);
    expect(takeStep(queue)).toBe('9600 8N1, address 1, again');
    queue.answeredLate(1);
    expect(takeStep(queue)).toBe('9600 8N1, address 2');
  });

  it('asks again where an answer was damaged, and says at which settings that was', () => {
    const queue = aQueue();
    takeStep(queue, { garbage: true });
    expect(takeStep(queue, { garbage: true })).toBe('9600 8N1, address 1, again');
    expect(takeStep(queue)).toBe('9600 8N1, address 2');
    expect(queue.garbageAt()).toEqual(['9600 8N1']);
  });

  it('leaves time for a late answer before other settings and at the end, not in between', () => {
    const queue = aQueue();
    const waits = ['nothing asked yet', '1', '2', '3', '1', '2', '3'].map(() => {
      const wait = queue.mayHearLate();
      takeStep(queue);
      return wait;
    });
    expect(waits).toEqual([false, false, false, true, false, false, true]);
  });

  it('drops the other settings once something answered', () => {
    const queue = aQueue();
    takeStep(queue);
    takeStep(queue, { found: true });
    expect([takeStep(queue), takeStep(queue)]).toEqual(['9600 8N1, address 3', 'nothing']);
    expect(queue.costMs()).toEqual({ done: 3 * 670, left: 0 });
  });
});
