/** Which charge point of a place is meant while nobody has chosen one, and which of its connectors. */
import type { Connector, Evse } from '../../../shared/domain/marketplace/evse.ts';
import type { ConnectorGroup } from '../../../shared/domain/marketplace/place.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';

type Kind = Pick<ConnectorGroup, 'standard' | 'current' | 'maxPowerW'>;

/** The connector of that kind; without a kind, the first. */
export function connectorOf(evse: Evse, kind: Kind | undefined): Connector | undefined {
  if (kind === undefined) return evse.connectors[0];
  return evse.connectors.find(
    ({ standard, current, maxPowerW }) =>
      standard === kind.standard && current === kind.current && maxPowerW === kind.maxPowerW,
  );
}

/** Charge points of that kind in the order of their labels; removed ones are gone. */
export function evsesOfKind(evses: readonly Evse[], kind: Kind | undefined): readonly Evse[] {
  return evses
    .filter((evse) => evse.status !== 'REMOVED' && connectorOf(evse, kind) !== undefined)
    .toSorted((one, other) => compareKeys(one.label, other.label, false));
}

/** Where the vehicle already is or is expected, else the first that is available, else the first. */
export function evseMeant(evses: readonly Evse[], expectedKeys: readonly (string | undefined)[]): Evse | undefined {
  for (const key of expectedKeys) {
    const evse = evses.find((each) => each.key === key);
    if (evse !== undefined) return evse;
  }
  return evses.find(({ status }) => status === 'AVAILABLE') ?? evses[0];
}
