/** Schema 5: tariffs and contracts by version, charge records, money, reservations, what networks did, demand that was not met. */
import type { Migration } from '../migration.ts';

export const marketplace: Migration = {
  version: 5,
  name: 'marketplace',
  sql: `
    -- What a vehicle needs of a place; NULL: not stated.
    ALTER TABLE vehicle ADD COLUMN height_cm INTEGER;
    ALTER TABLE vehicle ADD COLUMN length_cm INTEGER;
    ALTER TABLE vehicle ADD COLUMN width_cm INTEGER;
    ALTER TABLE vehicle ADD COLUMN weight_kg INTEGER;
    ALTER TABLE vehicle ADD COLUMN vehicle_type TEXT;
    ALTER TABLE vehicle ADD COLUMN consumption_wh_per_km REAL;
    ALTER TABLE vehicle ADD COLUMN connector_standards TEXT NOT NULL DEFAULT '[]';

    ALTER TABLE location ADD COLUMN country_code TEXT NOT NULL DEFAULT '';
    ALTER TABLE location ADD COLUMN party_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE location ADD COLUMN address TEXT NOT NULL DEFAULT '';
    ALTER TABLE location ADD COLUMN access TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE evse ADD COLUMN capabilities TEXT NOT NULL DEFAULT '[]';
    -- Both streams are asked for anew: what they said of these columns was dropped when it came.
    UPDATE link_stream SET committed = 0 WHERE stream IN ('fleet', 'network');

    CREATE TABLE party (
      key TEXT COLLATE NOCASE PRIMARY KEY,
      role TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      status_at_ms INTEGER NOT NULL
    ) STRICT;
    -- What every charge point did, for how long: the next row ends the one before.
    CREATE TABLE evse_status_change (
      evse_key TEXT COLLATE NOCASE NOT NULL,
      at_ms INTEGER NOT NULL,
      status TEXT NOT NULL,
      PRIMARY KEY (evse_key, at_ms)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX evse_status_change_by_time ON evse_status_change (at_ms);

    -- A version is never changed but for the moment another took its place, and the newest word that said the same.
    CREATE TABLE tariff_version (
      number INTEGER PRIMARY KEY,
      country_code TEXT COLLATE NOCASE NOT NULL,
      party_id TEXT COLLATE NOCASE NOT NULL,
      id TEXT COLLATE NOCASE NOT NULL,
      content_hash TEXT NOT NULL,
      valid_from_ms INTEGER,
      valid_to_ms INTEGER,
      -- last_updated of the first and of the newest word with this content, by the CPO's clock.
      updated_at_ms INTEGER NOT NULL,
      confirmed_at_ms INTEGER NOT NULL,
      learnt_at_ms INTEGER NOT NULL,
      superseded_at_ms INTEGER,
      withdrawn INTEGER NOT NULL DEFAULT 0,
      tariff TEXT NOT NULL
    ) STRICT;
    CREATE INDEX tariff_version_of ON tariff_version (country_code, party_id, id, updated_at_ms, number);
    CREATE INDEX tariff_version_current ON tariff_version (country_code, party_id, id) WHERE superseded_at_ms IS NULL;

    CREATE TABLE contract_version (
      number INTEGER PRIMARY KEY,
      id TEXT COLLATE NOCASE NOT NULL,
      content_hash TEXT NOT NULL,
      valid_from_ms INTEGER NOT NULL,
      valid_to_ms INTEGER,
      learnt_at_ms INTEGER NOT NULL,
      superseded_at_ms INTEGER,
      contract TEXT NOT NULL
    ) STRICT;
    CREATE INDEX contract_version_of ON contract_version (id, learnt_at_ms);
    CREATE TABLE token (
      uid TEXT COLLATE NOCASE NOT NULL,
      country_code TEXT COLLATE NOCASE NOT NULL,
      party_id TEXT COLLATE NOCASE NOT NULL,
      contract_id TEXT COLLATE NOCASE NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      token TEXT NOT NULL,
      PRIMARY KEY (uid, country_code, party_id)
    ) STRICT;
    CREATE INDEX token_of_vehicle ON token (vehicle_id);
    CREATE INDEX token_of_contract ON token (contract_id);

    -- Double entry, integer minor units: the postings of an entry add up to nought. Keys make a repeated fact one entry.
    CREATE TABLE account (
      id TEXT COLLATE NOCASE PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      currency TEXT NOT NULL,
      credit_limit_minor INTEGER,
      start_minimum_minor INTEGER NOT NULL,
      stated_balance_minor INTEGER,
      stated_holds_minor INTEGER,
      stated_at_ms INTEGER,
      updated_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE ledger_entry (
      id INTEGER PRIMARY KEY,
      idempotency_key TEXT COLLATE NOCASE NOT NULL UNIQUE,
      at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      account_id TEXT COLLATE NOCASE NOT NULL,
      currency TEXT NOT NULL,
      reference TEXT NOT NULL,
      amount_minor INTEGER NOT NULL,
      balance_after_minor INTEGER NOT NULL,
      holds_after_minor INTEGER NOT NULL,
      -- What whole minor units could not say of the amount, as decimal text.
      remainder TEXT NOT NULL,
      note TEXT
    ) STRICT;
    CREATE INDEX ledger_entry_of ON ledger_entry (account_id, currency, id);
    CREATE TABLE ledger_posting (
      entry_id INTEGER NOT NULL,
      book TEXT NOT NULL,
      amount_minor INTEGER NOT NULL,
      PRIMARY KEY (entry_id, book)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE hold (
      hold_id TEXT COLLATE NOCASE PRIMARY KEY,
      account_id TEXT COLLATE NOCASE NOT NULL,
      session_id TEXT COLLATE NOCASE,
      command_id TEXT COLLATE NOCASE,
      vehicle_id TEXT COLLATE NOCASE,
      amount_minor INTEGER NOT NULL,
      -- How often its amount or state changed: with the id, the key of the next entry.
      revision INTEGER NOT NULL,
      state TEXT NOT NULL,
      opened_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX hold_open ON hold (account_id) WHERE state = 'held';
    CREATE INDEX hold_of_session ON hold (session_id);
    CREATE INDEX hold_of_command ON hold (command_id);
    -- Came before the account it belongs to: streams arrive in no order.
    CREATE TABLE parked_booking (
      idempotency_key TEXT COLLATE NOCASE PRIMARY KEY,
      -- What it waits for: a record for its contract or for that one's account, a payment for its account.
      contract_id TEXT COLLATE NOCASE,
      account_id TEXT COLLATE NOCASE,
      booking TEXT NOT NULL
    ) STRICT;
    CREATE INDEX parked_booking_for_contract ON parked_booking (contract_id) WHERE contract_id IS NOT NULL;
    CREATE INDEX parked_booking_for_account ON parked_booking (account_id) WHERE account_id IS NOT NULL;
    CREATE TABLE guard_finding (
      record_key TEXT COLLATE NOCASE PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      finding TEXT NOT NULL
    ) STRICT;
    CREATE INDEX guard_finding_by_time ON guard_finding (at_ms);

    -- Immutable but for what ties it to a session, a vehicle and a place, which may become known later than the record.
    CREATE TABLE charge_record (
      key TEXT COLLATE NOCASE PRIMARY KEY,
      id TEXT NOT NULL,
      party TEXT COLLATE NOCASE NOT NULL,
      session_id TEXT COLLATE NOCASE,
      authorization_reference TEXT COLLATE NOCASE,
      contract_id TEXT COLLATE NOCASE NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      location_id TEXT COLLATE NOCASE NOT NULL,
      location_name TEXT NOT NULL,
      evse_uid TEXT COLLATE NOCASE NOT NULL,
      begin_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      time_zone TEXT NOT NULL,
      zone_basis TEXT NOT NULL,
      energy_wh INTEGER NOT NULL,
      currency TEXT NOT NULL,
      stated_net TEXT NOT NULL,
      stated_gross TEXT,
      is_credit INTEGER NOT NULL,
      credit_reference_key TEXT COLLATE NOCASE,
      received_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX charge_record_by_end ON charge_record (end_ms, key);
    CREATE INDEX charge_record_by_receipt ON charge_record (received_at_ms);
    CREATE INDEX charge_record_of_session ON charge_record (session_id);
    CREATE INDEX charge_record_of_reference ON charge_record (authorization_reference);
    CREATE INDEX charge_record_of_contract ON charge_record (contract_id, begin_ms);
    CREATE INDEX charge_record_of_party ON charge_record (party, begin_ms);
    CREATE INDEX charge_record_credited ON charge_record (credit_reference_key);
    CREATE INDEX charge_record_unplaced ON charge_record (key) WHERE vehicle_id IS NULL OR zone_basis <> 'location';
    -- As it was read, and as it came: apart, so that lists do not wade through them.
    CREATE TABLE charge_record_text (
      record_key TEXT COLLATE NOCASE PRIMARY KEY,
      record TEXT NOT NULL,
      raw TEXT NOT NULL
    ) STRICT;
    -- What the console makes of a record, computed anew whenever what it rests on changes; kept only for lists.
    CREATE TABLE charge_assessment (
      record_key TEXT COLLATE NOCASE PRIMARY KEY,
      end_ms INTEGER NOT NULL,
      party TEXT COLLATE NOCASE NOT NULL,
      vehicle_id TEXT COLLATE NOCASE,
      search TEXT NOT NULL,
      verdict TEXT NOT NULL,
      priced_net TEXT,
      difference TEXT,
      explained_by TEXT,
      worst_check TEXT,
      is_breach INTEGER NOT NULL,
      signature TEXT NOT NULL,
      assessed_at_ms INTEGER,
      is_due INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX charge_assessment_by_end ON charge_assessment (end_ms, record_key, verdict, is_breach, search);
    CREATE INDEX charge_assessment_breach ON charge_assessment (end_ms, record_key) WHERE is_breach = 1;
    CREATE INDEX charge_assessment_by_verdict ON charge_assessment (verdict, end_ms, record_key);
    CREATE INDEX charge_assessment_of_party ON charge_assessment (party, end_ms, record_key, verdict, is_breach);
    CREATE INDEX charge_assessment_of_vehicle ON charge_assessment (vehicle_id, end_ms, record_key, verdict, is_breach);
    CREATE INDEX charge_assessment_explained ON charge_assessment (party, end_ms, explained_by)
      WHERE explained_by IS NOT NULL;
    CREATE INDEX charge_assessment_due ON charge_assessment (end_ms, record_key) WHERE is_due = 1;
    -- How far what assessments rest on was followed: the engine, tariffs, contracts, keys.
    CREATE TABLE assessment_mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE TABLE reservation (
      reservation_id TEXT COLLATE NOCASE PRIMARY KEY,
      state TEXT NOT NULL,
      reason TEXT,
      vehicle_id TEXT COLLATE NOCASE NOT NULL,
      evse_key TEXT COLLATE NOCASE NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      operator TEXT NOT NULL,
      requested_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX reservation_recent ON reservation (changed_at_ms);
    CREATE INDEX reservation_of_evse ON reservation (evse_key, requested_at_ms);
    -- Queries repeat its condition word for word.
    CREATE INDEX reservation_open ON reservation (reservation_id)
      WHERE state IN ('requested', 'confirmed', 'cancelling', 'unknown');
    ALTER TABLE session_command ADD COLUMN reservation_id TEXT COLLATE NOCASE;

    -- A failure counts once, however often its cause is told.
    CREATE TABLE unmet_need (
      source TEXT COLLATE NOCASE PRIMARY KEY,
      kind TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      vehicle_id TEXT COLLATE NOCASE NOT NULL,
      latitude REAL NOT NULL,
      longitude REAL NOT NULL,
      cell TEXT NOT NULL,
      energy_wh INTEGER NOT NULL,
      power_w INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX unmet_need_by_time ON unmet_need (at_ms);
    CREATE TABLE demand_signal (
      signal_id TEXT COLLATE NOCASE PRIMARY KEY,
      cell TEXT NOT NULL,
      state TEXT NOT NULL,
      signal TEXT NOT NULL,
      changed_at_ms INTEGER NOT NULL
    ) STRICT;

    -- Signed texts exactly as received, kept for ever; what they are worth is computed whenever asked.
    CREATE TABLE signed_record (
      record_key TEXT COLLATE NOCASE NOT NULL,
      position INTEGER NOT NULL,
      evse_key TEXT COLLATE NOCASE NOT NULL,
      meter_serial TEXT NOT NULL,
      encoding_method TEXT NOT NULL,
      nature TEXT NOT NULL,
      public_key TEXT,
      plain_data TEXT NOT NULL,
      signed_data TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      -- Where it stands in the stream of what one meter signed.
      signer TEXT,
      page_context TEXT,
      page_number INTEGER,
      payload_hash TEXT,
      received_at_ms INTEGER NOT NULL,
      PRIMARY KEY (record_key, position)
    ) STRICT;
    CREATE INDEX signed_record_page ON signed_record (signer, page_context, page_number);
    CREATE INDEX signed_record_of_evse ON signed_record (evse_key);
    -- A key at a charge point: seen until a person pins or revokes it.
    CREATE TABLE meter_key (
      fingerprint TEXT NOT NULL,
      evse_key TEXT COLLATE NOCASE NOT NULL,
      curve TEXT NOT NULL,
      public_key TEXT NOT NULL,
      meter_serial TEXT NOT NULL,
      first_seen_at_ms INTEGER NOT NULL,
      first_seen_in TEXT NOT NULL,
      state TEXT NOT NULL,
      decided_at_ms INTEGER,
      decided_by TEXT,
      reason TEXT,
      PRIMARY KEY (fingerprint, evse_key)
    ) STRICT;
    CREATE INDEX meter_key_of_evse ON meter_key (evse_key);
  `,
};
