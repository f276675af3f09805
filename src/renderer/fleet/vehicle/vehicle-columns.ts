/** The vehicle grid's columns: what each shows of a vehicle, how it is painted, and by what it sorts. */
import type { Freshness } from '../../../shared/domain/fleet/freshness.ts';
import type { Depot, Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { nowMs, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { HEADINGS } from '../filter/fleet-filter.ts';
import { drawHeadingShape, HEADING_LOOKS } from '../filter/heading-look.ts';
import { freshnessNow, lateRule } from '../freshness-now.ts';
import { freshnessClass } from '../live-value.tsx';
import { telemetry, type TelemetryRow } from '../telemetry-store.ts';

export const DEFAULT_SORT = 'depot:asc,registration:asc';

export type VehiclePlaces = {
  readonly depotOf: (vehicle: Vehicle) => Depot | undefined;
  /** Where it is plugged in, as far as the marketplace or its own position says. */
  readonly plugOf: (vehicle: Vehicle) => string | undefined;
};

type Seen = {
  readonly report: TelemetryRow | undefined;
  readonly freshness: Freshness;
  readonly ageMs: number;
};

function see(vehicle: Vehicle): Seen {
  const report = telemetry.read(vehicle.number);
  const now = nowMs();
  const freshness = freshnessNow(report?.atMs, now);
  return {
    report,
    freshness,
    ageMs: report === undefined ? Infinity : now - report.atMs,
  };
}

function paintText(cell: HTMLElement, text: string, freshness: Freshness = 'fresh'): void {
  cell.className = `painted-cell text-cell ${freshnessClass(freshness)}`;
  cell.textContent = text;
}

/** A bare number that is dimmed when it is no longer the present. */
function numberColumn(
  head: Pick<GridColumn<Vehicle>, 'id' | 'header' | 'headerTip' | 'width' | 'hiddenBelowPx'>,
  read: (report: TelemetryRow) => number,
): GridColumn<Vehicle> {
  const textOf = ({ report, freshness }: Seen) =>
    report === undefined || freshness === 'never' ? '–' : String(Math.round(read(report)));
  return {
    ...head,
    align: 'end',
    repaints: true,
    isRestless: true,
    sortKey: (vehicle) => {
      const { report, freshness } = see(vehicle);
      return report === undefined || freshness === 'never' ? undefined : read(report);
    },
    look: {
      key: (vehicle) => {
        const seen = see(vehicle);
        return `${textOf(seen)}|${seen.freshness}`;
      },
      paint: (cell, vehicle) => {
        const seen = see(vehicle);
        paintText(cell, textOf(seen), seen.freshness);
      },
    },
  };
}

const activity: GridColumn<Vehicle> = {
  id: 'activity',
  header: 'Activity',
  width: 90,
  repaints: true,
  isRestless: true,
  sortKey: (vehicle) => HEADINGS.indexOf(see(vehicle).report?.activity ?? 'stale'),
  look: {
    key: (vehicle) => {
      const { freshness, report } = see(vehicle);
      return `${freshness}|${report?.activity}`;
    },
    paint: (cell, vehicle) => {
      const { freshness, report } = see(vehicle);
      const word = report === undefined ? 'No report' : HEADING_LOOKS[report.activity].word;
      cell.className = `painted-cell ${freshnessClass(freshness)}`;
      cell.title = freshness !== 'fresh' && report !== undefined ? `Stale: last reported ${report.activity}` : '';
      cell.replaceChildren(drawHeadingShape(report?.activity ?? 'stale'), word);
    },
  },
};

function paintCharge(cell: HTMLElement, vehicle: Vehicle): void {
  const { report, freshness } = see(vehicle);
  if (report === undefined || freshness === 'never') {
    paintText(cell, '–', freshness);
    return;
  }
  cell.className = `painted-cell ${freshnessClass(freshness)}`;
  let fill = cell.querySelector<HTMLElement>('.charge-bar i');
  let number = cell.querySelector<HTMLElement>('.charge-number');
  if (fill === null || number === null) {
    const bar = document.createElement('span');
    bar.className = 'charge-bar';
    fill = bar.appendChild(document.createElement('i'));
    number = document.createElement('span');
    number.className = 'charge-number';
    cell.replaceChildren(bar, number);
  }
  fill.style.width = `${Math.min(100, Math.max(0, report.socPercent))}%`;
  number.textContent = String(Math.round(report.socPercent));
}

const charge: GridColumn<Vehicle> = {
  id: 'charge',
  header: 'Charge, %',
  headerTip: 'State of charge, per cent of usable capacity',
  width: 86,
  repaints: true,
  isRestless: true,
  sortKey: (vehicle) => see(vehicle).report?.socPercent,
  look: {
    key: (vehicle) => {
      const { report, freshness } = see(vehicle);
      return `${report === undefined ? '' : Math.round(report.socPercent)}|${freshness}`;
    },
    paint: paintCharge,
  },
};

function ageText({ report, freshness, ageMs }: Seen): string {
  return report === undefined || freshness === 'never' ? 'never' : wholeAge(ageMs);
}

const age: GridColumn<Vehicle> = {
  id: 'age',
  header: 'Age',
  headerTip: 'Since the vehicle measured its position',
  width: 54,
  align: 'end',
  repaints: true,
  isRestless: true,
  sortKey: (vehicle) => see(vehicle).ageMs,
  look: {
    key: (vehicle) => {
      const seen = see(vehicle);
      return `${ageText(seen)}|${seen.freshness}`;
    },
    paint: (cell, vehicle) => {
      const seen = see(vehicle);
      paintText(cell, ageText(seen), seen.freshness);
      if (seen.freshness === 'fresh') cell.classList.add('quiet');
      cell.title = [seen.freshness === 'fresh' ? '' : 'Stale.', lateRule()].filter(Boolean).join(' ');
    },
  },
};

/** A text that does not follow the telemetry. */
function textColumn(
  head: Pick<GridColumn<Vehicle>, 'id' | 'header' | 'width' | 'flex' | 'minWidth' | 'hiddenBelowPx'>,
  read: (vehicle: Vehicle) => string | undefined,
  repaints: boolean,
  extraClass = '',
): GridColumn<Vehicle> {
  return {
    ...head,
    repaints,
    isRestless: false,
    sortKey: read,
    look: {
      key: (vehicle) => read(vehicle) ?? '',
      paint: (cell, vehicle) => {
        paintText(cell, read(vehicle) ?? '');
        // The column may be too narrow for all of it.
        cell.title = read(vehicle) ?? '';
        if (extraClass !== '') cell.classList.add(extraClass);
      },
    },
  };
}

/** The open vehicle keeps its row when the filter no longer passes it, and the row says why it is there. */
function registrationColumn(isOutside: (vehicle: Vehicle) => boolean): GridColumn<Vehicle> {
  return {
    id: 'registration',
    header: 'Vehicle',
    width: 114,
    repaints: true,
    isRestless: false,
    sortKey: (vehicle) => vehicle.registration,
    look: {
      key: (vehicle) => `${vehicle.registration}|${isOutside(vehicle)}`,
      paint: (cell, vehicle) => {
        paintText(cell, vehicle.registration);
        const outside = isOutside(vehicle);
        cell.classList.toggle('outside-filter', outside);
        cell.title = outside ? 'Outside the filter: listed because it is open' : '';
      },
    },
  };
}

/** `places` is read at every painting: the columns themselves never change. */
export function vehicleColumns(
  places: () => VehiclePlaces,
  isOutside: (vehicle: Vehicle) => boolean,
): readonly GridColumn<Vehicle>[] {
  return [
    registrationColumn(isOutside),
    activity,
    charge,
    numberColumn({ id: 'speed', header: 'km/h', headerTip: 'Speed, km/h', width: 48 }, (report) => report.speedKmh),
    numberColumn(
      { id: 'temperature', header: '°C', headerTip: 'Battery temperature, °C', width: 46, hiddenBelowPx: 620 },
      (report) => report.batteryTempC,
    ),
    age,
    {
      ...textColumn(
        { id: 'place', header: 'Plugged at', width: 90, minWidth: 50, flex: 1 },
        (vehicle) => places().plugOf(vehicle),
        true,
        'quiet',
      ),
      isRestless: true,
    },
    textColumn(
      // Wide enough for a name like Bengaluru North; a list too narrow for it does without.
      { id: 'depot', header: 'Depot', width: 116, minWidth: 60, hiddenBelowPx: 560 },
      (vehicle) => places().depotOf(vehicle)?.name ?? vehicle.depotId,
      true,
      'quiet',
    ),
  ];
}
