/** Schema 1: links, outbox, fleet, network, sessions, and the ring of positions. */
import type { Migration } from '../migration.ts';

/**
 * The ring: one table an hour, 25 of them, so that an hour falls out by emptying its table (SQLite frees the pages
 * without visiting the rows). Clustered by vehicle and time: a track is one range of pages. Measured 44 bytes a row.
 */
const ringTables = Array.from(
  { length: 25 },
  (_, slot) => `
    CREATE TABLE position_ring_${slot} (
      vehicle_number INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      latitude_e7 INTEGER NOT NULL,
      longitude_e7 INTEGER NOT NULL,
      speed_deci_kmh INTEGER NOT NULL,
      heading_deg INTEGER NOT NULL,
      soc_centi_percent INTEGER NOT NULL,
      battery_temp_c INTEGER NOT NULL,
      activity INTEGER NOT NULL,
      PRIMARY KEY (vehicle_number, at_ms)
    ) STRICT, WITHOUT ROWID;`,
).join('');

export const livingLine: Migration = {
  version: 1,
  name: 'living-line',
  sql: `
    CREATE TABLE store_opening (count INTEGER NOT NULL) STRICT;
    INSERT INTO store_opening VALUES (0);

    -- How far each stream of the marketplace is committed, under which log.
    CREATE TABLE link_stream (
      stream TEXT PRIMARY KEY,
      log_id TEXT NOT NULL,
      committed INTEGER NOT NULL,
      lost_items INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE link_identity (console_id TEXT NOT NULL) STRICT;
    CREATE TABLE link_event (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      state TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      log_id TEXT NOT NULL,
      item_offset INTEGER,
      kind TEXT NOT NULL,
      reason TEXT NOT NULL,
      raw TEXT NOT NULL,
      raw_bytes INTEGER NOT NULL,
      received_at_ms INTEGER NOT NULL,
      UNIQUE (stream, log_id, item_offset)
    ) STRICT;

    -- Durable commands. A row is written in the transaction of its cause and changes only by the outbox.
    CREATE TABLE outbox (
      command_id TEXT PRIMARY KEY,
      sequence INTEGER NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      order_key TEXT NOT NULL,
      body TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      issued_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      result_due_at_ms INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      changed_at_ms INTEGER NOT NULL,
      set_aside_at_ms INTEGER
    ) STRICT;
    -- Rows are kept for ever, so what is open has an index of its own; queries repeat its condition word for word.
    CREATE INDEX outbox_open ON outbox (sequence)
      WHERE state IN ('queued', 'sent', 'accepted') OR (state = 'unknown' AND set_aside_at_ms IS NULL);

    -- What operators did, each row sealed by the hash of the one before, so that a lost or altered row shows.
    CREATE TABLE action_log (
      sequence INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      operator TEXT NOT NULL,
      command_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      body TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;

    -- OCPI ids compare without case (OCPI 2.2.1, 16.1 CiString); NOCASE lets SQL do so by itself.
    CREATE TABLE depot (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      name TEXT NOT NULL,
      latitude REAL NOT NULL,
      longitude REAL NOT NULL,
      time_zone TEXT NOT NULL,
      currency TEXT NOT NULL,
      site_limit_w INTEGER NOT NULL,
      location_ids TEXT NOT NULL,
      updated_at_ms INTEGER NOT NULL
    ) STRICT;
    -- Given at first mention, by a position or by the vehicle itself: the two streams arrive in no order.
    CREATE TABLE vehicle_number (number INTEGER PRIMARY KEY AUTOINCREMENT, vehicle_id TEXT COLLATE NOCASE NOT NULL UNIQUE) STRICT;
    CREATE TABLE vehicle (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      registration TEXT NOT NULL,
      model TEXT NOT NULL,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      usable_capacity_wh INTEGER NOT NULL,
      max_ac_w INTEGER NOT NULL,
      max_dc_w INTEGER NOT NULL,
      updated_at_ms INTEGER NOT NULL,
      deleted_at_ms INTEGER
    ) STRICT;
    CREATE TABLE position_latest (
      vehicle_number INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      latitude_e7 INTEGER NOT NULL,
      longitude_e7 INTEGER NOT NULL,
      speed_deci_kmh INTEGER NOT NULL,
      heading_deg INTEGER NOT NULL,
      soc_centi_percent INTEGER NOT NULL,
      battery_temp_c INTEGER NOT NULL,
      activity INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE position_ring_hour (slot INTEGER PRIMARY KEY, hour INTEGER NOT NULL, row_count INTEGER NOT NULL) STRICT;
    ${ringTables}

    CREATE TABLE location (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      name TEXT NOT NULL,
      operator_name TEXT NOT NULL,
      latitude REAL NOT NULL,
      longitude REAL NOT NULL,
      time_zone TEXT NOT NULL,
      updated_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE evse (
      key TEXT COLLATE NOCASE PRIMARY KEY,
      location_id TEXT COLLATE NOCASE NOT NULL,
      uid TEXT NOT NULL,
      evse_id TEXT,
      label TEXT NOT NULL,
      latitude REAL,
      longitude REAL,
      status TEXT NOT NULL,
      status_at_ms INTEGER NOT NULL,
      connectors TEXT NOT NULL
    ) STRICT;
    CREATE INDEX evse_of_location ON evse (location_id);

    CREATE TABLE session (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      status TEXT NOT NULL,
      start_at_ms INTEGER NOT NULL,
      end_at_ms INTEGER,
      energy_wh INTEGER NOT NULL,
      evse_key TEXT COLLATE NOCASE NOT NULL,
      connector_id TEXT NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      authorization_reference TEXT COLLATE NOCASE,
      total_cost TEXT,
      currency TEXT NOT NULL,
      updated_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_running ON session (id) WHERE status NOT IN ('COMPLETED', 'INVALID');
    CREATE INDEX session_by_end ON session (coalesce(end_at_ms, updated_at_ms)) WHERE status IN ('COMPLETED', 'INVALID');
    CREATE INDEX session_by_reference ON session (authorization_reference);
    CREATE TABLE session_period (
      session_id TEXT COLLATE NOCASE NOT NULL,
      start_at_ms INTEGER NOT NULL,
      period TEXT NOT NULL,
      PRIMARY KEY (session_id, start_at_ms)
    ) STRICT, WITHOUT ROWID;

    -- The noun's view of its outbox rows.
    CREATE TABLE session_command (
      command_id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      operator TEXT NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      evse_key TEXT COLLATE NOCASE,
      session_id TEXT COLLATE NOCASE,
      issued_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      set_aside_at_ms INTEGER
    ) STRICT;
    CREATE INDEX session_command_recent ON session_command (changed_at_ms);
    CREATE INDEX session_command_open ON session_command (command_id)
      WHERE state IN ('queued', 'sent', 'accepted') OR (state = 'unknown' AND set_aside_at_ms IS NULL);
  `,
};
