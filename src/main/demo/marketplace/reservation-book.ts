/** Which charge points are held for whom. Invariant: a charge point is held for one vehicle at a time, and no longer than was asked for. */
export type DemoReservation = {
  /** As the console names it. */
  readonly id: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly fromMs: number;
  readonly untilMs: number;
};

export type ReservationBook = {
  readonly add: (reservation: DemoReservation) => void;
  readonly end: (id: string) => void;
  readonly find: (id: string) => DemoReservation | undefined;
  readonly at: (evse: number, atMs: number) => DemoReservation | undefined;
};

export function createReservationBook(): ReservationBook {
  const byId = new Map<string, DemoReservation>();
  const byEvse = new Map<number, DemoReservation>();
  const end = (id: string): void => {
    const known = byId.get(id.toLowerCase());
    if (!known) return;
    byId.delete(id.toLowerCase());
    if (byEvse.get(known.evse) === known) byEvse.delete(known.evse);
  };
  return {
    add: (reservation) => {
      end(reservation.id);
      byId.set(reservation.id.toLowerCase(), reservation);
      byEvse.set(reservation.evse, reservation);
    },
    end,
    find: (id) => byId.get(id.toLowerCase()),
    at: (evse, atMs) => {
      const held = byEvse.get(evse);
      return held && held.fromMs <= atMs && atMs < held.untilMs ? held : undefined;
    },
  };
}
