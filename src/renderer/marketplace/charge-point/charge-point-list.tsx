/** The list in the start dialog: a listbox driven from the text field above it, as in a palette. */
import { useEffect, useRef } from 'react';
import { formatDistance } from '../../fleet/distance.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import type { ChargePointChoice } from './charge-point-choice.ts';
import { BAY_LOOKS, connectorName, kilowatts } from './charge-point-words.ts';

type ChargePointListProps = {
  readonly id: string;
  readonly choices: readonly ChargePointChoice[];
  readonly chosenKey: string | undefined;
  readonly onChoose: (key: string) => void;
  readonly onStart: (choice: ChargePointChoice) => void;
};

export function optionId(listId: string, key: string): string {
  return `${listId}-${key.replaceAll(/[^\w-]/gu, '_')}`;
}

export function ChargePointList({ id, choices, chosenKey, onChoose, onStart }: ChargePointListProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    root.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenKey]);
  return (
    <div className="charge-points" id={id} ref={root} role="listbox" aria-label="Charge points">
      <div className="charge-point head" aria-hidden="true">
        <span>Charge point</span>
        <span className="number">Away</span>
        <span>Connector</span>
        <span className="number">kW</span>
        <span>Operator</span>
        <span>State</span>
      </div>
      {choices.map((choice) => (
        // The keys of this list are the text field's, which stays focused while they move the choice.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={choice.key}
          id={optionId(id, choice.key)}
          className="charge-point"
          role="option"
          tabIndex={-1}
          aria-selected={choice.key === chosenKey}
          aria-disabled={choice.whyNot !== undefined}
          onClick={() => onChoose(choice.key)}
          onDoubleClick={() => onStart(choice)}
        >
          <ChargePointCells choice={choice} />
        </div>
      ))}
    </div>
  );
}

function ChargePointCells({ choice }: { readonly choice: ChargePointChoice }) {
  const { evse, connector } = choice;
  return (
    <>
      <span className="charge-point-name">
        {evse.label}{' '}
        <small>
          {choice.isOwnBay ? 'your bay · ' : ''}
          {evse.locationName}
        </small>
      </span>
      <span className="number">{choice.distanceM === undefined ? '–' : formatDistance(choice.distanceM)}</span>
      <span>
        {connectorName(connector)} {connector.current}
      </span>
      <span
        className="number"
        title={choice.isUpperBound ? 'Computed from volts and amperes: at most this' : undefined}
      >
        {choice.isUpperBound && <small>at most </small>}
        {kilowatts(choice.powerW)}
      </span>
      <span className="charge-point-operator">{evse.operatorName}</span>
      <span className="charge-point-state">
        {BAY_LOOKS[evse.status].word} <StateAge atMs={evse.statusAtMs} />
      </span>
      {choice.whyNot !== undefined && <span className="why-not">{choice.whyNot}</span>}
    </>
  );
}

function StateAge({ atMs }: { readonly atMs: number }) {
  const now = useNow(1000);
  return <small>for {wholeAge(now - atMs)}</small>;
}
