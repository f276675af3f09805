/** Schema 2: lines, meters, their series and readings, and what happened to them. */
import type { Migration } from '../migration.ts';

export const firstMeter: Migration = {
  version: 2,
  name: 'first-meter',
  sql: `
    -- As it was declared last. What is no longer declared stays, withdrawn, because readings refer to it.
    CREATE TABLE meter_line (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      depot_id TEXT NOT NULL,
      address TEXT NOT NULL,
      baud_rate INTEGER NOT NULL,
      data_bits INTEGER NOT NULL,
      parity TEXT NOT NULL,
      stop_bits INTEGER NOT NULL,
      position INTEGER NOT NULL,
      withdrawn_at_ms INTEGER
    ) STRICT;
    CREATE TABLE meter (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      depot_id TEXT NOT NULL,
      line_id TEXT NOT NULL,
      unit_address INTEGER NOT NULL,
      profile TEXT NOT NULL,
      rated_current_a REAL,
      position INTEGER NOT NULL,
      withdrawn_at_ms INTEGER
    ) STRICT;

    -- Registers count on from one reading to the next within a series only: another instrument, another profile or a
    -- register that began again starts the next.
    CREATE TABLE meter_series (
      id INTEGER PRIMARY KEY,
      meter_number INTEGER NOT NULL,
      serial_number TEXT,
      profile TEXT NOT NULL,
      cause TEXT NOT NULL,
      began_at_ms INTEGER NOT NULL
    ) STRICT;

    -- Clustered by meter and time: a range of one meter is a range of pages. Monotonic instants count within one opening.
    CREATE TABLE meter_reading (
      meter_number INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      wall_at_ms INTEGER NOT NULL,
      monotonic_ms REAL NOT NULL,
      opening INTEGER NOT NULL,
      -- The series it continues; of a refused reading, the one it was measured against.
      series_id INTEGER,
      serial_number TEXT,
      quality TEXT NOT NULL,
      refused_code TEXT,
      registers BLOB NOT NULL,
      PRIMARY KEY (meter_number, at_ms)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE meter_latest (
      meter_number INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      wall_at_ms INTEGER NOT NULL,
      monotonic_ms REAL NOT NULL,
      opening INTEGER NOT NULL,
      series_id INTEGER NOT NULL,
      serial_number TEXT,
      quality TEXT NOT NULL,
      registers BLOB NOT NULL,
      -- Whether it stands in meter_reading too.
      in_history INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE meter_event (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      line_id TEXT NOT NULL,
      meter_id TEXT,
      kind TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX meter_event_of_line ON meter_event (line_id, id);
  `,
};
