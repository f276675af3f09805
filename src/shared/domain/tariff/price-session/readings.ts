/**
 * The points at which OCPI can be read in more than one way, or at which operators are known to depart from it. The first value of each
 * is how the console reads the standard; the others exist so that an operator's figure can be explained by name.
 */
export type Readings = {
  /** Where a restriction begins or ends within a period: what holds at its begin holds for all of it, or the period is cut there. */
  readonly boundary: 'at-begin' | 'cut';
  /** How a step size rounds: once a session (10.3.1), each kind of time for itself, each period for itself, or not at all. */
  readonly step: 'session' | 'each-kind' | 'each-period' | 'never';
  /** What the steps count: all that was used in the session, or only what has a price. */
  readonly stepBase: 'used' | 'priced';
  /** Which clock judges restrictions: the location's; in the hour that summer time repeats, the one before or after the change; UTC. */
  readonly clock: 'local' | 'before-change' | 'after-change' | 'utc';
  /** How long a period lasted: by its instants where its stated hours agree with them, always by its instants, or always as stated. */
  readonly time: 'agreed' | 'instants' | 'volumes';
  /** Time that no period states though the tariff prices it: taken from the instants, or free. */
  readonly missingTime: 'instants' | 'free';
  /** A restriction by a current or power that the record does not tell: taken not to hold, or to hold. */
  readonly unknownFact: 'fails' | 'holds';
  /** A reservation that no charging followed: it ran out, or it was given back in time. */
  readonly unusedReservation: 'expired' | 'cancelled';
};

export const STANDARD_READINGS: Readings = {
  boundary: 'at-begin',
  step: 'session',
  stepBase: 'used',
  clock: 'local',
  time: 'agreed',
  missingTime: 'instants',
  unknownFact: 'fails',
  unusedReservation: 'expired',
};
