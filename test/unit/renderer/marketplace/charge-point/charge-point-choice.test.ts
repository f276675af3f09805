import { expect, test } from 'vitest';
import { listChargePoints } from '../../../../../src/renderer/marketplace/charge-point/charge-point-choice.ts';
import type { Vehicle } from '../../../../../src/shared/domain/fleet/vehicle.ts';
import type { Evse, EvseStatus } from '../../../../../src/shared/domain/marketplace/evse.ts';
import { energyWh, powerW } from '../../../../../src/shared/kernel/quantity.ts';

const vehicle: Vehicle = {
  id: 'v1',
  number: 1,
  registration: 'KA-1',
  model: 'eBus',
  depotId: 'blr',
  usableCapacityWh: energyWh(350_000),
  maxAcW: powerW(0),
  maxDcW: powerW(150_000),
};

function evse(
  uid: string,
  longitude: number,
  status: EvseStatus = 'AVAILABLE',
  current: 'AC' | 'DC' = 'DC',
  stated = true,
): Evse {
  return {
    key: `L/${uid}`,
    uid,
    evseId: undefined,
    label: `Bay ${uid}`,
    locationId: 'L',
    locationName: 'Hebbal',
    operatorName: 'Kaveri',
    timeZone: 'Asia/Kolkata',
    latitude: 13,
    longitude,
    status,
    statusAtMs: 1,
    connectors: [
      { id: '1', standard: 'IEC_62196_T2_COMBO', current, maxPowerW: powerW(120_000), maxPowerStated: stated },
    ],
  };
}

const facts = {
  vehicle,
  position: { latitude: 13, longitude: 77 },
  isPlugged: false,
  sessions: [],
  commands: [],
  text: '',
};

test('nearest first, and those that cannot be started last, saying why', () => {
  const evses = [
    evse('far', 77.2),
    evse('near', 77.01),
    evse('busy', 77, 'CHARGING'),
    evse('ac', 77, 'AVAILABLE', 'AC'),
  ];
  const choices = listChargePoints({ ...facts, evses });
  expect(choices.map(({ evse: { uid } }) => uid)).toEqual(['near', 'far', 'busy', 'ac']);
  expect(choices[3]?.whyNot).toBe('This vehicle does not take AC.');
  expect(choices[2]?.whyNot).toMatch(/^Bay busy is charging/u);
});

test('power is what both can do, and “at most” only where the charge point’s own figure decides', () => {
  const [choice] = listChargePoints({ ...facts, evses: [evse('a', 77, 'AVAILABLE', 'DC', false)] });
  expect(choice).toMatchObject({ powerW: 120_000, isUpperBound: true });
  const slow = { ...vehicle, maxDcW: powerW(50_000) };
  expect(
    listChargePoints({ ...facts, vehicle: slow, evses: [evse('a', 77, 'AVAILABLE', 'DC', false)] })[0],
  ).toMatchObject({
    powerW: 50_000,
    isUpperBound: false,
  });
});

test('text narrows by name, place, operator and connector; a removed one is not there', () => {
  const evses = [evse('a', 77), evse('gone', 77, 'REMOVED')];
  expect(listChargePoints({ ...facts, evses, text: 'kaveri ccs2' })).toHaveLength(1);
  expect(listChargePoints({ ...facts, evses, text: 'type' })).toHaveLength(0);
});

test('where a vehicle is plugged in comes first and says so; of equally near ones the stronger leads', () => {
  const strong = evse('strong', 77.00003);
  const weak: Evse = {
    ...strong,
    key: 'L/weak',
    uid: 'weak',
    label: 'Bay a',
    connectors: strong.connectors.map((connector) => ({ ...connector, maxPowerW: powerW(22_000) })),
  };
  const far = evse('own', 77.0002);
  const evses = [weak, strong, far];
  expect(listChargePoints({ ...facts, evses }).map(({ evse: { uid } }) => uid)).toEqual(['strong', 'weak', 'own']);
  const position = { latitude: 13, longitude: 77.0002 };
  const plugged = listChargePoints({ ...facts, position, isPlugged: true, evses });
  expect(plugged.map(({ isOwnBay }) => isOwnBay)).toEqual([true, false, false]);
  expect(plugged[0]?.evse.uid).toBe('own');
});
