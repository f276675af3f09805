/** Schema 6: duties, what a site pays and how it is wired, what people want of its plan, what was decided and what charge points were told. */
import type { Migration } from '../migration.ts';

export const chargingPlans: Migration = {
  version: 6,
  name: 'charging plans',
  sql: `
    CREATE TABLE duty (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      vehicle_id TEXT COLLATE NOCASE NOT NULL,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      name TEXT NOT NULL,
      depart_at_ms INTEGER NOT NULL,
      return_at_ms INTEGER NOT NULL,
      energy_wh INTEGER NOT NULL,
      reserve_percent REAL NOT NULL,
      updated_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX duty_of_vehicle ON duty (vehicle_id, depart_at_ms);
    CREATE INDEX duty_by_return ON duty (return_at_ms);

    -- What was entered is never changed; of rows with the same day the newest holds.
    CREATE TABLE site_terms (
      number INTEGER PRIMARY KEY,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      valid_from_ms INTEGER NOT NULL,
      terms TEXT NOT NULL,
      entered_by TEXT NOT NULL,
      entered_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX site_terms_of ON site_terms (depot_id, valid_from_ms, number);
    CREATE TABLE site_settings (
      depot_id TEXT COLLATE NOCASE PRIMARY KEY,
      settings TEXT NOT NULL,
      changed_by TEXT NOT NULL,
      changed_at_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE plan_wish (
      wish_id TEXT COLLATE NOCASE PRIMARY KEY,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      terms TEXT NOT NULL,
      given_by TEXT NOT NULL,
      given_at_ms INTEGER NOT NULL,
      until_ms INTEGER,
      withdrawn_at_ms INTEGER
    ) STRICT;
    CREATE INDEX plan_wish_open ON plan_wish (depot_id) WHERE withdrawn_at_ms IS NULL;

    CREATE TABLE plan_decision (
      number INTEGER PRIMARY KEY,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      decided_at_ms INTEGER NOT NULL,
      inputs_hash TEXT NOT NULL,
      decision TEXT NOT NULL
    ) STRICT;
    CREATE INDEX plan_decision_of ON plan_decision (depot_id, number);
    -- The plan that holds: what the next one is compared with, also after a restart.
    CREATE TABLE charging_plan (
      depot_id TEXT COLLATE NOCASE PRIMARY KEY,
      decision_number INTEGER NOT NULL,
      planned_at_ms INTEGER NOT NULL,
      plan TEXT NOT NULL
    ) STRICT;

    -- What a charge point was told last, and what became of it.
    CREATE TABLE set_point (
      evse_key TEXT COLLATE NOCASE PRIMARY KEY,
      command_id TEXT COLLATE NOCASE NOT NULL,
      depot_id TEXT COLLATE NOCASE NOT NULL,
      session_id TEXT COLLATE NOCASE NOT NULL,
      decision_number INTEGER NOT NULL,
      told_at_ms INTEGER NOT NULL,
      valid_to_ms INTEGER NOT NULL,
      -- What it was told with this command, and each that it may still be following where the answer is not known.
      told TEXT NOT NULL,
      before TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT
    ) STRICT;
    CREATE INDEX set_point_by_command ON set_point (command_id);
  `,
};
