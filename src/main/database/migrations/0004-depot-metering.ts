/** Schema 4: meters in the depot's tree, lines that operators set up, energy by the quarter hour, alarms. */
import type { Migration } from '../migration.ts';

export const depotMetering: Migration = {
  version: 4,
  name: 'depot-metering',
  sql: `
    -- Who declared it: the demo declares its own lines anew at each start and never touches those of operators.
    ALTER TABLE meter_line ADD COLUMN origin TEXT NOT NULL DEFAULT 'demo';
    ALTER TABLE meter_line ADD COLUMN protocol TEXT NOT NULL DEFAULT 'modbus-rtu';
    -- A unit address of 0 is none: the meter is alone on its line.
    ALTER TABLE meter ADD COLUMN parent_id TEXT;
    ALTER TABLE meter ADD COLUMN evse_key TEXT;
    ALTER TABLE meter ADD COLUMN accuracy_class TEXT;
    ALTER TABLE meter ADD COLUMN ct_ratio REAL NOT NULL DEFAULT 1;
    -- Registers are read with the ratio that stood when they came.
    ALTER TABLE meter_series ADD COLUMN ct_ratio REAL NOT NULL DEFAULT 1;

    -- The next reading of this meter begins a series because an operator said so.
    CREATE TABLE meter_series_request (
      meter_number INTEGER PRIMARY KEY,
      command_id TEXT NOT NULL,
      operator TEXT NOT NULL,
      reason TEXT NOT NULL,
      asked_at_ms INTEGER NOT NULL
    ) STRICT;

    -- Energies in thousandths of a watt-hour, so that intervals add up to their registers exactly. Clustered by meter and
    -- time: a year of one meter is 35 040 neighbouring rows.
    CREATE TABLE meter_interval (
      meter_number INTEGER NOT NULL,
      begin_ms INTEGER NOT NULL,
      import_mwh INTEGER,
      export_mwh INTEGER,
      -- A code, since this column stands in 35 million rows a year: 0 measured, 1 spread, 2 partial, 3 imported.
      basis INTEGER NOT NULL,
      bracket_ms INTEGER NOT NULL,
      -- The file it came from, of an imported one.
      import_id INTEGER,
      PRIMARY KEY (meter_number, begin_ms)
    ) STRICT, WITHOUT ROWID;
    -- Where deriving stands with each meter: the quarter hour it is in and the reading it counted last. It changes in the
    -- transaction that stores the readings, so that none is counted twice or left out after a crash.
    CREATE TABLE meter_open_interval (
      meter_number INTEGER PRIMARY KEY,
      begin_ms INTEGER NOT NULL,
      import_mwh INTEGER NOT NULL,
      export_mwh INTEGER,
      basis INTEGER NOT NULL,
      bracket_ms INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      import_register_mwh INTEGER NOT NULL,
      export_register_mwh INTEGER,
      series_id INTEGER NOT NULL
    ) STRICT;

    -- Days of the depot's zone, summed when they are over, so that a year of a thousand meters is read in days. A day is
    -- summed anew when an interval of it changes.
    CREATE TABLE meter_day (
      meter_number INTEGER NOT NULL,
      begin_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      import_mwh INTEGER,
      export_mwh INTEGER,
      measured INTEGER NOT NULL,
      spread INTEGER NOT NULL,
      partial INTEGER NOT NULL,
      imported INTEGER NOT NULL,
      missing INTEGER NOT NULL,
      PRIMARY KEY (meter_number, begin_ms)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE interval_import (
      id INTEGER PRIMARY KEY,
      meter_number INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      file_name TEXT NOT NULL,
      command_id TEXT NOT NULL UNIQUE,
      operator TEXT NOT NULL,
      imported_at_ms INTEGER NOT NULL,
      interval_count INTEGER NOT NULL,
      UNIQUE (meter_number, content_hash)
    ) STRICT;

    -- What is not normal now. The state survives a restart: what was acknowledged or shelved stays so.
    CREATE TABLE alarm (
      id TEXT PRIMARY KEY,
      -- What was only ever explained by another alarm stood before nobody's eyes and need not be acknowledged.
      was_shown INTEGER NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    -- Names are written out: an entry is read when its alarm and even its subject may be long gone.
    CREATE TABLE alarm_journal (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      alarm_id TEXT NOT NULL,
      priority INTEGER NOT NULL,
      title TEXT NOT NULL,
      subject_name TEXT NOT NULL,
      what TEXT NOT NULL,
      operator TEXT,
      note TEXT NOT NULL
    ) STRICT;
    CREATE INDEX alarm_journal_of_alarm ON alarm_journal (alarm_id, id);

    -- Which sessions a charge point had, to hold them against its meter.
    CREATE INDEX session_at_evse ON session (evse_key, coalesce(end_at_ms, updated_at_ms))
      WHERE status IN ('COMPLETED', 'INVALID');
  `,
};
