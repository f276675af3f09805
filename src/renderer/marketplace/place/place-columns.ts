/** The columns of the list of places: what each shows, how it is painted, and by what it sorts. */
import type { PlaceAssessment } from '../../../shared/domain/marketplace/place.ts';
import { nowMs, wholeAge } from '../../instruments/clock/profile-clock.ts';
import type { SortKey } from '../../instruments/grid/frozen-order.ts';
import type { GridColumn } from '../../instruments/grid/grid-column.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { decimalWords, moneyWords } from '../../tariff/money-text.ts';
import { kilowatts } from '../charge-point/charge-point-words.ts';
import {
  accessLook,
  duration,
  groupName,
  partyWord,
  percentWords,
  strongestGroup,
  WAY_RULE,
  wayWords,
} from './place-words.ts';
import { availabilityOf, isPartyAway, type PlaceRow } from './place-row.ts';

/** For one vehicle the price comes first; without one there is only the name. */
export const SORT_FOR_VEHICLE = 'price:asc,way:asc';
export const SORT_OF_ALL = 'place:asc';

type Column = GridColumn<PlaceRow>;
type Head = Pick<Column, 'id' | 'header' | 'width'> & Partial<Column>;
type Painted = { readonly text: string; readonly tip?: string | undefined; readonly className?: string };

function column(
  head: Head,
  paint: (row: PlaceRow) => Painted,
  sortKey: (row: PlaceRow) => SortKey | undefined,
): Column {
  return {
    repaints: false,
    isRestless: false,
    sortKey,
    look: {
      key: (row) => {
        const { text, className, tip } = paint(row);
        return `${text}|${className ?? ''}|${tip ?? ''}`;
      },
      paint: (cell, row) => {
        const { text, tip, className } = paint(row);
        cell.className = `painted-cell text-cell ${className ?? ''}`;
        cell.textContent = text;
        cell.title = tip ?? '';
      },
    },
    ...head,
  };
}

/** What is known of a place for the vehicle; a bare dash while nobody is chosen. */
function assessed(
  head: Head,
  paint: (known: PlaceAssessment, row: PlaceRow) => Painted,
  sortKey: Column['sortKey'],
): Column {
  return column(
    { isRestless: true, align: 'end', ...head },
    (row) =>
      row.assessment === undefined
        ? { text: '–', className: 'quiet', tip: 'Choose a vehicle: this is worked out for it' }
        : paint(row.assessment, row),
    sortKey,
  );
}

function isOutOfQuestion({ assessment }: PlaceRow): boolean {
  return assessment !== undefined && assessment.groupKey === undefined;
}

/** @param isLinkLive read at each painting: words over a link that is down are those of before */
export function placeColumns(isLinkLive: () => boolean): readonly Column[] {
  return [
    column(
      { id: 'place', header: 'Place', width: 200, minWidth: 130, flex: 3 },
      (row) => ({
        text: row.place.name,
        tip: `${row.place.name}, ${row.place.address}`,
        className: isOutOfQuestion(row) ? 'quiet' : '',
      }),
      ({ place }) => place.name,
    ),
    column(
      { id: 'operator', header: 'Operator', width: 126, minWidth: 104, flex: 2, hiddenBelowPx: 700 },
      (row) => {
        const { place, party } = row;
        if (party === undefined || !isPartyAway(row)) return { text: place.operatorName, className: 'quiet' };
        const text = `${place.operatorName} · ${partyWord(party)}`;
        return { text, tip: `${text}. It cannot be asked now.`, className: 'away' };
      },
      ({ place }) => place.operatorName,
    ),
    column(
      {
        id: 'free',
        header: 'Free',
        headerTip: 'Free charge points of all, of the kind chosen for the vehicle; and how old the word of it is',
        width: 104,
        repaints: true,
        isRestless: true,
      },
      (row) => paintFree(row, isLinkLive()),
      (row) => -availabilityOf(row).free,
    ),
    column(
      {
        id: 'power',
        header: 'kW',
        headerTip: 'At most, for this vehicle; without one, what the place has',
        width: 50,
        align: 'end',
      },
      ({ place, group, assessment }) => {
        const shown = group ?? strongestGroup(place);
        const watts = assessment === undefined || group === undefined ? shown?.maxPowerW : assessment.powerW;
        return { text: watts === undefined ? '–' : kilowatts(watts), tip: shown === undefined ? '' : groupName(shown) };
      },
      ({ place, group, assessment }) =>
        negated(assessment !== undefined && group !== undefined ? assessment.powerW : strongestGroup(place)?.maxPowerW),
    ),
    assessed(
      {
        id: 'price',
        header: 'Price',
        headerTip:
          'Of this need under this vehicle’s contract, with tax where a tax is stated. Open the place to see how it comes about',
        width: 100,
      },
      (known) => paintPrice(known),
      ({ assessment }) =>
        isWithinReach(assessment) ? toNumber(assessment?.grossPrice ?? assessment?.netPrice) : undefined,
    ),
    assessed(
      {
        id: 'perKwh',
        header: 'A kWh',
        headerTip: 'The whole net price by the kWh, for comparing',
        width: 78,
        hiddenBelowPx: 960,
      },
      ({ netPerKwh }) => ({
        text: netPerKwh === undefined ? '–' : decimalWords(netPerKwh, { fewest: 4, most: 4 }),
        className: 'quiet',
      }),
      ({ assessment }) => toNumber(assessment?.netPerKwh),
    ),
    assessed(
      { id: 'way', header: 'Way', headerTip: WAY_RULE, width: 132 },
      (known) => ({ text: wayWords(known), tip: WAY_RULE }),
      ({ assessment }) => assessment?.awayM,
    ),
    assessed(
      { id: 'arrival', header: 'Arrives', headerTip: 'Charge on arrival, per cent of the battery', width: 62 },
      ({ arrivalSocPercent }) =>
        arrivalSocPercent === undefined
          ? { text: '–', tip: 'Not known: the vehicle’s charge or consumption is not.', className: 'quiet' }
          : arrivalSocPercent <= 0
            ? { text: 'no', tip: 'It cannot get there with what it has.', className: 'against' }
            : { text: percentWords(arrivalSocPercent) },
      ({ assessment }) => negated(assessment?.arrivalSocPercent),
    ),
    assessed(
      {
        id: 'time',
        header: 'Charges',
        headerTip: 'How long the need takes at that power',
        width: 82,
        hiddenBelowPx: 880,
      },
      (known, row) => ({ text: row.group === undefined ? '–' : duration(known.chargeS) }),
      ({ assessment, group }) => (group === undefined ? undefined : assessment?.chargeS),
    ),
    assessed(
      {
        id: 'access',
        header: 'Access',
        headerTip: 'Whether the vehicle’s size and type fit',
        width: 84,
        align: undefined,
      },
      (known) => {
        const look = accessLook(known.access);
        if (known.groupKey === undefined && !look.isAgainst)
          return { text: 'no plug', tip: known.refusal, className: 'against' };
        return {
          text: look.word,
          tip: known.refusal ?? look.sentence,
          className: look.isAgainst ? 'against' : 'quiet',
        };
      },
      ({ assessment }) => (assessment === undefined ? undefined : accessLook(assessment.access).word),
    ),
  ].map(withoutAbsentAlign);
}

function withoutAbsentAlign({
  align,
  ...rest
}: Omit<Column, 'align'> & { readonly align?: 'end' | undefined }): Column {
  return align === undefined ? rest : { ...rest, align };
}

function paintFree(row: PlaceRow, isLinkLive: boolean): Painted {
  const { free, total, unknown } = availabilityOf(row);
  const age = wholeAge(nowMs() - row.place.newestStatusAtMs);
  const isOld = isPartyAway(row) || !isLinkLive;
  const tips = [
    `Last heard ${age} ago; the oldest word on any of them is ${wholeAge(nowMs() - row.place.oldestStatusAtMs)} old.`,
    unknown > 0 ? `Of ${grouped(unknown)} the state is not known.` : '',
    isOld ? 'Nobody can be asked now, so this is what was known last.' : '',
  ];
  return {
    text: `${free} of ${total} · ${age}`,
    tip: tips.filter(Boolean).join(' '),
    className: isOld ? 'stale' : free === 0 ? 'quiet' : '',
  };
}

function paintPrice({ grossPrice, netPrice, currency, priceNote }: PlaceAssessment): Painted {
  const shown = grossPrice ?? netPrice;
  if (shown === undefined || currency === undefined)
    return { text: '–', tip: priceNote ?? 'No tariff is known.', className: 'quiet' };
  const side = grossPrice === undefined ? 'Net: no tax is stated.' : 'With tax.';
  return {
    text: `${moneyWords(shown, currency)} ${currency}`,
    tip: [side, priceNote ?? ''].filter(Boolean).join(' '),
  };
}

/** What the vehicle cannot get to is not cheap, whatever it costs: it stands behind all others. */
function isWithinReach(assessment: PlaceAssessment | undefined): boolean {
  return (assessment?.arrivalSocPercent ?? 1) > 0;
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function negated(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
